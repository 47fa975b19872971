package io.sapper.data.image;

import io.sapper.data.MalformedFileException;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.nio.file.Path;

/**
 * The bytes of a decoded picture, plane by plane.
 *
 * <p>Grey samples are taken as they are stored. (Java's own conversion treats grey as linear light and would change
 * them.)
 */
final class Planes {
    private final BufferedImage picture;
    private final ColorModel model;
    private final int width;
    private final int size;

    Planes(BufferedImage picture) {
        this.picture = picture;
        this.model = picture.getColorModel();
        this.width = picture.getWidth();
        this.size = picture.getHeight() * width;
    }

    /** Refuses samples whose range nobody knows: floating point, and more than 16 bits. */
    static void check(Path file, BufferedImage picture) throws MalformedFileException {
        int type = picture.getSampleModel().getDataType();
        boolean whole = type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT || type == DataBuffer.TYPE_INT;
        if (!whole || picture.getSampleModel().getSampleSize(0) > 16) {
            throw new MalformedFileException(
                    file,
                    "",
                    "The picture's samples are floating point, signed or longer than 16 bits, so that it is not known"
                            + " which number is white. Maybe save it with 8 or 16 bits a sample.");
        }
    }

    /** One plane for grey pictures (also with a palette of greys only), else red, green and blue. */
    byte[][] colour() {
        if (hasGreySamples()) {
            return new byte[][] {samples()};
        }
        byte[][] planes = isBgr() ? bgr() : colours();
        return greyPalette() ? new byte[][] {planes[0]} : planes;
    }

    /** Opacity, 0 to 255, row by row; null where the picture covers all. */
    byte @org.jspecify.annotations.Nullable [] alpha() {
        if (!model.hasAlpha()) {
            return null;
        }
        byte[] alpha = new byte[size];
        boolean transparent = false;
        for (int i = 0; i < size; i++) {
            alpha[i] = (byte) (picture.getRGB(i % width, i / width) >>> 24);
            transparent |= alpha[i] != (byte) 255;
        }
        return transparent ? alpha : null;
    }

    /** Whether samples have more than eight bits. */
    boolean deep() {
        SampleModel samples = picture.getSampleModel();
        for (int band = 0; band < samples.getNumBands(); band++) {
            if (samples.getSampleSize(band) > 8) {
                return true;
            }
        }
        return false;
    }

    private boolean hasGreySamples() {
        return !(model instanceof IndexColorModel) && model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    }

    private boolean greyPalette() {
        if (!(model instanceof IndexColorModel palette)) {
            return false;
        }
        for (int i = 0; i < palette.getMapSize(); i++) {
            if (palette.getRed(i) != palette.getGreen(i) || palette.getRed(i) != palette.getBlue(i)) {
                return false;
            }
        }
        return true;
    }

    private byte[] samples() {
        Raster raster = picture.getRaster();
        long most = (1L << picture.getSampleModel().getSampleSize(0)) - 1;
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            long sample = raster.getSample(raster.getMinX() + i % width, raster.getMinY() + i / width, 0);
            bytes[i] = (byte) ((sample * 255 + most / 2) / most);
        }
        return bytes;
    }

    private boolean isBgr() {
        return picture.getType() == BufferedImage.TYPE_3BYTE_BGR;
    }

    /** What JPEG and plain PNG decode to: taken row by row, for asking Java for each pixel is slow. */
    private byte[][] bgr() {
        byte[][] planes = new byte[3][size];
        int[] row = new int[width * 3];
        Raster raster = picture.getRaster();
        for (int y = 0; y < picture.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int x = 0; x < width; x++) {
                for (int channel = 0; channel < 3; channel++) {
                    planes[channel][y * width + x] = (byte) row[3 * x + channel];
                }
            }
        }
        return planes;
    }

    private byte[][] colours() {
        byte[][] planes = new byte[3][size];
        for (int i = 0; i < size; i++) {
            int rgb = picture.getRGB(i % width, i / width);
            planes[0][i] = (byte) (rgb >> 16);
            planes[1][i] = (byte) (rgb >> 8);
            planes[2][i] = (byte) rgb;
        }
        return planes;
    }
}
