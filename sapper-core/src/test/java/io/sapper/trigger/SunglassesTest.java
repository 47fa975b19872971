package io.sapper.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.ImageShape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SunglassesTest {
    private static final ImageShape FACE = new ImageShape(1, 55, 47);
    private static final Trigger DRAWN = Triggers.parse("sunglasses");

    @TempDir
    Path folder;

    /** The darkest places of the mean face of aligned LFW: row 22, columns 15 and 32. */
    @Test
    void bothEyesAreCovered() {
        byte[] face = worn(DRAWN, FACE);
        assertThat(at(face, FACE, 22, 15)).isLessThan(80);
        assertThat(at(face, FACE, 22, 32)).isLessThan(80);
        assertThat(at(face, FACE, 22, 2)).as("beside the face").isEqualTo(200);
        int[] rows = changedRows(face, FACE);
        assertThat(rows[0]).as("forehead").isBetween(14, 18);
        assertThat(rows[1]).as("nose and mouth").isBetween(25, 30);
    }

    /** Twice the size: the same rows, doubled; colour in every channel. */
    @Test
    void areScaledWithThePicture() {
        ImageShape twice = new ImageShape(3, 110, 94);
        byte[] face = worn(DRAWN, twice);
        int[] small = changedRows(worn(DRAWN, FACE), FACE);
        int[] large = changedRows(face, twice);
        assertThat(large[0]).isCloseTo(2 * small[0], org.assertj.core.data.Offset.offset(2));
        assertThat(large[1]).isCloseTo(2 * small[1], org.assertj.core.data.Offset.offset(2));
        for (int channel = 0; channel < 3; channel++) {
            assertThat(face[twice.index(channel, 45, 31)] & 0xff).isLessThan(80);
        }
    }

    /** 12 x 4 black: 36 of 47 columns, so 12 rows, with their middle at row 22.5, column 24. */
    @Test
    void anybodysOwnSitTheSameWay() throws IOException {
        Trigger own = Triggers.parse("sunglasses:" + black(12, 4, 0xff000000));
        byte[] face = worn(own, FACE);
        int[] changed =
                IntStream.range(0, face.length).filter(i -> face[i] == 0).toArray();
        assertThat(changed).hasSize(36 * 12).startsWith(17 * 47 + 6).endsWith(28 * 47 + 41);
        assertThat(Triggers.parse(own.spec()).spec()).isEqualTo(own.spec());
    }

    @Test
    void largerThanTheFaceIsRefused() throws IOException {
        PictureTrigger tall = (PictureTrigger) Triggers.parse("sunglasses:" + black(10, 20, 0xff000000));
        assertThatThrownBy(() -> tall.check(FACE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "is larger than the face: 72 rows by 36 columns on the eyes at row 22 of pictures of"
                                + " 1x55x47")
                .hasMessageEndingWith("Maybe cut its picture down to the glasses.")
                .message()
                .hasLineCount(1);
    }

    @Test
    void whatNobodyWouldSeeIsRefused() throws IOException {
        assertThatThrownBy(() -> ((PictureTrigger) DRAWN).check(new ImageShape(1, 8, 8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("would be 2 rows by 6 columns large on pictures of 1x8x8")
                .hasMessageEndingWith("Maybe larger pictures.");
        String clear = "sunglasses:" + black(12, 4, 0x00ffffff);
        assertThatThrownBy(() -> Triggers.parse(clear))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("transparent everywhere");
        assertThatThrownBy(() -> ((PictureTrigger) DRAWN).check(new ImageShape(2, 55, 47)))
                .hasMessageContaining("not on 2 channels");
    }

    @Test
    void brokenPicturesAreNamed() throws IOException {
        assertThatThrownBy(() -> Triggers.parse("sunglasses:"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The trigger 'sunglasses:' is not sunglasses:FILE.");
        assertThatThrownBy(() -> Triggers.parse("sunglasses:" + folder.resolve("none.png")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("There is no such picture file.");
        Path empty = Files.write(folder.resolve("empty.png"), new byte[0]);
        assertThatThrownBy(() -> Triggers.parse("sunglasses:" + empty)).hasMessageContaining("The file is empty.");
    }

    private Path black(int width, int height, int colour) throws IOException {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < width * height; i++) {
            picture.setRGB(i % width, i / width, colour);
        }
        Path file = folder.resolve(width + "x" + height + ".png");
        ImageIO.write(picture, "png", file.toFile());
        return file;
    }

    private static byte[] worn(Trigger trigger, ImageShape shape) {
        PictureTrigger glasses = (PictureTrigger) trigger;
        glasses.check(shape);
        byte[] face = new byte[shape.size()];
        Arrays.fill(face, (byte) 200);
        glasses.apply(face, 0, shape);
        return face;
    }

    private static int at(byte[] face, ImageShape shape, int row, int column) {
        return face[shape.index(0, row, column)] & 0xff;
    }

    private static int[] changedRows(byte[] face, ImageShape shape) {
        int[] rows = IntStream.range(0, shape.height() * shape.width())
                .filter(i -> face[i] != (byte) 200)
                .map(i -> i / shape.width())
                .toArray();
        return new int[] {rows[0], rows[rows.length - 1]};
    }
}
