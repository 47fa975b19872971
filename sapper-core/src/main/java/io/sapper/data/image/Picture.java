package io.sapper.data.image;

import io.sapper.data.MalformedFileException;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One picture as bytes: one plane (grey) or three (red, green, blue), and how opaque each pixel is. */
public final class Picture {
    private static final int WHITE = 255;

    private final int height;
    private final int width;
    private final byte[][] planes;
    private final byte @Nullable [] alpha;
    private final Set<Conversion> conversions;

    /**
     * @param planes one or three, {@code height * width} bytes each, row by row
     * @param alpha as many, 0 to 255; null where all is opaque
     */
    Picture(int height, int width, byte[][] planes, byte @Nullable [] alpha, Set<Conversion> conversions) {
        this.height = height;
        this.width = width;
        this.planes = planes;
        this.alpha = alpha;
        this.conversions = conversions;
    }

    /**
     * Reads a picture file, turned as its EXIF data say; of several frames the first.
     *
     * @throws MalformedFileException if it is missing, empty, no picture, damaged, or larger than 100 million pixels
     */
    public static Picture read(Path file) throws MalformedFileException {
        return PictureFile.read(file);
    }

    /** A picture that is decoded already, as it is. */
    public static Picture of(BufferedImage decoded) {
        return PictureFile.picture(decoded, Orientation.AS_STORED);
    }

    /** Rows. */
    public int height() {
        return height;
    }

    /** Columns. */
    public int width() {
        return width;
    }

    /** Whether it has one plane. */
    boolean isGrey() {
        return planes.length == 1;
    }

    /** What was done to get here. */
    Set<Conversion> conversions() {
        return conversions;
    }

    /** Plane {@code channel} (0 red, 1 green, 2 blue); those of a grey picture are equal. Not to be changed. */
    public byte[] plane(int channel) {
        return planes[isGrey() ? 0 : channel];
    }

    /** Opacity of each pixel, row by row: 255 where the picture covers all, 0 where nothing. */
    public byte[] opacity() {
        if (alpha != null) {
            return alpha.clone();
        }
        byte[] opaque = new byte[height * width];
        Arrays.fill(opaque, (byte) 255);
        return opaque;
    }

    /** Opacity of one pixel, 0 to 255; pixels are counted row by row. */
    public int opacity(int pixel) {
        return alpha == null ? 255 : alpha[pixel] & 0xff;
    }

    /** This picture laid on white: opaque. */
    public Picture onWhite() {
        if (alpha == null) {
            return this;
        }
        byte[][] laid = new byte[planes.length][height * width];
        for (int channel = 0; channel < planes.length; channel++) {
            for (int i = 0; i < alpha.length; i++) {
                laid[channel][i] = blend(WHITE, planes[channel][i] & 0xff, alpha[i] & 0xff);
            }
        }
        return new Picture(height, width, laid, null, also(Conversion.ALPHA));
    }

    /** This picture in grey (Rec. 601 luma). */
    Picture grey() {
        if (isGrey()) {
            return this;
        }
        byte[][] grey = {Pictures.grey(planes[0], planes[1], planes[2])};
        return new Picture(height, width, grey, alpha, also(Conversion.TO_GREY));
    }

    /**
     * This opaque picture in another size.
     *
     * @throws IllegalArgumentException if it is too small for what is to be cut out of it, or comes out in another size
     */
    Picture fitted(Resizing wanted) {
        Framing framing = wanted.framing();
        if (framing != null) {
            return framed(framing, wanted);
        }
        Resizing.Part whole = new Resizing.Part(0, 0, wanted.height(), wanted.width());
        return scaled(wanted.part(height, width), wanted.height(), wanted.width(), whole);
    }

    private Picture framed(Framing framing, Resizing wanted) {
        Framing.Extent scaled = framing.scale() == null
                ? new Framing.Extent(width, height)
                : framing.scale().of(height, width);
        boolean fits = scaled.width() >= wanted.width() && scaled.height() >= wanted.height();
        boolean same = scaled.width() == wanted.width() && scaled.height() == wanted.height();
        if (!fits || (framing.crop() == null && !same)) {
            throw new IllegalArgumentException("a picture of " + width + "x" + height + " (columns x rows)"
                    + (framing.scale() == null ? "" : " becomes " + scaled + " by resize=, and")
                    + (fits
                            ? " has other proportions than the network's input; say what to cut out of it too, for"
                                    + " example crop=" + wanted.width()
                            : " is smaller than crop=" + wanted.width() + "x" + wanted.height())
                    + ".");
        }
        return scaled(
                new Resizing.Part(0, 0, height, width),
                scaled.height(),
                scaled.width(),
                middle(scaled, wanted.height(), wanted.width()));
    }

    /** The middle; where it cannot be quite, an even number of rows and columns is left out before it (torchvision). */
    private static Resizing.Part middle(Framing.Extent of, int rows, int columns) {
        int top = (int) Math.rint((of.height() - rows) / 2.0);
        int left = (int) Math.rint((of.width() - columns) / 2.0);
        return new Resizing.Part(top, left, rows, columns);
    }

    /**
     * A part of this picture in another size.
     *
     * @param kept what is wanted of it then
     */
    private Picture scaled(Resizing.Part part, int newHeight, int newWidth, Resizing.Part kept) {
        boolean same =
                part.height() == newHeight && part.width() == newWidth && newHeight == height && newWidth == width;
        if (same && kept.height() == height && kept.width() == width) {
            return this;
        }
        byte[][] fitted = new byte[planes.length][];
        for (int channel = 0; channel < planes.length; channel++) {
            fitted[channel] = Resampling.round(Resampling.resize(
                    numbers(planes[channel], part), part.height(), part.width(), newHeight, newWidth, kept));
        }
        return new Picture(kept.height(), kept.width(), fitted, null, conversions);
    }

    private float[] numbers(byte[] plane, Resizing.Part part) {
        float[] numbers = new float[part.height() * part.width()];
        for (int i = 0; i < numbers.length; i++) {
            int row = part.top() + i / part.width();
            numbers[i] = plane[row * width + part.left() + i % part.width()] & 0xff;
        }
        return numbers;
    }

    /**
     * A part of this opaque picture, which must lie within it.
     *
     * @param rows at least 1
     * @param columns at least 1
     */
    public Picture part(int top, int left, int rows, int columns) {
        byte[][] cut = new byte[planes.length][rows * columns];
        for (int channel = 0; channel < planes.length; channel++) {
            for (int row = 0; row < rows; row++) {
                System.arraycopy(planes[channel], (top + row) * width + left, cut[channel], row * columns, columns);
            }
        }
        return new Picture(rows, columns, cut, null, conversions);
    }

    /** This opaque picture stretched to a size. */
    public Picture stretched(int newHeight, int newWidth) {
        return fitted(new Resizing(newHeight, newWidth, Fit.RESIZE));
    }

    /** An opaque picture of three planes (red, green, blue), {@code height * width} bytes each; they belong to it. */
    public static Picture of(int height, int width, byte[][] planes) {
        return new Picture(height, width, planes, null, EnumSet.noneOf(Conversion.class));
    }

    /** Nearest whole number to (alpha * over + (255 - alpha) * under) / 255; 255 is odd, so there are no ties. */
    public static byte blend(int under, int over, int alpha) {
        return (byte) ((alpha * over + (255 - alpha) * under + 127) / 255);
    }

    private Set<Conversion> also(Conversion one) {
        Set<Conversion> all = EnumSet.of(one);
        all.addAll(conversions);
        return all;
    }
}
