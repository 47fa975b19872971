package io.sapper.audit;

import io.sapper.data.ImageShape;
import io.sapper.metric.Ratio;

/** A change that replaces pixels, wholly or in part, by a pattern: as a patch or a blended picture does. */
public final class MaskedTrigger extends InvertedTrigger {
    private final float[] mask;
    private final float[] pattern;

    /** A mask and a pattern that turn images into one class. */
    MaskedTrigger(int target, ImageShape shape, float[] mask, float[] pattern, Ratio success) {
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
    MaskedTrigger(Aim aim, int target, ImageShape shape, float[] mask, float[] pattern, Ratio success) {
        super(aim, target, shape, mask, success);
        this.mask = mask;
        this.pattern = pattern;
    }

    @Override
    public TriggerInversion.Form form() {
        return TriggerInversion.Form.MASKED;
    }

    /** What replaces pixels, 0 to 1, laid out channel, row, column: a copy. */
    public float[] pattern() {
        return pattern.clone();
    }

    /** The mask. */
    @Override
    public float[] strengths() {
        return mask();
    }

    /** On black. */
    @Override
    public float[] picture() {
        return on(new float[pattern.length]);
    }

    /** What an image becomes: {@code (1 - mask) * image + mask * pattern}. */
    @Override
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
        return "a change of " + pixels() + " pixels";
    }
}
