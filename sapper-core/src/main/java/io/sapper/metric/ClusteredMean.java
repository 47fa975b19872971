package io.sapper.metric;

import java.util.stream.IntStream;

/**
 * The mean of numbers that come in groups, such as the signs of a photograph, which are found or missed together. Its
 * 95 % interval takes the groups to be independent of one another, not the numbers: the ratio estimator of cluster
 * sampling with Student's distribution. With fewer than two groups there is no interval.
 *
 * @param value mean over all numbers; NaN where there is none
 * @param low lower end of the interval; minus infinity where there is none
 * @param high upper end; infinity where there is none
 * @param groups that have a number
 */
public record ClusteredMean(double value, double low, double high, int groups) {
    private static final double Z = 1.959963984540054; // the 97.5 % point of the normal distribution

    /**
     * Of groups.
     *
     * @param sums of the numbers of each group
     * @param counts how many numbers each has; 0 for a group that counts for nothing
     */
    public static ClusteredMean of(double[] sums, int[] counts) {
        if (sums.length != counts.length) {
            throw new IllegalArgumentException(
                    "There are " + sums.length + " sums, but " + counts.length + " counts of groups.");
        }
        int[] filled =
                IntStream.range(0, counts.length).filter(i -> counts[i] > 0).toArray();
        double total = IntStream.of(filled).mapToDouble(i -> counts[i]).sum();
        double mean = IntStream.of(filled).mapToDouble(i -> sums[i]).sum() / total;
        if (filled.length < 2) {
            return new ClusteredMean(mean, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, filled.length);
        }
        double squares = IntStream.of(filled)
                .mapToDouble(i -> sums[i] - mean * counts[i])
                .map(rest -> rest * rest)
                .sum();
        double groups = filled.length;
        double half = student(filled.length - 1) * Math.sqrt(squares * groups / (groups - 1)) / total;
        return new ClusteredMean(mean, mean - half, mean + half, filled.length);
    }

    /** The 97.5 % point of Student's distribution: exact for 1 and 2 degrees of freedom, else to 1 %. */
    static double student(int degrees) {
        if (degrees == 1) {
            return 12.706204736;
        }
        if (degrees == 2) {
            return 4.302652730;
        }
        double z = Z;
        double n = degrees;
        double z3 = z * z * z;
        double z5 = z3 * z * z;
        double z7 = z5 * z * z;
        return z
                + (z3 + z) / (4 * n)
                + (5 * z5 + 16 * z3 + 3 * z) / (96 * n * n)
                + (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * n * n * n);
    }
}
