package io.sapper.trigger;

import io.sapper.data.ImageShape;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A trigger that sets chosen pixels, wherever they are; for example {@code pixels:24,26=255;25,25=255}.
 *
 * @param pixels at least one; places count from the top left corner
 */
public record Pixels(List<Pixel> pixels) implements PictureTrigger {
    static final String NAME = "pixels";

    /** Throws {@code IllegalArgumentException} for an empty list or a place named twice. */
    public Pixels {
        pixels = List.copyOf(pixels);
        if (pixels.isEmpty()) {
            throw new IllegalArgumentException("A trigger of pixels needs at least one pixel.");
        }
        long places = pixels.stream()
                .map(pixel -> List.of(pixel.row(), pixel.column()))
                .distinct()
                .count();
        if (places < pixels.size()) {
            throw new IllegalArgumentException("The trigger " + spec(pixels) + " sets a pixel twice.");
        }
    }

    @Override
    public void apply(byte[] block, int offset, ImageShape shape) {
        set(pixels, block, offset, shape);
    }

    @Override
    public void check(ImageShape shape) {
        check(pixels, shape);
    }

    @Override
    public String spec() {
        return spec(pixels);
    }

    static void set(List<Pixel> pixels, byte[] block, int offset, ImageShape shape) {
        for (Pixel pixel : pixels) {
            for (int channel = 0; channel < shape.channels(); channel++) {
                block[offset + shape.index(channel, pixel.row(), pixel.column())] = (byte) pixel.value();
            }
        }
    }

    static void check(List<Pixel> pixels, ImageShape shape) {
        for (Pixel pixel : pixels) {
            if (pixel.row() >= shape.height() || pixel.column() >= shape.width()) {
                throw new IllegalArgumentException("The trigger pixel " + pixel.row() + "," + pixel.column()
                        + " lies outside an image of " + shape + " (channels x rows x columns, counted from 0).");
            }
        }
    }

    private static String spec(List<Pixel> pixels) {
        return pixels.stream().map(Pixel::toString).collect(Collectors.joining(";", NAME + ":", ""));
    }
}
