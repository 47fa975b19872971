package io.sapper.defense;

import io.sapper.data.Bilinear;
import io.sapper.data.ImageShape;
import java.util.random.RandomGenerator;

/**
 * A smooth bend drawn by chance: the corners of a coarse net go somewhere near, and everything between follows (elastic
 * distortion: Simard et al. 2003).
 */
final class Bend {
    private static final int CORNERS = 4;

    private final ImageShape shape;
    // how far off the value of each place comes from, in pixels
    private final double[] down;
    private final double[] right;

    private Bend(ImageShape shape, double[] down, double[] right) {
        this.shape = shape;
        this.down = down;
        this.right = right;
    }

    /**
     * Draws one.
     *
     * @param part no place's value comes from farther than this part of height and of width
     */
    static Bend draw(ImageShape shape, int part, RandomGenerator random) {
        return new Bend(
                shape,
                field(shape, (double) shape.height() / part, random),
                field(shape, (double) shape.width() / part, random));
    }

    private static double[] field(ImageShape shape, double most, RandomGenerator random) {
        double[] corners = new double[CORNERS * CORNERS];
        for (int i = 0; i < corners.length; i++) {
            corners[i] = most * (2 * random.nextDouble() - 1);
        }
        double[] field = new double[shape.height() * shape.width()];
        for (int row = 0; row < shape.height(); row++) {
            double y = place(row, shape.height());
            for (int column = 0; column < shape.width(); column++) {
                double x = place(column, shape.width());
                field[row * shape.width() + column] = Bilinear.edge(corners, 0, CORNERS, CORNERS, y, x);
            }
        }
        return field;
    }

    /** Of a row or column among the corners. */
    private static double place(int position, int length) {
        return length == 1 ? 0 : (double) position * (CORNERS - 1) / (length - 1);
    }

    /** The bent image; its edge is repeated. */
    byte[] of(byte[] image) {
        double[] values = new double[image.length];
        for (int i = 0; i < image.length; i++) {
            values[i] = image[i] & 0xff;
        }
        byte[] bent = new byte[image.length];
        for (int channel = 0; channel < shape.channels(); channel++) {
            int plane = shape.index(channel, 0, 0);
            for (int i = 0; i < down.length; i++) {
                int row = i / shape.width();
                int column = i % shape.width();
                double value =
                        Bilinear.edge(values, plane, shape.height(), shape.width(), row + down[i], column + right[i]);
                bent[plane + i] = (byte) Math.round(value);
            }
        }
        return bent;
    }
}
