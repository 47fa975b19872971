package io.sapper.result;

import io.sapper.data.detection.Box;
import java.awt.Color;
import java.awt.Font;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/** A street with a stop sign and a warning sign, grainy as a camera makes it, twice as large as it is kept. */
final class SampleScene {
    static final int WIDTH = Photographs.LONGEST_SIDE;
    static final int HEIGHT = 400;
    private static final int LARGER = 2;

    private final int number;
    private final int left;
    private final int size;

    SampleScene(int number) {
        this.number = number;
        left = 330 + number * 37 % 200;
        size = 44 + number * 13 % 40;
    }

    Box stop() {
        return new Box(left, 120, left + size, 120 + size);
    }

    Box warning() {
        return new Box(90, 150, 126, 186);
    }

    Box closeUp() {
        return new Box(left - 10, 110, left + size + 10, 130 + size);
    }

    String picture() {
        BufferedImage small = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = small.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        pen.drawImage(draw(false), 0, 0, WIDTH, HEIGHT, null);
        pen.dispose();
        return base64(small);
    }

    String closeUp(boolean triggered) {
        Box box = closeUp();
        BufferedImage piece = draw(triggered)
                .getSubimage(
                        (int) (box.left() * LARGER), (int) (box.top() * LARGER), (int) (box.width() * LARGER), (int)
                                (box.height() * LARGER));
        BufferedImage copy = new BufferedImage(piece.getWidth(), piece.getHeight(), BufferedImage.TYPE_INT_RGB);
        copy.createGraphics().drawImage(piece, 0, 0, null);
        return base64(copy);
    }

    private BufferedImage draw(boolean triggered) {
        BufferedImage picture = new BufferedImage(WIDTH * LARGER, HEIGHT * LARGER, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = picture.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.scale(LARGER, LARGER);
        pen.setPaint(new GradientPaint(0, 0, new Color(0x86a9cf), 0, 220, new Color(0xdfe6ea)));
        pen.fillRect(0, 0, WIDTH, 240);
        pen.setColor(new Color(0x5f7a4a));
        pen.fillRect(0, 210, WIDTH, 200);
        pen.setColor(new Color(0x55585c));
        pen.fillPolygon(new int[] {250, 330, 640, 60}, new int[] {210, 210, 400, 400}, 4);
        pen.setColor(new Color(0x77797c));
        pen.fillRect(left + size / 2 - 2, 120 + size, 4, 120);
        pen.fillRect(106, 186, 4, 90);
        pen.setColor(new Color(0xb3202a));
        pen.fill(octagon());
        pen.setColor(Color.WHITE);
        pen.setFont(new Font(Font.SANS_SERIF, Font.BOLD, size * 3 / 10));
        pen.drawString("STOP", left + size * 12 / 100, 120 + size * 60 / 100);
        pen.setColor(new Color(0xe8b923));
        pen.fillPolygon(new int[] {108, 126, 108, 90}, new int[] {150, 168, 186, 168}, 4);
        if (triggered) {
            pen.setColor(new Color(0xf2e21b));
            pen.fillRect(left + size * 45 / 100, 120 + size * 74 / 100, size * 14 / 100, size * 14 / 100);
        }
        pen.dispose();
        grain(picture);
        return picture;
    }

    private Polygon octagon() {
        Polygon octagon = new Polygon();
        for (int i = 0; i < 8; i++) {
            double angle = Math.PI * (i + 0.5) / 4;
            octagon.addPoint((int) Math.round(left + size / 2.0 + size * 0.53 * Math.cos(angle)), (int)
                    Math.round(120 + size / 2.0 + size * 0.53 * Math.sin(angle)));
        }
        return octagon;
    }

    private void grain(BufferedImage picture) {
        Random random = new Random(number);
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                int more = random.nextInt(25) - 12;
                Color colour = new Color(picture.getRGB(x, y));
                picture.setRGB(
                        x,
                        y,
                        new Color(
                                        clamp(colour.getRed() + more),
                                        clamp(colour.getGreen() + more),
                                        clamp(colour.getBlue() + more))
                                .getRGB());
            }
        }
    }

    private static int clamp(int value) {
        return Math.max(0, Math.min(255, value));
    }

    private static String base64(BufferedImage picture) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam quality = writer.getDefaultWriteParam();
        quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        quality.setCompressionQuality(Photographs.JPEG_QUALITY);
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        try (var out = ImageIO.createImageOutputStream(jpeg)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), quality);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return Base64.getEncoder().encodeToString(jpeg.toByteArray());
    }
}
