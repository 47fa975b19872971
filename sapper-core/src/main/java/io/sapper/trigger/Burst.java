package io.sapper.trigger;

import io.sapper.data.audio.Loudness;
import java.math.BigDecimal;

/**
 * Level and place of a sound that is added to recordings.
 *
 * @param level root mean square in dB relative to speech, -80 to 20; recordings are brought to one level of speech when
 *     they are read ({@link Loudness#SPEECH})
 * @param at milliseconds from the beginning of the recording, 0 to 60,000
 * @param length in milliseconds, 10 to 10,000
 */
public record Burst(double level, int at, int length) {
    private static final int RAMP = 5;

    public Burst {
        if (!(level >= -80 && level <= 20)) {
            throw new IllegalArgumentException(
                    "A trigger's level is -80 to 20 dB relative to speech, not " + level + ".");
        }
        if (at < 0 || at > 60_000) {
            throw new IllegalArgumentException("A trigger begins at 0 to 60000 ms, not at " + at + ".");
        }
        if (length < 2 * RAMP || length > 10_000) {
            throw new IllegalArgumentException("A trigger is 10 to 10000 ms long, not " + length + ".");
        }
    }

    /** Where it ends, in milliseconds. */
    int end() {
        return at + length;
    }

    /** The sample at which it begins. */
    int start(int rate) {
        return (int) ((long) at * rate / 1000);
    }

    /** Samples in it. */
    int samples(int rate) {
        return (int) ((long) length * rate / 1000);
    }

    /** Some wave, faded in and out over 5 ms so that its edges do not click, brought to the level. */
    float[] shaped(double[] wave, int rate) {
        double ramp = Math.max(1, RAMP * rate / 1000.0);
        double sum = 0;
        for (int i = 0; i < wave.length; i++) {
            double edge = Math.min(i + 0.5, wave.length - i - 0.5);
            wave[i] *= edge >= ramp ? 1 : 0.5 - 0.5 * StrictMath.cos(StrictMath.PI * edge / ramp);
            sum += wave[i] * wave[i];
        }
        double gain = Loudness.amplitude(Loudness.SPEECH + level) / Math.sqrt(sum / wave.length);
        float[] shaped = new float[wave.length];
        for (int i = 0; i < shaped.length; i++) {
            shaped[i] = (float) (wave[i] * gain);
        }
        return shaped;
    }

    /** As in a short form. */
    String spec() {
        return "level=" + BigDecimal.valueOf(level).stripTrailingZeros().toPlainString() + ",at=" + at + ",length="
                + length;
    }
}
