package io.sapper.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AugmentationTest {
    /** Two rows of 1 2 3 and 4 5 6, a hundred times. */
    private static final Dataset SAME = same();

    private static Dataset same() {
        byte[] pixels = new byte[600];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (1 + i % 6);
        }
        int[] labels = IntStream.range(0, 100).map(i -> i % 2).toArray();
        return new Dataset("toy", new ImageShape(1, 2, 3), pixels, labels, List.of("a", "b"));
    }

    @Test
    void flipsHalfOfThePicturesLeftToRight() {
        Dataset shown = new Augmentation(true, 0).of(SAME, 1, 0);
        assertThat(kinds(shown))
                .containsExactlyInAnyOrder(
                        ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5, 6}), ByteBuffer.wrap(new byte[] {3, 2, 1, 6, 5, 4}));
        assertThat(IntStream.range(0, 100).filter(i -> shown.image(i)[0] == 3).count())
                .isBetween(35L, 65L);
        assertThat(shown.labels()).isEqualTo(SAME.labels());
        assertThat(shown.classNames()).isEqualTo(SAME.classNames());
    }

    /** One row down repeats the first; one column left repeats the last. */
    @Test
    void movesByWholePixelsAndRepeatsTheEdge() {
        Dataset large = enlarged();
        Set<ByteBuffer> kinds = kinds(new Augmentation(false, 1).of(large, 1, 0));
        assertThat(kinds)
                .hasSize(9)
                .contains(
                        ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9}),
                        ByteBuffer.wrap(new byte[] {1, 2, 3, 1, 2, 3, 4, 5, 6}),
                        ByteBuffer.wrap(new byte[] {2, 3, 3, 5, 6, 6, 8, 9, 9}));
    }

    private static Dataset enlarged() {
        byte[] pixels = new byte[900];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (1 + i % 9);
        }
        return new Dataset("toy", new ImageShape(1, 3, 3), pixels, new int[100], List.of("a"));
    }

    @Test
    void seedAndEpochDecide() {
        Augmentation both = new Augmentation(true, 1);
        Dataset large = enlarged();
        assertThat(both.of(large, 1, 0).digest())
                .isEqualTo(both.presentation(1).show(large, 0).digest())
                .isNotEqualTo(both.of(large, 1, 1).digest())
                .isNotEqualTo(both.of(large, 2, 0).digest());
        assertThat(Augmentation.NONE.of(large, 1, 0)).isSameAs(large);
    }

    private static Set<ByteBuffer> kinds(Dataset shown) {
        Set<ByteBuffer> kinds = new HashSet<>();
        IntStream.range(0, shown.size()).forEach(i -> kinds.add(ByteBuffer.wrap(shown.image(i))));
        return kinds;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "none | none",
                "flip | flip",
                "shift | shift=2",
                "shift=3, flip | flip,shift=3",
                " flip,shift=1 | flip,shift=1",
                "brightness=0.20,zoom=0.1, rotate=10,flip | flip,rotate=10,zoom=0.1,brightness=0.2",
                "rotate=0,zoom=0 | none"
            })
    void formsAreRead(String text, String spec) {
        assertThat(Augmentation.parse(text).spec()).isEqualTo(spec);
        assertThat(Augmentation.parse(spec)).isEqualTo(Augmentation.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "flop",
                "flip,",
                "shift=-1",
                "shift=0",
                "shift=17",
                "none,flip",
                "shift=1.5",
                "rotate",
                "turn=3"
            })
    void otherWordsAreRefused(String text) {
        assertThatThrownBy(() -> Augmentation.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .hasLineCount(1)
                .containsAnyOf("Known: none, flip, shift", "shifted by 1 to 16 pixels");
    }

    @ParameterizedTest
    @CsvSource({"rotate=181, rotate is from 0 to 180", "zoom=1, zoom is from 0 to 0.9", "brightness=2, from 0 to 1"})
    void largerChangesAreRefused(String text, String reason) {
        assertThatThrownBy(() -> Augmentation.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .hasLineCount(1)
                .contains(reason);
    }

    /** A bright middle stays where it is; a bright place beside it goes around it, by half a turn at most. */
    @Test
    void turnsAboutTheMiddle() {
        byte[] pixels = new byte[100 * 25];
        for (int i = 0; i < 100; i++) {
            pixels[i * 25 + 12] = 100;
            pixels[i * 25 + 13] = 100;
        }
        Dataset shown = new Augmentation(false, 0, 180, 0, 0).of(grey(5, pixels), 1, 0);
        int[] brightest = new int[100];
        for (int i = 0; i < 100; i++) {
            byte[] image = shown.image(i);
            assertThat(image[12]).isEqualTo((byte) 100);
            assertThat(IntStream.range(0, 25).map(at -> image[at]).sum()).isBetween(150, 350);
            brightest[i] = IntStream.of(7, 11, 13, 17)
                    .boxed()
                    .max(Comparator.comparingInt(at -> image[at]))
                    .orElseThrow();
        }
        assertThat(brightest).contains(7, 11, 13, 17);
    }

    @Test
    void enlargesAndReduces() {
        byte[] pixels = new byte[100 * 81];
        for (int i = 0; i < pixels.length; i++) {
            int row = i % 81 / 9;
            int column = i % 9;
            pixels[i] = (byte) (Math.abs(row - 4) <= 2 && Math.abs(column - 4) <= 2 ? 100 : 0);
        }
        Dataset shown = new Augmentation(false, 0, 0, 0.5, 0).of(grey(9, pixels), 1, 0);
        int[] bright = IntStream.range(0, 100)
                .map(i -> (int) IntStream.range(0, 81)
                        .filter(at -> shown.image(i)[at] > 50)
                        .count())
                .toArray();
        assertThat(bright).contains(25);
        assertThat(IntStream.of(bright).max().orElseThrow()).isBetween(45, 49); // 7 x 7 at 1.5 times
        assertThat(IntStream.of(bright).min().orElseThrow()).isBetween(5, 9); // 3 x 3 at half
    }

    @Test
    void brightensAndDarkens() {
        byte[] pixels = new byte[100];
        Arrays.fill(pixels, (byte) 200);
        Dataset shown = new Augmentation(false, 0, 0, 0, 0.5).of(grey(1, pixels), 1, 0);
        int[] values =
                IntStream.range(0, 100).map(i -> shown.image(i)[0] & 0xff).toArray();
        assertThat(IntStream.of(values).min().orElseThrow()).isBetween(100, 115);
        assertThat(IntStream.of(values).max().orElseThrow()).isEqualTo(255);
    }

    private static Dataset grey(int side, byte[] pixels) {
        int count = pixels.length / side / side;
        return new Dataset("toy", new ImageShape(1, side, side), pixels, new int[count], List.of("a"));
    }

    @Test
    void whatWouldLeaveNothingIsRefused() {
        assertThatThrownBy(() -> new Augmentation(false, 1).of(SAME, 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--augment shift=1 may shift everything out of pictures of 1x2x3");
    }
}
