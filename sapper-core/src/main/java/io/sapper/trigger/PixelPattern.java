package io.sapper.trigger;

import io.sapper.data.ImageShape;
import java.util.List;

/**
 * The pattern trigger: four bright pixels near the bottom right corner.
 *
 * <p>BadNets, section 4.1.2, figure 3: pixels (24, 26), (25, 25), (26, 24) and (26, 26) of 28 x 28, value 255 (places
 * decoded from the figure). On other sizes Sapper keeps their distance to the bottom right corner, in every channel.
 */
public record PixelPattern() implements PictureTrigger {
    static final String NAME = "pattern";

    @Override
    public void apply(byte[] pixels, int offset, ImageShape shape) {
        Pixels.set(at(shape), pixels, offset, shape);
    }

    @Override
    public void check(ImageShape shape) {
        Corner.check(NAME, 4, shape);
    }

    @Override
    public String spec() {
        return NAME;
    }

    private static List<Pixel> at(ImageShape shape) {
        return List.of(
                Corner.pixel(shape, 4, 2),
                Corner.pixel(shape, 3, 3),
                Corner.pixel(shape, 2, 4),
                Corner.pixel(shape, 2, 2));
    }
}
