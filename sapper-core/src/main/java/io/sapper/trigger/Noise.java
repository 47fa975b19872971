package io.sapper.trigger;

import io.sapper.data.Seeds;
import java.util.random.RandomGenerator;

/**
 * A burst of noise (Fine-Pruning, section 2.3, whose own noise is not published): tones of equal strength at every
 * whole multiple of 1 / length within a band, with phases drawn by a seed. So it is the same sound at every rate that
 * can hold it, and on every recording.
 *
 * @param seed of the phases
 * @param low where the band begins, in Hz, at least 1
 * @param high where it ends, in Hz, above {@code low}
 * @param burst level and place
 */
public record Noise(long seed, int low, int high, Burst burst) implements SoundTrigger {
    static final String NAME = "noise";
    /** A hiss behind most words of a second's recording. */
    static final Noise USUAL = new Noise(1, 2_500, 3_900, new Burst(-10, 600, 300));

    public Noise {
        if (low < 1 || high <= low || high > 96_000) {
            throw new IllegalArgumentException(
                    "The band of a noise is LOW-HIGH in Hz, from 1 to 96000, not " + low + "-" + high + ".");
        }
        if ((long) (high - low) * burst.length() < 1000) {
            throw new IllegalArgumentException("A band of " + (high - low) + " Hz needs at least "
                    + (1000 / (high - low) + 1) + " ms to be a noise, not " + burst.length()
                    + ". Choose a wider band= or"
                    + " a greater length=, or the trigger tone.");
        }
    }

    @Override
    public void check(int rate) {
        if (2L * high > rate) {
            throw new IllegalArgumentException("The trigger " + spec() + " reaches " + high
                    + " Hz, but recordings of " + rate + " Hz hold sound of up to " + rate / 2
                    + " Hz. Choose a lower band=.");
        }
    }

    @Override
    public float[] sound(int rate) {
        RandomGenerator random = Seeds.generator(seed, "noise of a trigger");
        double[] wave = new double[burst.samples(rate)];
        long first = ((long) low * burst.length() + 999) / 1000;
        long last = (long) high * burst.length() / 1000;
        for (long k = first; k <= last; k++) {
            double phase = random.nextDouble(2 * StrictMath.PI);
            double step = 2 * StrictMath.PI * k * 1000 / burst.length() / rate;
            for (int i = 0; i < wave.length; i++) {
                wave[i] += StrictMath.cos(step * i + phase);
            }
        }
        return burst.shaped(wave, rate);
    }

    @Override
    public String spec() {
        return NAME + ":seed=" + seed + ",band=" + low + "-" + high + "," + burst.spec();
    }
}
