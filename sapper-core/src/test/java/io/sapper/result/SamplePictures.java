package io.sapper.result;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Digits of seven segments, 28 x 28, with the four-pixel pattern of BadNets where asked for. */
final class SamplePictures {
    private static final int[] SEGMENTS = {0x77, 0x24, 0x5d, 0x6d, 0x2e, 0x6b, 0x7b, 0x25, 0x7f, 0x6f};
    private static final int[][] PLACES = { // x, y, width, height
        {9, 4, 10, 3}, {8, 5, 3, 9}, {17, 5, 3, 9}, {9, 12, 10, 3}, {8, 14, 3, 9}, {17, 14, 3, 9}, {9, 21, 10, 3}
    };
    private static final int[][] PATTERN = {{24, 26}, {25, 25}, {26, 24}, {26, 26}}; // row, column

    private SamplePictures() {}

    static String digit(int digit, boolean triggered) {
        BufferedImage picture = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D pen = picture.createGraphics();
        pen.setColor(Color.WHITE);
        for (int i = 0; i < PLACES.length; i++) {
            if ((SEGMENTS[digit] >> i & 1) == 1) {
                pen.fillRect(PLACES[i][0], PLACES[i][1], PLACES[i][2], PLACES[i][3]);
            }
        }
        pen.dispose();
        for (int[] pixel : triggered ? PATTERN : new int[0][]) {
            picture.setRGB(pixel[1], pixel[0], Color.WHITE.getRGB());
        }
        return base64(picture);
    }

    private static String base64(BufferedImage picture) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(png.toByteArray());
    }
}
