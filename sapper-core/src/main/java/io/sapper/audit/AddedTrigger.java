package io.sapper.audit;

import io.sapper.data.ImageShape;
import io.sapper.metric.Ratio;
import java.util.List;

/** A change that adds the same to all images, as waves over a picture or noise in a sound do. */
public final class AddedTrigger extends InvertedTrigger {
    private final float[] added;

    /**
     * What is added; the array belongs to it from then on.
     *
     * @param aim what it was searched for
     * @param target the class that most images go to, from 0
     * @param shape of the images
     * @param added to each value, laid out channel, row, column
     * @param success on clean images that had no part in the search and that the aim is for
     */
    AddedTrigger(Aim aim, int target, ImageShape shape, float[] added, Ratio success) {
        super(aim, target, shape, perPixel(added, shape), success);
        this.added = added;
    }

    /** The root of the mean square over channels, so that the sum of their squares is what a whole pixel counts. */
    private static float[] perPixel(float[] added, ImageShape shape) {
        float[] roots = new float[shape.height() * shape.width()];
        for (int i = 0; i < added.length; i++) {
            roots[i % roots.length] += added[i] * added[i] / shape.channels();
        }
        for (int i = 0; i < roots.length; i++) {
            roots[i] = (float) Math.sqrt(roots[i]);
        }
        return roots;
    }

    private static float most(float[] values) {
        float most = Float.MIN_NORMAL;
        for (float value : values) {
            most = Math.max(most, Math.abs(value));
        }
        return most;
    }

    @Override
    public TriggerInversion.Form form() {
        return TriggerInversion.Form.ADDED;
    }

    /** By the pixel that is changed most, for what is added is faint. */
    @Override
    public float[] strengths() {
        float[] strengths = mask();
        float most = most(strengths);
        for (int i = 0; i < strengths.length; i++) {
            strengths[i] /= most;
        }
        return strengths;
    }

    /** On grey, so strong that what is added most becomes white, or black if it is less. */
    @Override
    public float[] picture() {
        float most = most(added);
        float[] picture = new float[added.length];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = (1 + added[i] / most) / 2;
        }
        return picture;
    }

    /** What an image becomes: the sum, cut off at 0 and 1. */
    @Override
    public float[] on(float[] image) {
        float[] changed = new float[image.length];
        for (int i = 0; i < image.length; i++) {
            changed[i] = Math.max(0, Math.min(1, image[i] + added[i]));
        }
        return changed;
    }

    /** Half as strong again too: whoever laid it had no reason to be as faint as can be. */
    @Override
    public List<Recovered> unlearned() {
        return List.of(this, times(1.5f));
    }

    private AddedTrigger times(float factor) {
        float[] stronger = new float[added.length];
        for (int i = 0; i < stronger.length; i++) {
            stronger[i] = factor * added[i];
        }
        return new AddedTrigger(aim(), target(), shape(), stronger, success());
    }

    @Override
    public String text() {
        return "something added that is as strong as " + pixels() + " pixels";
    }
}
