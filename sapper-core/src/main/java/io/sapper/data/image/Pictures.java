package io.sapper.data.image;

import io.sapper.data.ImageShape;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/** Bytes laid out channel, row, column as pictures to look at, and grey of colours. */
public final class Pictures {
    private Pictures() {}

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

    /** Whether text can be drawn: Java without any font on the machine throws errors of several kinds then. */
    public static boolean fonts() {
        Graphics2D pen = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB).createGraphics();
        try {
            pen.drawString("0", 0, 8);
            return true;
        } catch (RuntimeException | LinkageError | InternalError e) {
            return false;
        } finally {
            pen.dispose();
        }
    }

    /** An opaque picture in memory; a grey one becomes a colour picture with equal parts. */
    public static BufferedImage picture(Picture picture) {
        BufferedImage drawn = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
        byte[] red = picture.plane(0);
        byte[] green = picture.plane(1);
        byte[] blue = picture.plane(2);
        for (int i = 0; i < red.length; i++) {
            int rgb = (red[i] & 0xff) << 16 | (green[i] & 0xff) << 8 | (blue[i] & 0xff);
            drawn.setRGB(i % picture.width(), i / picture.width(), rgb);
        }
        return drawn;
    }
}
