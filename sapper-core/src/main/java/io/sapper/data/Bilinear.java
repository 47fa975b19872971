package io.sapper.data;

/** Numbers between the four around a place in a grid of rows and columns. */
public final class Bilinear {
    private Bilinear() {}

    /**
     * The number at a place; outside of the grid, that of its edge.
     *
     * @param numbers the grid, row by row, from {@code from} on
     * @param row from 0, between rows too
     * @param column from 0, between columns too
     */
    public static double edge(double[] numbers, int from, int rows, int columns, double row, double column) {
        double y = Math.max(0, Math.min(rows - 1, row));
        double x = Math.max(0, Math.min(columns - 1, column));
        int top = (int) y;
        int left = (int) x;
        int below = Math.min(rows - 1, top + 1);
        int beside = Math.min(columns - 1, left + 1);
        double upper = mix(numbers[from + top * columns + left], numbers[from + top * columns + beside], x - left);
        double lower = mix(numbers[from + below * columns + left], numbers[from + below * columns + beside], x - left);
        return mix(upper, lower, y - top);
    }

    private static double mix(double one, double other, double share) {
        return one + share * (other - one);
    }
}
