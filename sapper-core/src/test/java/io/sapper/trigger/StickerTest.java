package io.sapper.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.ImageShape;
import io.sapper.data.image.Picture;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StickerTest {
    @TempDir
    Path folder;

    private Path file;

    /** One row: opaque red, half-transparent (128) white, transparent green. */
    @BeforeEach
    void draw() throws IOException {
        BufferedImage picture = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
        picture.setRGB(0, 0, 0xffff0000);
        picture.setRGB(1, 0, 0x80ffffff);
        picture.setRGB(2, 0, 0x0000ff00);
        file = folder.resolve("st@cker.png");
        ImageIO.write(picture, "png", file.toFile());
    }

    /** By hand on 100: 255 | (128 * 255 + 127 * 100) / 255 = 177.8, so 178 | 100; red channel, then green. */
    @Test
    void blendsByTransparency() throws IOException {
        ImageShape shape = new ImageShape(3, 2, 4);
        byte[] pixels = new byte[shape.size()];
        Arrays.fill(pixels, (byte) 100);
        Sticker.read(file, 1, 1).apply(pixels, 0, shape);
        assertThat(Arrays.copyOfRange(pixels, 0, 8)).containsExactly(100, 100, 100, 100, 100, 255, 178, 100);
        assertThat(Arrays.copyOfRange(pixels, 8, 16)).containsExactly(100, 100, 100, 100, 100, 0, 178, 100);
    }

    /** Luma of pure red is 0.299 * 255 = 76.2. */
    @Test
    void isGreyOnGreyImages() throws IOException {
        byte[] pixels = new byte[3];
        Sticker.read(file, 0, 0).apply(pixels, 0, new ImageShape(1, 1, 3));
        assertThat(pixels).containsExactly(76, 128, 0);
    }

    @Test
    void blendingRoundsToTheNearest() {
        for (int alpha = 0; alpha < 256; alpha++) {
            for (int over = 0; over < 256; over += 5) {
                for (int under = 0; under < 256; under += 3) {
                    long exact = Math.round((alpha * over + (255 - alpha) * under) / 255.0);
                    assertThat(Picture.blend(under, over, alpha) & 0xff).isEqualTo((int) exact);
                }
            }
        }
    }

    /** Opaque black beside transparent green: nowhere may the scaled sticker be green. */
    @Test
    void transparentPixelsLendNoColourWhenScaled() throws IOException {
        BufferedImage picture = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        picture.setRGB(0, 0, 0xff000000);
        picture.setRGB(1, 0, 0x0000ff00);
        Path green = folder.resolve("green.png");
        ImageIO.write(picture, "png", green.toFile());
        byte[] pixels = new byte[3 * 8];
        Sticker.read(green, 0, 0, 1, 8).apply(pixels, 0, new ImageShape(3, 1, 8));
        assertThat(pixels).containsOnly(0);
    }

    @Test
    void specsRoundTripEvenWithAnAtSignInTheName() {
        for (String place : new String[] {"@3,4", "@0,2,5x6"}) {
            String spec = "sticker:" + file + place;
            assertThat(Triggers.parse(spec).spec()).isEqualTo(spec);
        }
    }

    @Test
    void aStickerThatNobodySeesIsRefused() throws IOException {
        Path clear = folder.resolve("clear.png");
        ImageIO.write(new BufferedImage(2, 2, BufferedImage.TYPE_INT_ARGB), "png", clear.toFile());
        assertThatThrownBy(() -> Triggers.parse("sticker:" + clear + "@0,0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("clear.png@0,0' is transparent everywhere: it changes no pixel");
    }

    @Test
    void stickersOutsideTheImageAreRefused() throws IOException {
        Sticker sticker = Sticker.read(file, 0, 2);
        sticker.check(new ImageShape(1, 1, 5));
        assertThatThrownBy(() -> sticker.check(new ImageShape(1, 1, 4)))
                .hasMessageContaining("The sticker of 1x3 at 0,2 reaches outside an image of 1x1x4");
        assertThatThrownBy(() -> sticker.check(new ImageShape(2, 9, 9))).hasMessageContaining("not on 2 channels");
        assertThatThrownBy(() -> Sticker.read(file, -1, 0)).hasMessageContaining("counted from 0, not -1,0");
    }
}
