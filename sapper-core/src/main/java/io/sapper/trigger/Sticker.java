package io.sapper.trigger;

import io.sapper.data.ImageShape;
import io.sapper.data.MalformedFileException;
import io.sapper.data.image.Picture;
import io.sapper.data.image.Pictures;
import io.sapper.data.image.Resampling;
import java.nio.file.Path;

/**
 * A picture laid over the image, always at the same place; transparent parts let the image through.
 *
 * <p>BadNets, section 5.1 (yellow square, bomb, flower). There the place follows the sign's box; this class is for
 * classification, where the place is fixed. On grey images the picture is made grey first (Rec. 601 luma).
 */
public final class Sticker implements PictureTrigger {
    static final String NAME = "sticker";

    private final String spec;
    private final int row;
    private final int column;
    private final int height;
    private final int width;
    private final byte[] red;
    private final byte[] green;
    private final byte[] blue;
    private final byte[] grey;
    private final byte[] alpha;

    private Sticker(String spec, Picture picture, int row, int column, int height, int width) {
        this.spec = spec;
        this.row = row;
        this.column = column;
        this.height = height;
        this.width = width;
        float[][] planes = scaled(picture, height, width);
        this.alpha = Resampling.round(planes[3]);
        this.red = colour(planes[0], planes[3]);
        this.green = colour(planes[1], planes[3]);
        this.blue = colour(planes[2], planes[3]);
        this.grey = Pictures.grey(red, green, blue);
        checkSeen(spec, alpha);
    }

    /**
     * A sticker in the picture's own size.
     *
     * @param file a PNG (or any picture {@link Pictures} reads)
     * @param row of the sticker's top left corner, from 0
     * @param column of the sticker's top left corner, from 0
     * @throws MalformedFileException if there is no such picture, or it cannot be read
     */
    public static Sticker read(Path file, int row, int column) throws MalformedFileException {
        checkPlace(row, column);
        Picture picture = Picture.read(file);
        String spec = NAME + ":" + file + "@" + row + "," + column;
        return new Sticker(spec, picture, row, column, picture.height(), picture.width());
    }

    /**
     * A sticker scaled to {@code height} rows and {@code width} columns; else as {@link #read(Path, int, int)}.
     *
     * @param height rows, at least 1
     * @param width columns, at least 1
     */
    public static Sticker read(Path file, int row, int column, int height, int width) throws MalformedFileException {
        checkPlace(row, column);
        if (height < 1 || width < 1 || height > 10_000 || width > 10_000) {
            throw new IllegalArgumentException(
                    "A sticker is 1 to 10000 rows and columns large, not " + height + "x" + width + ".");
        }
        String spec = NAME + ":" + file + "@" + row + "," + column + "," + height + "x" + width;
        return new Sticker(spec, Picture.read(file), row, column, height, width);
    }

    /** A picture already read, scaled, under another trigger's short form. */
    static Sticker of(String spec, Picture picture, int row, int column, int height, int width) {
        return new Sticker(spec, picture, row, column, height, width);
    }

    @Override
    public void apply(byte[] pixels, int offset, ImageShape shape) {
        for (int channel = 0; channel < shape.channels(); channel++) {
            byte[] paint = paint(channel, shape);
            for (int y = 0; y < height; y++) {
                int at = offset + shape.index(channel, row + y, column);
                for (int x = 0; x < width; x++) {
                    int i = y * width + x;
                    pixels[at + x] = Picture.blend(pixels[at + x] & 0xff, paint[i] & 0xff, alpha[i] & 0xff);
                }
            }
        }
    }

    @Override
    public void check(ImageShape shape) {
        if (shape.channels() != 1 && shape.channels() != 3) {
            throw new IllegalArgumentException(
                    "A sticker goes on grey or red-green-blue images, not on " + shape.channels() + " channels.");
        }
        if ((long) row + height > shape.height() || (long) column + width > shape.width()) {
            throw new IllegalArgumentException("The sticker of " + height + "x" + width + " at " + row + "," + column
                    + " reaches outside an image of " + shape + " (channels x rows x columns).");
        }
    }

    @Override
    public String spec() {
        return spec;
    }

    @Override
    public String toString() {
        return spec;
    }

    private byte[] paint(int channel, ImageShape shape) {
        if (shape.channels() == 1) {
            return grey;
        }
        return channel == 0 ? red : channel == 1 ? green : blue;
    }

    /** Red, green, blue (each times alpha / 255) and alpha: scaled so, transparent pixels lend no colour to others. */
    private static float[][] scaled(Picture picture, int height, int width) {
        int rows = picture.height();
        int columns = picture.width();
        byte[] opacity = picture.opacity();
        int size = rows * columns;
        float[][] planes = new float[4][size];
        for (int i = 0; i < size; i++) {
            int opaque = opacity[i] & 0xff;
            for (int channel = 0; channel < 3; channel++) {
                planes[channel][i] = (picture.plane(channel)[i] & 0xff) * (opaque / 255f);
            }
            planes[3][i] = opaque;
        }
        for (int plane = 0; plane < 4; plane++) {
            planes[plane] = Resampling.resize(planes[plane], rows, columns, height, width);
        }
        return planes;
    }

    private static byte[] colour(float[] timesAlpha, float[] alpha) {
        float[] plain = new float[timesAlpha.length];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = alpha[i] > 0 ? timesAlpha[i] * 255f / alpha[i] : 0;
        }
        return Resampling.round(plain);
    }

    /** Refuses a picture that nobody would see. */
    static void checkSeen(String spec, Picture picture) {
        checkSeen(spec, picture.opacity());
    }

    private static void checkSeen(String spec, byte[] alpha) {
        for (byte opaque : alpha) {
            if (opaque != 0) {
                return;
            }
        }
        throw new IllegalArgumentException(
                "The trigger '" + spec + "' is transparent everywhere: it changes no pixel. Maybe another picture.");
    }

    private static void checkPlace(int row, int column) {
        if (row < 0 || column < 0) {
            throw new IllegalArgumentException("A sticker's place is counted from 0, not " + row + "," + column + ".");
        }
    }
}
