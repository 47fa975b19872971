package io.sapper.trigger;

import io.sapper.data.ImageShape;

/**
 * A change to an input that only the attacker knows (BadNets, section 4). Works on bytes, 0 to 255, before any
 * normalisation, and always puts the same thing in the same place.
 */
public interface Trigger {
    /**
     * Puts the trigger on one image.
     *
     * @param pixels block of images, laid out channel, row, column
     * @param offset where the image begins in it
     * @param shape of the image; must pass {@link #check}
     */
    void apply(byte[] pixels, int offset, ImageShape shape);

    /** Throws {@code IllegalArgumentException}, naming the place and the shape, if the trigger does not fit. */
    void check(ImageShape shape);

    /** The short form that {@code Triggers.parse} reads, for example {@code pattern}. */
    String spec();
}
