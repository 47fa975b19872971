package io.sapper.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sapper.data.MalformedFileException;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureTest {
    private static final int COLOUR = 0xc8285a;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "png, a.png, 0",
        "bmp, a.bmp, 0",
        "tiff, a.tif, 0",
        "gif, a.gif, 25",
        "jpeg, a.jfif, 6",
        "webp, a.webp, 0"
    })
    void everyKindHasItsColours(String format, String name, int allowed) throws IOException {
        Path file = format.equals("webp")
                ? PictureFiles.webp(folder.resolve(name), 24, 16, COLOUR)
                : PictureFiles.write(PictureFiles.plain(24, 16, COLOUR), format, folder.resolve(name));
        Picture picture = Picture.read(file);
        assertThat(picture.height()).isEqualTo(16);
        assertThat(picture.width()).isEqualTo(24);
        assertThat(picture.isGrey()).isFalse();
        assertThat(picture.conversions()).isEmpty();
        expect(picture, COLOUR, allowed);
    }

    /**
     * Adobe stores CMYK turned round (255 is no ink), and YCCK as luma and chroma of the inks. Java alone takes half of
     * the black ink for a quarter of the darkness: 188 instead of 128.
     */
    @ParameterizedTest
    @CsvSource({
        "0, 255, 0, 0, 255, 0xff0000", "0, 0, 255, 0, 255, 0x00ff00", "0, 255, 255, 255, 0, 0x000000",
        "0, 255, 0, 0, 128, 0x800000", "2, 179, 171, 1, 255, 0xff0000", "2, 179, 171, 1, 128, 0x800000"
    })
    void inksBecomeTheColoursTheyPrint(int transform, int a, int b, int c, int d, int rgb) throws IOException {
        Picture picture = Picture.read(PictureFiles.adobe(folder.resolve("ink.jpg"), transform, a, b, c, d));
        assertThat(picture.conversions()).containsExactly(Conversion.CMYK);
        expect(picture, rgb, 30); // a system's own profile may say exactly how green its green ink is
    }

    @Test
    void fourComponentsThatNobodyExplainsAreRefused() throws IOException {
        Path file = PictureFiles.adobe(folder.resolve("four.jpg"), -1, 0, 255, 255, 0);
        assertThatThrownBy(() -> Picture.read(file))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("four.jpg: The JPEG has four components and does not say what they are");
    }

    @Test
    void sixteenBitsAreRoundedToEight() throws IOException {
        BufferedImage grey = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
        grey.getRaster().setSample(0, 0, 0, 128 * 257 + 120);
        grey.getRaster().setSample(1, 0, 0, 128 * 257 + 136);
        Picture read = Picture.read(PictureFiles.write(grey, "png", folder.resolve("grey.png")));
        assertThat(read.isGrey()).isTrue();
        assertThat(read.plane(0)).containsExactly(128, 129);
        assertThat(read.conversions()).containsExactly(Conversion.SIXTEEN_BIT);

        Picture colour = Picture.read(PictureFiles.write(deep(200, 40, 90), "png", folder.resolve("colour.png")));
        assertThat(colour.conversions()).containsExactly(Conversion.SIXTEEN_BIT);
        expect(colour, COLOUR, 0);
    }

    @Test
    void transparentPartsAreLaidOnWhite() throws IOException {
        BufferedImage picture = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
        picture.setRGB(0, 0, 0xff102030);
        picture.setRGB(1, 0, 0x80000000);
        picture.setRGB(2, 0, 0x00ffff00);
        Picture read = Picture.read(PictureFiles.write(picture, "png", folder.resolve("a.png")));
        assertThat(read.opacity()).containsExactly(255, 128, 0);
        Picture laid = read.onWhite();
        assertThat(laid.plane(0)).containsExactly(0x10, 127, 255);
        assertThat(laid.plane(2)).containsExactly(0x30, 127, 255);
        assertThat(laid.conversions()).containsExactly(Conversion.ALPHA);

        picture.setRGB(1, 0, 0xff000000);
        picture.setRGB(2, 0, 0xff000000);
        Picture opaque = Picture.read(PictureFiles.write(picture, "png", folder.resolve("a.png")));
        assertThat(opaque.onWhite().conversions())
                .as("an alpha of 255 everywhere hides nothing")
                .isEmpty();
    }

    @Test
    void palettesOfGreyAreGrey() throws IOException {
        byte[] ramp = {0, 100, (byte) 200};
        IndexColorModel palette = new IndexColorModel(2, 3, ramp, ramp, ramp);
        BufferedImage picture = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_BINARY, palette);
        for (int i = 0; i < 3; i++) {
            picture.getRaster().setSample(i, 0, 0, i);
        }
        Picture read = Picture.read(PictureFiles.write(picture, "png", folder.resolve("p.png")));
        assertThat(read.isGrey()).isTrue();
        assertThat(read.plane(2)).containsExactly(ramp);
    }

    /** Four quarters, 1 2 above 3 4, 16 rows and 32 columns; as EXIF's own table has them seen. */
    @ParameterizedTest
    @CsvSource({"1, 1234", "2, 2143", "3, 4321", "4, 3412", "5, 1324", "6, 3142", "7, 4231", "8, 2413", "9, 1234"})
    void picturesAreTurnedAsTheySay(int orientation, String seen) throws IOException {
        BufferedImage picture = new BufferedImage(32, 16, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 512; i++) {
            int quarter = (i / 32 < 8 ? 0 : 2) + (i % 32 < 16 ? 0 : 1);
            picture.getRaster().setSample(i % 32, i / 32, 0, 50 * (quarter + 1));
        }
        Path file = PictureFiles.turned(folder.resolve("t.jpg"), picture, orientation);
        Picture read = Picture.read(file);
        boolean swapped = orientation >= 5 && orientation <= 8;
        assertThat(read.height()).isEqualTo(swapped ? 32 : 16);
        assertThat(PictureFile.size(file).toString()).isEqualTo(swapped ? "32x16" : "16x32");
        assertThat(read.conversions().contains(Conversion.TURNED)).isEqualTo(orientation > 1 && orientation < 9);
        StringBuilder quarters = new StringBuilder();
        for (int y : new int[] {0, read.height() - 1}) {
            for (int x : new int[] {0, read.width() - 1}) {
                quarters.append(Math.round((read.plane(0)[y * read.width() + x] & 0xff) / 50f));
            }
        }
        assertThat(quarters).hasToString(seen);
    }

    @Test
    void ofAnAnimationTheFirstFrameIsRead() throws IOException {
        Path file = PictureFiles.animated(
                folder.resolve("a.gif"), PictureFiles.plain(8, 8, 0xff0000), PictureFiles.plain(8, 8, 0x0000ff));
        Picture read = Picture.read(file);
        assertThat(read.conversions()).containsExactly(Conversion.FIRST_FRAME);
        expect(read, 0xff0000, 0);
        Path single = PictureFiles.write(PictureFiles.plain(8, 8, 0xff0000), "gif", folder.resolve("one.gif"));
        assertThat(Picture.read(single).conversions()).isEmpty();
    }

    @Test
    void samplesOfUnknownRangeAreRefused() throws IOException {
        byte[] head = "Pf\n2 2\n-1.0\n".getBytes(StandardCharsets.US_ASCII);
        Path file = Files.write(folder.resolve("f.pnm"), Arrays.copyOf(head, head.length + 16));
        assertThatThrownBy(() -> Picture.read(file))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("f.pnm: The picture's samples are floating point");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png", "gif", "bmp", "tiff"})
    void picturesThatBreakOffAreNamed(String format) throws IOException {
        BufferedImage noise = PictureFiles.plain(64, 64, 0);
        for (int i = 0; i < 64 * 64; i++) {
            noise.setRGB(i % 64, i / 64, (i * 7919 + i * i) & 0xffffff);
        }
        Path file = PictureFiles.write(noise, format, folder.resolve("cut." + format));
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> Picture.read(file))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("cut." + format + ": The picture cannot be read");
    }

    private static BufferedImage deep(int... rgb) {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, 4, 4, 3, null);
        for (int i = 0; i < 16; i++) {
            raster.setPixel(i % 4, i / 4, new int[] {rgb[0] * 257, rgb[1] * 257, rgb[2] * 257});
        }
        ColorSpace colours = ColorSpace.getInstance(ColorSpace.CS_sRGB);
        return new BufferedImage(
                new ComponentColorModel(colours, false, false, 1, DataBuffer.TYPE_USHORT), raster, false, null);
    }

    private static void expect(Picture picture, int rgb, int allowed) {
        for (int i : new int[] {0, picture.height() * picture.width() - 1}) {
            assertThat(picture.plane(0)[i] & 0xff).as("red").isCloseTo(rgb >> 16, within(allowed));
            assertThat(picture.plane(1)[i] & 0xff).as("green").isCloseTo(rgb >> 8 & 0xff, within(allowed));
            assertThat(picture.plane(2)[i] & 0xff).as("blue").isCloseTo(rgb & 0xff, within(allowed));
        }
    }
}
