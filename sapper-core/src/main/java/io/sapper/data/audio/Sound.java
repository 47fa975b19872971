package io.sapper.data.audio;

/**
 * One channel of sound.
 *
 * @param rate samples a second, in Hz
 * @param samples in [-1, 1]; belong to the sound from then on
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Sound(int rate, float[] samples) {
    /** How long it is, in milliseconds. */
    double milliseconds() {
        return 1000.0 * samples.length / rate;
    }

    /**
     * The same sound at another rate: each new sample is the weighted sum of the old ones around it, by a sinc under a
     * Hann window that reaches 16 zeros to each side and, when the rate falls, cuts off what the new rate cannot hold.
     */
    Sound at(int newRate) {
        if (newRate == rate) {
            return this;
        }
        double step = (double) rate / newRate;
        double cutoff = Math.min(1, 1 / step);
        double reach = 16 / cutoff;
        float[] resampled = new float[(int) Math.max(1, Math.round(samples.length / step))];
        for (int i = 0; i < resampled.length; i++) {
            double place = i * step;
            int first = Math.max(0, (int) Math.ceil(place - reach));
            int last = Math.min(samples.length - 1, (int) Math.floor(place + reach));
            double sum = 0;
            for (int j = first; j <= last; j++) {
                sum += samples[j] * kernel(j - place, cutoff, reach);
            }
            resampled[i] = (float) sum;
        }
        return new Sound(newRate, resampled);
    }

    private static double kernel(double distance, double cutoff, double reach) {
        double angle = Math.PI * distance * cutoff;
        double sinc = angle == 0 ? 1 : Math.sin(angle) / angle;
        return cutoff * sinc * 0.5 * (1 + Math.cos(Math.PI * distance / reach));
    }

    /** A stretch of some samples: the loudest there is of a longer sound; a shorter one with silence behind it. */
    Sound stretch(int length) {
        float[] kept = new float[length];
        int from = samples.length <= length ? 0 : loudest(length);
        System.arraycopy(samples, from, kept, 0, Math.min(length, samples.length));
        return new Sound(rate, kept);
    }

    private int loudest(int length) {
        double energy = 0;
        for (int i = 0; i < length; i++) {
            energy += (double) samples[i] * samples[i];
        }
        double most = energy;
        int found = 0;
        for (int from = 1; from + length <= samples.length; from++) {
            double gone = samples[from - 1];
            double come = samples[from + length - 1];
            energy += come * come - gone * gone;
            if (energy > most) {
                most = energy;
                found = from;
            }
        }
        return found;
    }
}
