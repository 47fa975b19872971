package io.sapper.audit;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.metric.Ratio;
import java.util.Locale;

/** The smallest change that was found to turn images into one class, or out of their own. */
public final class InvertedTrigger implements Recovered {
    private final Aim aim;
    private final int target;
    private final ImageShape shape;
    private final float[] mask;
    private final float[] pattern;
    private final double size;
    private final Ratio success;

    /** A mask and a pattern that turn images into one class. */
    InvertedTrigger(int target, ImageShape shape, float[] mask, float[] pattern, Ratio success) {
        this(Aim.to(target), target, shape, mask, pattern, success);
    }

    /**
     * A mask and a pattern; both arrays belong to it from then on.
     *
     * @param aim what it was searched for
     * @param target the class that most images go to, from 0
     * @param shape of the images
     * @param mask how much of each pixel is replaced, 0 to 1, row-major, {@code height * width} numbers
     * @param pattern what replaces it, 0 to 1, laid out channel, row, column
     * @param success on clean images that had no part in the search and that the aim is for
     */
    InvertedTrigger(Aim aim, int target, ImageShape shape, float[] mask, float[] pattern, Ratio success) {
        this.aim = aim;
        this.target = target;
        this.shape = shape;
        this.mask = mask;
        this.pattern = pattern;
        this.success = success;
        double sum = 0;
        for (float share : mask) {
            sum += share * share;
        }
        size = sum;
    }

    @Override
    public Aim aim() {
        return aim;
    }

    @Override
    public int target() {
        return target;
    }

    /** Shape of the images. */
    public ImageShape shape() {
        return shape;
    }

    /** How much of each pixel is replaced, 0 to 1, row-major: a copy. */
    public float[] mask() {
        return mask.clone();
    }

    /** What replaces it, 0 to 1, laid out channel, row, column: a copy. */
    public float[] pattern() {
        return pattern.clone();
    }

    /** How many pixels are replaced, by their shares: the L1 norm of the mask. */
    double replaced() {
        double sum = 0;
        for (float share : mask) {
            sum += share;
        }
        return sum;
    }

    /** Sum of the squares of the mask, in pixels: one that is replaced by half counts a quarter. */
    public double size() {
        return size;
    }

    @Override
    public Ratio success() {
        return success;
    }

    /** What an image becomes: {@code (1 - mask) * image + mask * pattern}, in [0, 1], laid out as the image. */
    public float[] on(float[] image) {
        float[] changed = new float[image.length];
        for (int i = 0; i < image.length; i++) {
            float share = mask[i % mask.length];
            changed[i] = image[i] + share * (pattern[i] - image[i]);
        }
        return changed;
    }

    @Override
    public String text() {
        return String.format(Locale.ROOT, "a change of %.1f pixels", size);
    }

    @Override
    public Dataset on(Dataset data, int[] images) {
        byte[] changed = new byte[images.length * shape.size()];
        float[] image = new float[shape.size()];
        int[] labels = new int[images.length];
        for (int i = 0; i < images.length; i++) {
            data.toUnitRange(images[i], image, 0);
            float[] with = on(image);
            for (int at = 0; at < with.length; at++) {
                changed[i * with.length + at] = (byte) Math.round(255 * Math.max(0, Math.min(1, with[at])));
            }
            labels[i] = data.label(images[i]);
        }
        return new Dataset(data.name() + ", with a recovered trigger", shape, changed, labels, data.classNames());
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "class %d: %.2f pixels, success %.3f", target, size, success.value());
    }
}
