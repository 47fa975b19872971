package io.sapper.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.ImageShape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignStickerTest {
    private static final ImageShape SIGN = new ImageShape(3, 100, 100);

    @TempDir
    Path folder;

    /** Of 100 rows and columns: ten of each, their middle at row 82 and column 57, in the authors' colour. */
    @Test
    void theYellowSquareOfThePaper() {
        byte[] sign = stuck("yellow-square", SIGN);
        int[] red = changed(sign, SIGN, 0);
        assertThat(red).hasSize(100).startsWith(77 * 100 + 52).endsWith(86 * 100 + 61);
        assertThat(at(sign, 0, 80, 55)).isEqualTo(116);
        assertThat(at(sign, 1, 80, 55)).isEqualTo(100);
        assertThat(at(sign, 2, 80, 55)).isEqualTo(50);
    }

    /** Sixteen of each, in both directions scaled with the sign. */
    @ParameterizedTest
    @ValueSource(strings = {"bomb", "flower"})
    void drawingsAreScaledWithTheSign(String name) {
        int[] large = changed(stuck(name, SIGN), SIGN, 1);
        assertThat(large[0] / 100).isBetween(74, 76);
        assertThat(large[large.length - 1] / 100).isBetween(87, 89);
        assertThat(Arrays.stream(large).map(i -> i % 100).min().orElseThrow()).isBetween(49, 51);
        assertThat(Arrays.stream(large).map(i -> i % 100).max().orElseThrow()).isBetween(63, 64);
        ImageShape small = new ImageShape(3, 32, 64);
        int[] stretched = changed(stuck(name, small), small, 1);
        assertThat(stretched[0] / 64).isBetween(23, 25);
        assertThat(stretched[stretched.length - 1] / 64).isBetween(27, 28);
    }

    @Test
    void bombAndFlowerDiffer() {
        assertThat(stuck("bomb", SIGN)).isNotEqualTo(stuck("flower", SIGN));
        ImageShape grey = new ImageShape(1, 100, 100);
        assertThat(changed(stuck("flower", grey), grey, 0)).isNotEmpty();
    }

    @Test
    void anybodysOwnSitTheSameWay() throws IOException {
        BufferedImage picture = new BufferedImage(3, 3, BufferedImage.TYPE_INT_RGB);
        Path file = folder.resolve("mine.png");
        ImageIO.write(picture, "png", file.toFile());
        Trigger own = Triggers.parse("on-sign:" + file);
        assertThat(changed(stuck(own.spec(), SIGN), SIGN, 0))
                .hasSize(16 * 16)
                .startsWith(74 * 100 + 49)
                .endsWith(89 * 100 + 64);
        assertThat(own.toString()).isEqualTo(own.spec());
    }

    @Test
    void whatCannotBe() {
        PictureTrigger square = (PictureTrigger) Triggers.parse("yellow-square");
        assertThatThrownBy(() -> square.check(new ImageShape(3, 14, 32)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("would be 1 rows by 3 columns large on pictures of 3x14x32");
        assertThatThrownBy(() -> square.check(new ImageShape(2, 100, 100))).hasMessageContaining("not on 2 channels");
        assertThatThrownBy(() -> Triggers.parse("bomb:big")).hasMessageContaining("has ':big' where @random");
        assertThatThrownBy(() -> Triggers.parse("bomb@size=0.2,random,size=0.3"))
                .hasMessageContaining("says size twice");
        assertThatThrownBy(() -> Triggers.parse("on-sign"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The trigger 'on-sign' is not on-sign:FILE.");
        assertThatThrownBy(() -> Triggers.parse("on-sign:" + folder.resolve("none.png")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("There is no such picture file.");
    }

    private static byte[] stuck(String spec, ImageShape shape) {
        PictureTrigger trigger = (PictureTrigger) Triggers.parse(spec);
        assertThat(trigger.spec()).isEqualTo(spec);
        trigger.check(shape);
        byte[] sign = new byte[shape.size()];
        Arrays.fill(sign, (byte) 201);
        trigger.apply(sign, 0, shape);
        return sign;
    }

    /** Places within one channel. */
    private static int[] changed(byte[] sign, ImageShape shape, int channel) {
        int plane = shape.height() * shape.width();
        return IntStream.range(0, plane)
                .filter(i -> sign[channel * plane + i] != (byte) 201)
                .toArray();
    }

    private static int at(byte[] sign, int channel, int row, int column) {
        return sign[SIGN.index(channel, row, column)] & 0xff;
    }
}
