package io.sapper.trigger;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.data.PictureBlock;
import io.sapper.data.Samples;

/** A trigger on pictures. Works on bytes, 0 to 255, before any normalisation. */
public interface PictureTrigger extends Trigger {
    /**
     * Puts the trigger on one image.
     *
     * @param pixels block of images, laid out channel, row, column
     * @param offset where the image begins in it
     * @param shape of the image; must pass {@link #check(ImageShape)}
     */
    void apply(byte[] pixels, int offset, ImageShape shape);

    /** Throws {@code IllegalArgumentException}, naming the place and the shape, if the trigger does not fit. */
    void check(ImageShape shape);

    @Override
    default void check(Dataset data) {
        if (!(data.samples() instanceof PictureBlock)) {
            throw new IllegalArgumentException("The trigger " + spec() + " goes on pictures, but " + data.name()
                    + " has " + data.samples().noun() + ". On those go noise and tone (--trigger).");
        }
        check(data.shape());
    }

    @Override
    default Samples on(Samples clean) {
        ImageShape shape = clean.shape();
        byte[] pixels = new byte[Math.multiplyExact(clean.size(), shape.size())];
        for (int i = 0; i < clean.size(); i++) {
            clean.copyImage(i, pixels, i * shape.size());
            apply(pixels, i * shape.size(), shape);
        }
        return new PictureBlock(shape, pixels);
    }
}
