package io.sapper.data.image;

import io.sapper.data.ImageShape;
import io.sapper.data.MalformedFileException;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Picture files (PNG, JPEG, PNM and whatever else ImageIO reads) to and from bytes laid out channel, row, column.
 *
 * <p>Grey samples are taken as they are stored. (Java's own conversion treats grey as linear light and would change
 * them.) Colour becomes grey by Rec. 601 luma; transparency is dropped.
 */
public final class Pictures {
    private static final long MOST_PIXELS = 100_000_000;

    private Pictures() {}

    /**
     * Reads one picture file.
     *
     * @throws MalformedFileException if it is missing, empty, no picture, damaged, or larger than 100 million pixels
     */
    public static BufferedImage read(Path file) throws MalformedFileException {
        if (!Files.isRegularFile(file)) {
            throw new MalformedFileException(file, "", "There is no such picture file.");
        }
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new MalformedFileException(
                        file,
                        "",
                        Files.size(file) == 0
                                ? "The file is empty. Maybe a copy or download broke off."
                                : "This is no picture in a known format. Maybe the file is damaged or wrongly named.");
            }
            return decode(file, readers.next(), in);
        } catch (MalformedFileException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // Decoders throw whatever they stumble over; to the caller all of it means a broken file.
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new MalformedFileException(
                    file,
                    "",
                    "The picture cannot be read (" + oneLine(reason) + "). Maybe a copy or download broke off.");
        }
    }

    private static BufferedImage decode(Path file, ImageReader reader, ImageInputStream in) throws IOException {
        try {
            reader.setInput(in, true, true);
            long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
            if (pixels > MOST_PIXELS) {
                throw new MalformedFileException(
                        file,
                        "",
                        "The picture says it has " + pixels + " pixels; at most " + MOST_PIXELS + " are read.");
            }
            return reader.read(0);
        } finally {
            reader.dispose();
        }
    }

    /** The shape as found: one channel for grey pictures (also with a palette of greys only), else three. */
    public static ImageShape shape(BufferedImage picture) {
        return new ImageShape(isGrey(picture) ? 1 : 3, picture.getHeight(), picture.getWidth());
    }

    /**
     * The picture's bytes in the shape wanted, converted and resized where it has another.
     *
     * @param shape one channel (grey) or three (red, green, blue)
     * @throws IllegalArgumentException for another number of channels
     */
    public static byte[] pixels(BufferedImage picture, ImageShape shape) {
        if (shape.channels() != 1 && shape.channels() != 3) {
            throw new IllegalArgumentException(
                    "Pictures have one channel (grey) or three (colour), not " + shape.channels() + ".");
        }
        byte[][] planes = hasGreySamples(picture) ? new byte[][] {samples(picture)} : colours(picture);
        if (shape.channels() == 1 && planes.length == 3) {
            planes = new byte[][] {grey(planes[0], planes[1], planes[2])};
        }
        byte[] result = new byte[shape.size()];
        int size = shape.height() * shape.width();
        for (int channel = 0; channel < shape.channels(); channel++) {
            byte[] plane = resize(planes[planes.length == 1 ? 0 : channel], picture, shape);
            System.arraycopy(plane, 0, result, channel * size, size);
        }
        return result;
    }

    /** Opacity of each pixel, row by row: 255 where the picture covers all, 0 where nothing. */
    public static byte[] alpha(BufferedImage picture) {
        ColorModel model = picture.getColorModel();
        int width = picture.getWidth();
        byte[] alpha = new byte[picture.getHeight() * width];
        for (int i = 0; i < alpha.length; i++) {
            alpha[i] = (byte) (model.hasAlpha() ? picture.getRGB(i % width, i / width) >>> 24 : 255);
        }
        return alpha;
    }

    /** Rec. 601 luma of each pixel: nearest to 0.299 red + 0.587 green + 0.114 blue. */
    public static byte[] grey(byte[] red, byte[] green, byte[] blue) {
        byte[] grey = new byte[red.length];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = (byte) ((299 * (red[i] & 0xff) + 587 * (green[i] & 0xff) + 114 * (blue[i] & 0xff) + 500) / 1000);
        }
        return grey;
    }

    /**
     * A picture in memory for one image; grey images become colour pictures with equal parts.
     *
     * @param pixels block of images, laid out channel, row, column
     * @param offset where the image begins in it
     */
    public static BufferedImage picture(byte[] pixels, int offset, ImageShape shape) {
        BufferedImage picture = new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < shape.height(); row++) {
            for (int column = 0; column < shape.width(); column++) {
                int rgb = 0;
                for (int part = 0; part < 3; part++) {
                    int channel = shape.channels() >= 3 ? part : 0;
                    rgb = (rgb << 8) | (pixels[offset + shape.index(channel, row, column)] & 0xff);
                }
                picture.setRGB(column, row, rgb);
            }
        }
        return picture;
    }

    private static byte[] resize(byte[] plane, BufferedImage picture, ImageShape shape) {
        if (picture.getHeight() == shape.height() && picture.getWidth() == shape.width()) {
            return plane;
        }
        float[] numbers = new float[plane.length];
        for (int i = 0; i < plane.length; i++) {
            numbers[i] = plane[i] & 0xff;
        }
        return Resampling.round(
                Resampling.resize(numbers, picture.getHeight(), picture.getWidth(), shape.height(), shape.width()));
    }

    private static boolean hasGreySamples(BufferedImage picture) {
        ColorModel model = picture.getColorModel();
        return !(model instanceof IndexColorModel) && model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    }

    private static boolean isGrey(BufferedImage picture) {
        if (!(picture.getColorModel() instanceof IndexColorModel palette)) {
            return hasGreySamples(picture);
        }
        for (int i = 0; i < palette.getMapSize(); i++) {
            if (palette.getRed(i) != palette.getGreen(i) || palette.getRed(i) != palette.getBlue(i)) {
                return false;
            }
        }
        return true;
    }

    private static byte[] samples(BufferedImage picture) {
        Raster raster = picture.getRaster();
        int bits = picture.getSampleModel().getSampleSize(0);
        long most = (1L << bits) - 1;
        int width = picture.getWidth();
        byte[] bytes = new byte[picture.getHeight() * width];
        for (int i = 0; i < bytes.length; i++) {
            long sample = raster.getSample(raster.getMinX() + i % width, raster.getMinY() + i / width, 0);
            bytes[i] = (byte) ((sample * 255 + most / 2) / most);
        }
        return bytes;
    }

    private static byte[][] colours(BufferedImage picture) {
        int width = picture.getWidth();
        byte[][] planes = new byte[3][picture.getHeight() * width];
        for (int i = 0; i < planes[0].length; i++) {
            int rgb = picture.getRGB(i % width, i / width);
            planes[0][i] = (byte) (rgb >> 16);
            planes[1][i] = (byte) (rgb >> 8);
            planes[2][i] = (byte) rgb;
        }
        return planes;
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
