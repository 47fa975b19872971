package io.sapper.audit;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.metric.Ratio;
import java.util.Locale;

/** The smallest change of one form that was found to turn images into one class, or out of their own. */
public abstract sealed class InvertedTrigger implements Recovered permits MaskedTrigger, AddedTrigger {
    private final Aim aim;
    private final int target;
    private final ImageShape shape;
    private final float[] mask;
    private final double size;
    private final Ratio success;

    /**
     * What was found; the array belongs to it from then on.
     *
     * @param aim what it was searched for
     * @param target the class that most images go to, from 0
     * @param shape of the images
     * @param mask how much each pixel is changed, row-major, {@code height * width} numbers
     * @param success on clean images that had no part in the search and that the aim is for
     */
    InvertedTrigger(Aim aim, int target, ImageShape shape, float[] mask, Ratio success) {
        this.aim = aim;
        this.target = target;
        this.shape = shape;
        this.mask = mask;
        this.success = success;
        double sum = 0;
        for (float share : mask) {
            sum += share * share;
        }
        size = sum;
    }

    @Override
    public final Aim aim() {
        return aim;
    }

    @Override
    public final int target() {
        return target;
    }

    /** Shape of the images. */
    public final ImageShape shape() {
        return shape;
    }

    /** How it was searched for. */
    public abstract TriggerInversion.Form form();

    /** How much each pixel is changed, row-major: a copy. 1 is replaced, or made white where it was black. */
    public final float[] mask() {
        return mask.clone();
    }

    /** Where it changes images, in [0, 1], row-major. */
    public abstract float[] strengths();

    /** As a picture, in [0, 1], laid out as an image. */
    public abstract float[] picture();

    /** How many pixels are changed, by how much each is: the L1 norm of the mask. */
    final double replaced() {
        double sum = 0;
        for (float share : mask) {
            sum += share;
        }
        return sum;
    }

    /** Sum of the squares of the mask, in pixels: one that is changed by half counts a quarter. */
    public final double size() {
        return size;
    }

    /** The size for people: to a tenth, of one that is smaller to its first digit. */
    final String pixels() {
        int digits = size > 0 && size < 1 ? (int) Math.ceil(-Math.log10(size)) : 1;
        return String.format(Locale.ROOT, "%." + digits + "f", size);
    }

    @Override
    public final Ratio success() {
        return success;
    }

    /** What an image becomes, in [0, 1], laid out as the image. */
    public abstract float[] on(float[] image);

    @Override
    public final Dataset on(Dataset data, int[] images) {
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
    public final String toString() {
        return String.format(Locale.ROOT, "class %d: %.2f pixels, success %.3f", target, size, success.value());
    }
}
