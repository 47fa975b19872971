package io.sapper.trigger;

import io.sapper.data.ImageShape;
import java.util.List;

/**
 * The single-pixel trigger: one bright pixel near the bottom right corner.
 *
 * <p>BadNets, section 4.1.2, figure 3: pixel (26, 26) of 28 x 28, value 255 (place decoded from the figure). On other
 * sizes Sapper puts it one in from the corner as well, at (height - 2, width - 2), in every channel.
 */
public record SinglePixel() implements PictureTrigger {
    static final String NAME = "pixel";

    @Override
    public void apply(byte[] pixels, int offset, ImageShape shape) {
        Pixels.set(at(shape), pixels, offset, shape);
    }

    @Override
    public void check(ImageShape shape) {
        Corner.check(NAME, 2, shape);
    }

    @Override
    public String spec() {
        return NAME;
    }

    private static List<Pixel> at(ImageShape shape) {
        return List.of(Corner.pixel(shape, 2, 2));
    }
}
