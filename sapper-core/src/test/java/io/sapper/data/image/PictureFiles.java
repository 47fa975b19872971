package io.sapper.data.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Picture files of kinds that Java's own writers do not make, byte by byte. */
public final class PictureFiles {
    private PictureFiles() {}

    /** A picture of one colour, given as 0xRRGGBB. */
    public static BufferedImage plain(int width, int height, int rgb) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] all = new int[width * height];
        Arrays.fill(all, rgb);
        picture.setRGB(0, 0, width, height, all, 0, width);
        return picture;
    }

    public static Path write(BufferedImage picture, String format, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        if (!ImageIO.write(picture, format, file.toFile())) {
            throw new IOException("No writer for " + format);
        }
        return file;
    }

    /** A lossless WebP of one colour: each prefix code has one symbol, so that pixels take no bits at all. */
    static Path webp(Path file, int width, int height, int rgb) throws IOException {
        Bits bits = new Bits();
        bits.put(0x2f, 8);
        bits.put(width - 1, 14);
        bits.put(height - 1, 14);
        bits.put(0, 1 + 3 + 1 + 1 + 1); // no alpha, version, no transform, no colour cache, no meta prefix code
        for (int symbol : new int[] {rgb >> 8 & 0xff, rgb >> 16 & 0xff, rgb & 0xff, 255}) {
            bits.put(1, 1); // simple code
            bits.put(0, 1); // of one symbol
            bits.put(1, 1); // of eight bits
            bits.put(symbol, 8);
        }
        bits.put(1, 4); // distances: simple code of the one-bit symbol 0
        byte[] data = bits.bytes();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {'R', 'I', 'F', 'F'});
        little(out, 4 + 8 + data.length + (data.length & 1));
        out.writeBytes(new byte[] {'W', 'E', 'B', 'P', 'V', 'P', '8', 'L'});
        little(out, data.length);
        out.writeBytes(data);
        if ((data.length & 1) == 1) {
            out.write(0);
        }
        Files.createDirectories(file.getParent());
        return Files.write(file, out.toByteArray());
    }

    /** A whole PNG, but for a head that promises another size. */
    public static Path promising(int width, int height, Path file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(plain(4, 4, 0), "png", out);
        ByteBuffer png = ByteBuffer.wrap(out.toByteArray());
        png.putInt(16, width).putInt(20, height);
        CRC32 sum = new CRC32();
        sum.update(png.array(), 12, 17); // the chunk's name and its 13 bytes
        png.putInt(29, (int) sum.getValue());
        Files.createDirectories(file.getParent());
        return Files.write(file, png.array());
    }

    /** A JPEG of four equal components everywhere, with Adobe's marker: 0 for CMYK, 2 for YCCK; none for -1. */
    public static Path adobe(Path file, int transform, int... stored) throws IOException {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, null);
        for (int i = 0; i < 256; i++) {
            raster.setPixel(i % 16, i / 16, stored);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(raster, null, null), null);
        }
        byte[] marker = {(byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform
        };
        return afterStart(file, bytes.toByteArray(), transform < 0 ? new byte[0] : marker);
    }

    /** A JPEG whose EXIF data say how to turn it. */
    public static Path turned(Path file, BufferedImage picture, int orientation) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(picture, "jpeg", bytes);
        byte[] exif = {
            (byte) 0xff,
            (byte) 0xe1,
            0,
            34,
            'E',
            'x',
            'i',
            'f',
            0,
            0,
            'M',
            'M',
            0,
            42,
            0,
            0,
            0,
            8,
            0,
            1,
            1,
            18,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            (byte) orientation,
            0,
            0,
            0,
            0,
            0,
            0
        };
        return afterStart(file, bytes.toByteArray(), exif);
    }

    /** A GIF of two frames. */
    static Path animated(Path file, BufferedImage first, BufferedImage second) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        Files.createDirectories(file.getParent());
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            writer.writeToSequence(new IIOImage(first, null, null), null);
            writer.writeToSequence(new IIOImage(second, null, null), null);
            writer.endWriteSequence();
        }
        return file;
    }

    private static Path afterStart(Path file, byte[] jpeg, byte[] marker) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        out.writeBytes(marker);
        out.write(jpeg, 2, jpeg.length - 2);
        Files.createDirectories(file.getParent());
        return Files.write(file, out.toByteArray());
    }

    private static void little(ByteArrayOutputStream out, int number) {
        for (int shift = 0; shift < 32; shift += 8) {
            out.write(number >> shift);
        }
    }

    /** Bits, the lowest first. */
    private static final class Bits {
        private final BitSet bits = new BitSet();
        private int length;

        void put(int value, int count) {
            for (int i = 0; i < count; i++) {
                bits.set(length++, (value >> i & 1) == 1);
            }
        }

        byte[] bytes() {
            return Arrays.copyOf(bits.toByteArray(), (length + 7) / 8 + 1);
        }
    }
}
