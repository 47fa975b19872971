package io.sapper.audit;

import io.sapper.data.Bilinear;
import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.metric.Ratio;
import java.util.Locale;

/** A small smooth warp of the whole image that was found to turn images into one class. */
public final class InvertedWarp implements Recovered {
    private final int target;
    private final ImageShape shape;
    private final float[] down;
    private final float[] right;
    private final Ratio success;

    /**
     * A warp; both arrays belong to it from then on.
     *
     * @param target the class, from 0
     * @param shape of the images
     * @param down how many rows below each place its value comes from, row-major, {@code height * width} numbers
     * @param right how many columns to the right, likewise
     * @param success on clean images that had no part in the search, of other classes than the target
     */
    InvertedWarp(int target, ImageShape shape, float[] down, float[] right, Ratio success) {
        this.target = target;
        this.shape = shape;
        this.down = down;
        this.right = right;
        this.success = success;
    }

    @Override
    public Aim aim() {
        return Aim.to(target);
    }

    @Override
    public int target() {
        return target;
    }

    @Override
    public Ratio success() {
        return success;
    }

    /** How far the farthest value comes from, in pixels along rows or columns. */
    public double farthest() {
        double most = 0;
        for (int i = 0; i < down.length; i++) {
            most = Math.max(most, Math.max(Math.abs(down[i]), Math.abs(right[i])));
        }
        return most;
    }

    /** From how far each value comes, by the farthest, row-major. */
    public float[] distances() {
        double most = Math.max(farthest(), 1e-6);
        float[] distances = new float[down.length];
        for (int i = 0; i < down.length; i++) {
            distances[i] = (float) Math.min(1, Math.hypot(down[i], right[i]) / most);
        }
        return distances;
    }

    @Override
    public String text() {
        return String.format(Locale.ROOT, "a warp by %.1f pixels at most", farthest());
    }

    @Override
    public Dataset on(Dataset data, int[] images) {
        byte[] changed = new byte[images.length * shape.size()];
        int[] labels = new int[images.length];
        for (int i = 0; i < images.length; i++) {
            byte[] image = data.image(images[i]);
            double[] values = new double[image.length];
            for (int at = 0; at < image.length; at++) {
                values[at] = image[at] & 0xff;
            }
            for (int channel = 0; channel < shape.channels(); channel++) {
                int plane = shape.index(channel, 0, 0);
                for (int at = 0; at < down.length; at++) {
                    int row = at / shape.width();
                    int column = at % shape.width();
                    double value = Bilinear.edge(
                            values, plane, shape.height(), shape.width(), row + down[at], column + right[at]);
                    changed[i * shape.size() + plane + at] = (byte) Math.round(value);
                }
            }
            labels[i] = data.label(images[i]);
        }
        return new Dataset(data.name() + ", with a recovered warp", shape, changed, labels, data.classNames());
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "class %d: %s, success %.3f", target, text(), success.value());
    }
}
