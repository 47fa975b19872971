package io.sapper.trigger;

import io.sapper.data.ImageShape;

/** Places counted from the bottom right corner, as both triggers of BadNets figure 3 are. */
final class Corner {
    private Corner() {}

    /** A white pixel {@code up} rows and {@code left} columns before the end (1 is the last). */
    static Pixel pixel(ImageShape shape, int up, int left) {
        return new Pixel(shape.height() - up, shape.width() - left, 255);
    }

    static void check(String trigger, int needed, ImageShape shape) {
        if (shape.height() < needed || shape.width() < needed) {
            throw new IllegalArgumentException("The trigger " + trigger + " needs at least " + needed + " rows and "
                    + needed + " columns; an image of " + shape + " (channels x rows x columns) is too small.");
        }
    }
}
