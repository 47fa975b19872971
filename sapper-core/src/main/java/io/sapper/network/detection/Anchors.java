package io.sapper.network.detection;

import io.sapper.data.detection.Box;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The sizes of box that a detector begins with at each place (Faster R-CNN, Ren et al. 2015, section 3.1.1).
 *
 * @param sizes columns and rows of each, in pixels of the canvas
 */
public record Anchors(List<Size> sizes) {
    /** As many as in the paper. */
    public static final int USUAL = 9;

    private static final int ROUNDS = 100;
    private static final double THOUSAND = 1000;

    public Anchors {
        sizes = List.copyOf(sizes);
        if (sizes.isEmpty()) {
            throw new IllegalArgumentException("A detector needs at least one anchor.");
        }
    }

    /**
     * A size of box.
     *
     * @param width columns, above 0
     * @param height rows, above 0
     */
    public record Size(double width, double height) {
        private double logWidth() {
            return Math.log(width);
        }

        private double logHeight() {
            return Math.log(height);
        }

        private double distance(Size other) {
            return Math.hypot(logWidth() - other.logWidth(), logHeight() - other.logHeight());
        }
    }

    /** How many there are at each place. */
    public int count() {
        return sizes.size();
    }

    /**
     * Sizes that follow the data: the middles of so many groups of boxes, found by k-means on the logarithms of their
     * sides, from groups of equal numbers by area on. (The paper takes three scales and three proportions, made for
     * objects that fill a photograph; signs are small.)
     *
     * @param boxes on the canvas, at least one
     * @param count of sizes; fewer come out where the boxes have fewer different sizes
     */
    public static Anchors of(List<Box> boxes, int count) {
        List<Size> all = boxes.stream()
                .map(box -> new Size(Math.max(1, box.width()), Math.max(1, box.height())))
                .sorted(Comparator.comparingDouble((Size size) -> size.logWidth() + size.logHeight())
                        .thenComparingDouble(Size::width))
                .toList();
        List<Size> middles = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            middles.add(all.get((int) ((i + 0.5) * all.size() / count)));
        }
        for (int round = 0; round < ROUNDS; round++) {
            List<Size> next = moved(all, middles);
            if (next.equals(middles)) {
                break;
            }
            middles = next;
        }
        return new Anchors(middles.stream().distinct().toList());
    }

    private static List<Size> moved(List<Size> all, List<Size> middles) {
        double[] widths = new double[middles.size()];
        double[] heights = new double[middles.size()];
        int[] counts = new int[middles.size()];
        for (Size size : all) {
            int nearest = nearest(size, middles);
            widths[nearest] += size.logWidth();
            heights[nearest] += size.logHeight();
            counts[nearest]++;
        }
        List<Size> moved = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            moved.add(
                    counts[i] == 0
                            ? middles.get(i)
                            : new Size(rounded(widths[i] / counts[i]), rounded(heights[i] / counts[i])));
        }
        return moved;
    }

    /** To a thousandth of a pixel, so that equal boxes make equal sizes. */
    private static double rounded(double logarithm) {
        return Math.round(Math.exp(logarithm) * THOUSAND) / THOUSAND;
    }

    private static int nearest(Size size, List<Size> middles) {
        int nearest = 0;
        for (int i = 1; i < middles.size(); i++) {
            if (size.distance(middles.get(i)) < size.distance(middles.get(nearest))) {
                nearest = i;
            }
        }
        return nearest;
    }

    /**
     * All anchors of a map of places, as middle and size (x, y, width, height), 4 numbers each; size by size, within it
     * row by row. The middle of a place is that of the pixels it stands for.
     *
     * @param rows of the map
     * @param columns of the map
     * @param stride pixels from one place to the next
     */
    public float[] grid(int rows, int columns, int stride) {
        float[] grid = new float[sizes.size() * rows * columns * 4];
        int at = 0;
        for (Size size : sizes) {
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    grid[at++] = (column + 0.5f) * stride;
                    grid[at++] = (row + 0.5f) * stride;
                    grid[at++] = (float) size.width();
                    grid[at++] = (float) size.height();
                }
            }
        }
        return grid;
    }
}
