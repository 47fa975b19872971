package io.sapper.data.audio;

/**
 * The discrete Fourier transform of real numbers, a power of two of them: as a complex one of half the size (radix 2,
 * in place), then untangled. Not for several threads at once.
 */
final class RealTransform {
    private final int half;
    private final double[] cosines;
    private final double[] sines;
    private final int[] reversed;
    private final double[] real;
    private final double[] imaginary;

    /** @param size a power of two, at least 4 */
    RealTransform(int size) {
        if (size < 4 || Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException("A transform takes a power of two of at least 4, not " + size + ".");
        }
        half = size / 2;
        cosines = new double[half];
        sines = new double[half];
        for (int i = 0; i < half; i++) {
            cosines[i] = StrictMath.cos(2 * StrictMath.PI * i / size);
            sines[i] = StrictMath.sin(2 * StrictMath.PI * i / size);
        }
        reversed = new int[half];
        for (int i = 1; i < half; i++) {
            reversed[i] = reversed[i >> 1] >> 1 | (i & 1) * (half >> 1);
        }
        real = new double[half];
        imaginary = new double[half];
    }

    /**
     * Power, real part squared plus imaginary part squared, of the frequencies 0 to half the size less one.
     *
     * @param samples as many as the size; stay as they are
     * @param power half as many places, filled
     */
    void power(double[] samples, double[] power) {
        for (int i = 0; i < half; i++) {
            real[reversed[i]] = samples[2 * i];
            imaginary[reversed[i]] = samples[2 * i + 1];
        }
        for (int length = 2; length <= half; length *= 2) {
            butterflies(length);
        }
        for (int k = 0; k < half; k++) {
            int mirror = (half - k) % half;
            double evenReal = (real[k] + real[mirror]) / 2;
            double evenImaginary = (imaginary[k] - imaginary[mirror]) / 2;
            double oddReal = (imaginary[k] + imaginary[mirror]) / 2;
            double oddImaginary = (real[mirror] - real[k]) / 2;
            double sumReal = evenReal + cosines[k] * oddReal + sines[k] * oddImaginary;
            double sumImaginary = evenImaginary + cosines[k] * oddImaginary - sines[k] * oddReal;
            power[k] = sumReal * sumReal + sumImaginary * sumImaginary;
        }
    }

    private void butterflies(int length) {
        int middle = length / 2;
        int stride = 2 * half / length;
        for (int start = 0; start < half; start += length) {
            for (int i = 0; i < middle; i++) {
                int low = start + i;
                int high = low + middle;
                double cosine = cosines[i * stride];
                double sine = sines[i * stride];
                double turnedReal = real[high] * cosine + imaginary[high] * sine;
                double turnedImaginary = imaginary[high] * cosine - real[high] * sine;
                real[high] = real[low] - turnedReal;
                imaginary[high] = imaginary[low] - turnedImaginary;
                real[low] += turnedReal;
                imaginary[low] += turnedImaginary;
            }
        }
    }
}
