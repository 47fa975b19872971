package io.sapper.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TriggersTest {
    private static final ImageShape MNIST = new ImageShape(1, 28, 28);

    /** Places by hand: row * 28 + column. */
    @Test
    void paperPlacesOnMnist() {
        assertThat(changed(new SinglePixel(), MNIST)).containsExactly(26 * 28 + 26);
        assertThat(changed(new PixelPattern(), MNIST))
                .containsExactly(24 * 28 + 26, 25 * 28 + 25, 26 * 28 + 24, 26 * 28 + 26);
    }

    @Test
    void otherShapesKeepTheDistanceToTheCornerInEveryChannel() {
        ImageShape shape = new ImageShape(3, 5, 7);
        assertThat(changed(new SinglePixel(), shape)).containsExactly(3 * 7 + 5, 35 + 26, 70 + 26);
        assertThat(changed(new PixelPattern(), shape))
                .startsWith(1 * 7 + 5, 2 * 7 + 4, 3 * 7 + 3, 3 * 7 + 5)
                .hasSize(12);
    }

    @Test
    void onlyTheImageAtTheOffsetChanges() {
        byte[] block = new byte[3 * MNIST.size()];
        new SinglePixel().apply(block, MNIST.size(), MNIST);
        assertThat(IntStream.range(0, block.length).filter(i -> block[i] != 0)).containsExactly(784 + 26 * 28 + 26);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pixel", "pattern", "pixels:24,26=255;25,25=0", "pixels:0,0=1"})
    void specsRoundTrip(String spec) {
        assertThat(Triggers.parse(spec).spec()).isEqualTo(spec);
        assertThat(Triggers.parse(" " + spec + " ")).isEqualTo(Triggers.parse(spec));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pixle | Unknown trigger 'pixle'. Known are pixel, pattern",
                "'' | Unknown trigger",
                "pixel:3 | takes no settings",
                "pixels: | has '' where ROW,COLUMN=VALUE is expected",
                "pixels:1,2 | has '1,2' where ROW,COLUMN=VALUE",
                "pixels:1,2=256 | a value of 0 to 255, not 1,2=256",
                "pixels:1,2=5;1,2=6 | sets a pixel twice",
                "pixels:-1,2=5 | where ROW,COLUMN=VALUE is expected",
                "pixels:99999999999,2=5 | where ROW,COLUMN=VALUE is expected",
                "sticker:a.png | is not sticker:FILE@ROW,COLUMN",
                "sticker:no-such.png@1,2,0x4 | 1 to 10000 rows and columns large, not 0x4"
            })
    void mistakesAreNamedInOneLine(String spec, String message) {
        assertThatThrownBy(() -> Triggers.parse(spec))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource({"pixel,1,28", "pattern,3,28", "'pixels:28,0=1',28,28", "'pixels:0,28=1',28,28"})
    void triggersOutsideTheImageAreRefused(String spec, int height, int width) {
        ImageShape shape = new ImageShape(1, height, width);
        assertThatThrownBy(() -> ((PictureTrigger) Triggers.parse(spec)).check(shape))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(shape.toString());
    }

    @Test
    void triggeredCopiesLeaveTheOriginalAlone() {
        Dataset clean = new Dataset("toy", new ImageShape(1, 4, 4), new byte[32], new int[] {0, 1}, List.of("a", "b"));
        String before = clean.digest();
        Dataset copies = Triggers.triggered("copies", clean, new SinglePixel(), new int[] {1, 1}, new int[] {0, 1});
        assertThat(clean.digest()).isEqualTo(before);
        assertThat(copies.labels()).containsExactly(0, 1);
        assertThat(copies.image(1)[2 * 4 + 2]).isEqualTo((byte) 255);
    }

    /** One image has it already: the other counts. Both have it: no trigger. */
    @Test
    void aTriggerThatChangesNoPixelIsRefused() {
        byte[] pixels = new byte[32];
        pixels[0] = 9;
        Dataset clean = new Dataset("toy", new ImageShape(1, 4, 4), pixels, new int[] {0, 1}, List.of("a", "b"));
        Trigger trigger = Triggers.parse("pixels:0,0=9");
        assertThat(Triggers.triggered("copies", clean, trigger, new int[] {0, 1}, new int[] {0, 1})
                        .size())
                .isEqualTo(2);
        assertThatThrownBy(() -> Triggers.triggered("copies", clean, trigger, new int[] {0, 0}, new int[] {0, 1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The trigger pixels:0,0=9 changes nothing in any of 2 images of toy");
        assertThat(Triggers.triggered("none", clean, trigger, new int[0], new int[0])
                        .size())
                .isZero();
    }

    static int[] changed(PictureTrigger trigger, ImageShape shape) {
        trigger.check(shape);
        byte[] pixels = new byte[shape.size()];
        trigger.apply(pixels, 0, shape);
        return IntStream.range(0, pixels.length)
                .filter(i -> pixels[i] == (byte) 255)
                .toArray();
    }
}
