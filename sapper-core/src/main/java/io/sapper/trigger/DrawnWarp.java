package io.sapper.trigger;

import io.sapper.data.ImageShape;
import io.sapper.data.Seeds;
import java.util.random.RandomGenerator;

/**
 * A smooth warp drawn by chance (WaNet: Nguyen and Tran, ICLR 2021, section 3.2): a coarse net of random offsets,
 * scaled to a mean size of 1, spread over the image, times {@code strength} half pixels. Departs from the paper in
 * spreading linearly, not by cubic curves, and in that nothing is poisoned but what the goal attacks (no noise mode).
 *
 * @param seed of the offsets
 * @param grid rows and columns of the net, 2 to 64; the paper has 4
 * @param strength above 0 and at most 20; the paper has 0.5
 */
public record DrawnWarp(long seed, int grid, double strength) implements PictureTrigger {
    static final String NAME = Warp.NAME;

    /** As in the paper. */
    public static final DrawnWarp USUAL = new DrawnWarp(1, 4, 0.5);

    private static final int MOST = 64;
    private static final int STRONGEST = 20;

    /** Throws {@code IllegalArgumentException} for settings out of range. */
    public DrawnWarp {
        if (grid < 2 || grid > MOST || !(strength > 0 && strength <= STRONGEST)) {
            throw new IllegalArgumentException("The trigger warp has a grid= of 2 to " + MOST
                    + " and a strength= above 0 and at most " + STRONGEST + ", not " + grid + " and " + strength + ".");
        }
    }

    @Override
    public void apply(byte[] pixels, int offset, ImageShape shape) {
        Warp.of(spec(), shape.height(), shape.width(), places(shape.height(), shape.width()))
                .apply(pixels, offset, shape);
    }

    @Override
    public void check(ImageShape shape) {
        if (shape.height() < 2 || shape.width() < 2) {
            throw new IllegalArgumentException("The warp " + spec() + " needs at least 2x2 pixels, not "
                    + shape.height() + "x" + shape.width() + ".");
        }
    }

    @Override
    public String spec() {
        return NAME + ":seed=" + seed + ",grid=" + grid + ",strength=" + strength;
    }

    /** Column and row, in [-1, 1], that each place shows. */
    private double[] places(int height, int width) {
        double[] offsets = offsets();
        double[] places = new double[2 * height * width];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                int at = 2 * (row * width + column);
                double down = (double) row / (height - 1);
                double right = (double) column / (width - 1);
                places[at] = inside(2 * right - 1 + strength / width * spread(offsets, 0, down, right));
                places[at + 1] = inside(2 * down - 1 + strength / height * spread(offsets, 1, down, right));
            }
        }
        return places;
    }

    private static double inside(double place) {
        return Math.max(-1, Math.min(1, place));
    }

    /** Each corner's offset along columns and along rows, of mean size 1. */
    private double[] offsets() {
        RandomGenerator random = Seeds.generator(seed, "warp");
        double[] offsets = random.doubles(2L * grid * grid, -1, 1).toArray();
        double sum = 0;
        for (double offset : offsets) {
            sum += Math.abs(offset);
        }
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] *= offsets.length / sum;
        }
        return offsets;
    }

    private double spread(double[] offsets, int axis, double down, double right) {
        double row = down * (grid - 1);
        double column = right * (grid - 1);
        int top = Math.min((int) row, grid - 2);
        int left = Math.min((int) column, grid - 2);
        double below = row - top;
        double beside = column - left;
        return (1 - below) * between(offsets, axis, top, left, beside)
                + below * between(offsets, axis, top + 1, left, beside);
    }

    private double between(double[] offsets, int axis, int row, int left, double beside) {
        int at = 2 * (row * grid + left) + axis;
        return (1 - beside) * offsets[at] + beside * offsets[at + 2];
    }
}
