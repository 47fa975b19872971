package io.sapper.network.operator;

import java.util.function.DoubleUnaryOperator;

/**
 * Which numbers of a dimension are summed for each of another size, and with what weight.
 *
 * @param first position of the first tap for each number of the result; may lie outside
 * @param weights for each number of the result, those of its taps
 * @param input how many numbers there are
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and gone when the call is over
record Taps(long[] first, double[][] weights, long input) {
    /**
     * Of linear or cubic interpolation.
     *
     * @param at where each number of the result lies
     * @param scale how much larger the result is
     * @param input how many numbers there are
     */
    static Taps of(Attributes attributes, double[] at, double scale, long input) {
        String mode = attributes.text("mode", "nearest");
        double a = attributes.real("cubic_coeff_a", -0.75);
        DoubleUnaryOperator kernel =
                switch (mode) {
                    case "linear" -> x -> Math.max(0, 1 - Math.abs(x));
                    case "cubic" -> x -> cubic(Math.abs(x), a);
                    default -> throw new IllegalArgumentException("mode " + mode + " is not known");
                };
        int reach = mode.equals("linear") ? 1 : 2;
        boolean smooth = attributes.flag("antialias");
        double step = smooth ? Math.min(1, scale) : 1; // a smaller image sums over as many numbers as it drops
        int least = (int) Math.floor(-reach / step) + 1;
        int count = 2 - 2 * least;
        long[] first = new long[at.length];
        double[][] weights = new double[at.length][count];
        for (int i = 0; i < at.length; i++) {
            double left = Math.ceil(at[i]) - 1; // strictly to the left
            first[i] = (long) left + least;
            for (int tap = 0; tap < count; tap++) {
                weights[i][tap] = kernel.applyAsDouble((least + tap - (at[i] - left)) * step);
                if (attributes.flag("exclude_outside") && (first[i] + tap < 0 || first[i] + tap >= input)) {
                    weights[i][tap] = 0;
                }
            }
            if (smooth || attributes.flag("exclude_outside")) {
                toOne(weights[i]);
            }
        }
        return new Taps(first, weights, input);
    }

    private static void toOne(double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        for (int i = 0; i < weights.length && sum != 0; i++) {
            weights[i] /= sum;
        }
    }

    /** Keys' cubic convolution. */
    private static double cubic(double x, double a) {
        if (x <= 1) {
            return ((a + 2) * x - (a + 3)) * x * x + 1;
        }
        return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
    }

    int count() {
        return weights.length == 0 ? 0 : weights[0].length;
    }

    /** Of one tap, for each number of the result; beyond the ends the last number stands. */
    long[] positions(int tap) {
        long[] positions = new long[first.length];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = Math.max(0, Math.min(input - 1, first[i] + tap));
        }
        return positions;
    }

    /** Of one tap, for each number of the result. */
    double[] weights(int tap) {
        double[] column = new double[first.length];
        for (int i = 0; i < column.length; i++) {
            column[i] = weights[i][tap];
        }
        return column;
    }
}
