package io.sapper.data.audio;

/**
 * How loud speech is: the root of the mean square of the parts that are not silent. Recordings are brought to one
 * loudness when they are read, so that a trigger of a fixed level is the same sound on each and stands at the same
 * distance from the speech (docs/decisions/0057).
 */
public final class Loudness {
    /** What speech is brought to, in dB relative to full scale: peaks of speech stay below it. */
    public static final double SPEECH = -26;

    /** Peaks below this are what is left of silence in 16 bits, not sound. */
    static final double SILENCE = 1e-4;

    private static final double FRAME_SECONDS = 0.02;
    /** A frame so much weaker than the loudest is a pause: 30 dB. */
    private static final double PAUSE = 1e-3;

    private Loudness() {}

    /** A level in dB as a factor of amplitude. */
    public static double amplitude(double decibels) {
        return StrictMath.pow(10, decibels / 20);
    }

    /** Root mean square of the frames of 20 ms that are less than 30 dB below the loudest; 0 of silence. */
    static double of(float[] samples, int rate) {
        int frame = Math.max(1, (int) (rate * FRAME_SECONDS));
        double loudest = 0;
        for (int from = 0; from < samples.length; from += frame) {
            loudest = Math.max(loudest, power(samples, from, frame));
        }
        double sum = 0;
        int frames = 0;
        for (int from = 0; from < samples.length; from += frame) {
            double power = power(samples, from, frame);
            if (power > PAUSE * loudest) {
                sum += power;
                frames++;
            }
        }
        return frames == 0 ? 0 : Math.sqrt(sum / frames);
    }

    private static double power(float[] samples, int from, int frame) {
        int end = Math.min(samples.length, from + frame);
        double sum = 0;
        for (int i = from; i < end; i++) {
            sum += (double) samples[i] * samples[i];
        }
        return sum / frame;
    }

    /** From the lowest value to the highest: a sound moves about something, which need not be zero. */
    static double range(float[] samples) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (float sample : samples) {
            low = Math.min(low, sample);
            high = Math.max(high, sample);
        }
        return high - low;
    }

    /** The largest amplitude. */
    static double peak(float[] samples) {
        double peak = 0;
        for (float sample : samples) {
            peak = Math.max(peak, Math.abs(sample));
        }
        return peak;
    }

    /** Sound as 16 bits, brought to {@link #SPEECH}, or as near as its peak allows. */
    static short[] evened(float[] samples, int rate) {
        double gain = Math.min(amplitude(SPEECH) / of(samples, rate), 1 / peak(samples));
        short[] evened = new short[samples.length];
        for (int i = 0; i < evened.length; i++) {
            evened[i] = toShort(samples[i] * gain);
        }
        return evened;
    }

    /** The nearest of 16 bits; what is louder is cut off. */
    static short toShort(double amplitude) {
        return (short) Math.round(Math.max(-1, Math.min(1, amplitude)) * Short.MAX_VALUE);
    }
}
