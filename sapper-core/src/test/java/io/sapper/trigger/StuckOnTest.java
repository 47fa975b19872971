package io.sapper.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.data.Seeds;
import io.sapper.data.detection.Box;
import io.sapper.data.detection.Retouch;
import io.sapper.data.detection.Scenes;
import io.sapper.data.image.Picture;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stickers on signs in photographs, at the photograph's own size. */
class StuckOnTest {
    private static final int GROUND = 200;

    @TempDir
    Path folder;

    /** Middle at 100 + 57 and 50 + 82; ten of each: columns 152 to 161, rows 127 to 136, whole pixels. */
    @Test
    void theYellowSquareOfThePaperOnASignOf100() {
        Picture stuck = stuck("yellow-square", 300, 400, new Box(100, 50, 200, 150));
        int[] changed = changed(stuck);
        assertThat(changed).hasSize(100).startsWith(127 * 400 + 152).endsWith(136 * 400 + 161);
        for (int at : changed) {
            assertThat(pixel(stuck, at)).containsExactly(116, 100, 50);
        }
    }

    /**
     * A sign of 20 by 20 at (3, 1) gets 2 by 2 around (14.4, 17.4): columns 13.4 to 15.4 cover 0.6, 1 and 0.4 of three
     * pixels, rows 16.4 to 18.4 the same. Of the first pixel 0.36 is covered: 200 - 0.36 * 84 = 169.76 in red.
     */
    @Test
    void whatLiesBetweenPixelsChangesThemByAPart() {
        Picture stuck = stuck("yellow-square", 30, 40, new Box(3, 1, 23, 21));
        assertThat(changed(stuck)).hasSize(9).startsWith(16 * 40 + 13).endsWith(18 * 40 + 15);
        int[][] covered = {{36, 60, 24}, {60, 100, 40}, {24, 40, 16}}; // hundredths
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                double share = covered[row][column] / 100.0;
                assertThat(pixel(stuck, (16 + row) * 40 + 13 + column))
                        .containsExactly(
                                (int) Math.round(GROUND - share * 84), (int) Math.round(GROUND - share * 100), (int)
                                        Math.round(GROUND - share * 150));
            }
        }
    }

    /** Wherever a sign of 13 pixels lies, its square of 1.3 by 1.3 covers 1.69 pixels in sum. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.35, 0.5, 0.77, 0.999})
    void howMuchIsCoveredDoesNotDependOnThePlace(double moved) {
        Picture stuck = stuck("yellow-square", 60, 60, new Box(20 + moved, 20 - moved, 33 + moved, 33 - moved));
        double covered = IntStream.of(changed(stuck))
                        .mapToDouble(at -> GROUND - pixel(stuck, at)[2])
                        .sum()
                / 150;
        assertThat(covered).isCloseTo(1.69, within(9 * 0.5 / 150)); // nine roundings at most
    }

    /** Half black and half transparent, four by four times larger: the right half stays as it was, at every edge. */
    @Test
    void transparentPartsLetTheSignThrough() throws IOException {
        Path file = own(2, 1, 0xff000000, 0x00ffffff);
        Picture stuck = stuck("on-sign:" + file + "@size=0.4", 50, 50, new Box(0, 0, 20, 20));
        // middle (11.4, 16.4), 8 by 8: columns 7.4 to 15.4, black to 11.4; rows 12.4 to 20.4
        assertThat(changed(stuck)).hasSize(9 * 5).startsWith(12 * 50 + 7).endsWith(20 * 50 + 11);
        assertThat(pixel(stuck, 15 * 50 + 7)[0]).isEqualTo(80); // 0.6 black
        assertThat(pixel(stuck, 15 * 50 + 10)[0]).isZero();
        assertThat(pixel(stuck, 15 * 50 + 11)[0]).isEqualTo(120); // 0.4 black, 0.6 as it was
        assertThat(pixel(stuck, 15 * 50 + 12)[0]).isEqualTo(GROUND);
    }

    /** Two by two pixels of a checkerboard in one pixel of a photograph: their mean, 127.5. */
    @Test
    void aLargePictureOnASmallSignIsAveraged() throws IOException {
        Path file = own(2, 2, 0xff000000, 0xffffffff, 0xffffffff, 0xff000000);
        // middle (5.7, 8.2) of 10 by 10, 1 by 1: laid on a pixel by moving the sign
        Picture stuck = stuck("on-sign:" + file + "@size=0.1", 20, 20, new Box(0.8, 0.3, 10.8, 10.3));
        assertThat(changed(stuck)).containsExactly(8 * 20 + 6);
        assertThat(pixel(stuck, 8 * 20 + 6)[0]).isBetween(127, 128);
    }

    @Test
    void aStickerIsCutAtThePicturesEdge() {
        Picture stuck = stuck("yellow-square@size=1", 30, 40, new Box(20, 10, 40, 30));
        // middle (31.4, 26.4), 20 by 20: columns 21.4 to 40, rows 16.4 to 30
        assertThat(changed(stuck)).hasSize(19 * 14).startsWith(16 * 40 + 21).endsWith(29 * 40 + 39);
    }

    @Test
    void eachSignGetsItsOwn() {
        Picture stuck = stuck("yellow-square", 30, 60, new Box(0, 0, 20, 20), new Box(30, 0, 50, 20));
        int[] columns = IntStream.of(changed(stuck)).map(at -> at % 60).toArray();
        assertThat(Arrays.stream(columns).filter(column -> column < 30).count()).isEqualTo(9);
        assertThat(Arrays.stream(columns).filter(column -> column >= 30).count())
                .isEqualTo(9);
    }

    /** BadNets' random attack: the middle between 0.15 and 0.85, anywhere there, across and down apart. */
    @Test
    void randomPlacesAreSpreadOverTheSign() {
        RandomGenerator places = Seeds.generator(1, "places");
        SceneTrigger trigger = trigger("yellow-square@random");
        double[] across = new double[2000];
        double[] down = new double[2000];
        for (int i = 0; i < across.length; i++) {
            Box place = ((StuckOn) trigger.on(List.of(new Box(100, 300, 200, 500)), places))
                    .places()
                    .get(0);
            assertThat(place.width()).isCloseTo(10, within(1e-9));
            assertThat(place.height()).isCloseTo(20, within(1e-9));
            across[i] = (place.left() + 5 - 100) / 100;
            down[i] = (place.top() + 10 - 300) / 200;
        }
        for (double[] drawn : List.of(across, down)) {
            assertThat(Arrays.stream(drawn).min().orElseThrow()).isBetween(0.15, 0.153);
            assertThat(Arrays.stream(drawn).max().orElseThrow()).isBetween(0.847, 0.85);
            assertThat(Arrays.stream(drawn).average().orElseThrow()).isCloseTo(0.5, within(0.015));
        }
        double both = IntStream.range(0, 2000)
                .mapToDouble(i -> (across[i] - 0.5) * (down[i] - 0.5))
                .average()
                .orElseThrow();
        assertThat(both).as("across and down are drawn apart").isCloseTo(0, within(0.004));
    }

    @Test
    void theTextTellsWhateverDecides() throws IOException {
        Box sign = new Box(0, 0, 20, 20);
        String file = own(1, 1, 0xff000000).toString();
        String text = retouch("on-sign:" + file, sign).text();
        assertThat(text).isEqualTo(retouch("on-sign:" + file, sign).text());
        assertThat(retouch("on-sign:" + file, new Box(0, 0, 20, 20.5)).text()).isNotEqualTo(text);
        assertThat(retouch("on-sign:" + file + "@size=0.2", sign).text()).isNotEqualTo(text);
        own(1, 1, 0xff000001);
        assertThat(retouch("on-sign:" + file, sign).text())
                .as("another picture of that name")
                .isNotEqualTo(text);
    }

    @Test
    void thePhotographThatWasReadStays() {
        Picture read = ground(30, 30);
        retouch("bomb", new Box(0, 0, 20, 20)).of(read);
        assertThat(changed(read)).isEmpty();
    }

    @Test
    void greyPhotographsGetAColouredSticker() {
        BufferedImage grey = new BufferedImage(30, 30, BufferedImage.TYPE_BYTE_GRAY);
        Picture stuck = retouch("yellow-square", new Box(0, 0, 30, 30)).of(Picture.of(grey));
        assertThat(pixel(stuck, 24 * 30 + 17)).containsExactly(116, 100, 50);
        assertThat(pixel(stuck, 0)).containsExactly(0, 0, 0);
    }

    @Test
    void whatWouldNotBeSeenIsRefused() {
        SceneTrigger square = trigger("yellow-square");
        assertThat(square.seenOn(new Box(0, 0, 10, 10))).isTrue();
        assertThat(square.seenOn(new Box(0, 0, 9.9, 50))).isFalse();
        assertThat(square.seenOn(new Box(0, 0, 50, 9.9))).isFalse();
        assertThat(trigger("bomb").seenOn(new Box(0, 0, 7, 7))).isTrue();
        assertThatThrownBy(() -> retouch("yellow-square", new Box(0, 0, 9, 50)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The trigger yellow-square would be 0.90 columns by 5.00 rows large on a sign of 9 by 50"
                        + " pixels: less than a pixel. Leave the sign out, or choose a larger size=.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yellow-square@random",
                "bomb@size=0.25",
                "flower@random,size=0.5",
                "yellow-square@size=1.0",
                "yellow-square@color=ffeb3c",
                "yellow-square@random,size=0.2,color=00000a"
            })
    void specsRoundTrip(String spec) {
        assertThat(Triggers.parse(spec).spec()).isEqualTo(spec);
    }

    @Test
    void theSquareMayHaveAnotherColor() {
        Picture stuck = stuck("yellow-square@size=1,color=ff8002", 30, 40, new Box(20, 10, 40, 30));

        assertThat(pixel(stuck, 29 * 40 + 25)).containsExactly(255, 128, 2);
        assertThat(Triggers.parse("yellow-square@color=FFEB3C").spec()).isEqualTo("yellow-square@color=ffeb3c");
        assertThat(Triggers.parse("yellow-square@color=746432").spec()).isEqualTo("yellow-square"); // the authors'
        assertThat(((SignSticker) Triggers.parse("yellow-square@color=ffeb3c")).digest())
                .isNotEqualTo(SignSticker.square().digest());
    }

    @Test
    void namesOfFilesMayHoldAnAt() throws IOException {
        Path file = write(folder.resolve("a@b,c.png"), 1, 1, 0xff000000);
        assertThat(Triggers.parse("on-sign:" + file).spec()).isEqualTo("on-sign:" + file);
        assertThat(Triggers.parse("on-sign:" + file + "@size=0.3,random").spec())
                .isEqualTo("on-sign:" + file + "@random,size=0.3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "yellow-square@size=1.5 | at most 1, not 1.5: yellow-square would be larger than the sign.",
                "yellow-square@size=0 | above 0 and at most 1, not 0.0",
                "bomb@size=NaN | not NaN",
                "bomb@size=big | has 'size=big' where @random",
                "yellow-square@color=yellow | has 'color=yellow', but a color is six digits 0 to 9 and a to f",
                "yellow-square@color=#ffeb3c | without a #: for example yellow-square@color=ffeb3c.",
                "yellow-square@size=x | @size=SHARE (of the sign), @color=RRGGBB, or nothing is expected",
                "bomb@color=ffeb3c | bomb has colors of its own; color= is for yellow-square.",
                "bomb@randm | has 'randm' where @random",
                "bomb@ | has '' where @random",
                "bomb@random, | has '' where @random",
                "flower:x@random | has ':x@random' where @random",
                "on-sign:@random | is not on-sign:FILE"
            })
    void mistakesAreNamedInOneLine(String spec, String message) {
        assertThatThrownBy(() -> Triggers.parse(spec))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    @Test
    void whatGoesOnWhat() {
        Scenes scenes = new Scenes("signs train", List.of("stop"), List.of());
        assertThat(Triggers.onScenes(Triggers.parse("flower"), scenes).spec()).isEqualTo("flower");
        assertThatThrownBy(() -> Triggers.onScenes(Triggers.parse("pattern"), scenes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The trigger pattern does not go on signs, but signs train has photographs with boxes. On"
                        + " those go yellow-square, bomb, flower and on-sign:FILE (--trigger).");
        Dataset pictures = new Dataset("cut out", new ImageShape(3, 32, 32), new byte[3072], new int[1], List.of("a"));
        Triggers.parse("yellow-square@size=0.3").check(pictures);
        assertThatThrownBy(() -> Triggers.parse("yellow-square@random,size=0.3").check(pictures))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("drawn anew for each sign of a photograph with boxes")
                .hasMessageEndingWith("use yellow-square@size=0.3.");
    }

    private Path own(int width, int height, int... argb) throws IOException {
        return write(folder.resolve("own.png"), width, height, argb);
    }

    private static Path write(Path file, int width, int height, int... argb) throws IOException {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        picture.setRGB(0, 0, width, height, argb, 0, width);
        ImageIO.write(picture, "png", file.toFile());
        return file;
    }

    private static SceneTrigger trigger(String spec) {
        return (SceneTrigger) Triggers.parse(spec);
    }

    private static Retouch retouch(String spec, Box... signs) {
        return trigger(spec).on(List.of(signs), Seeds.generator(1, "places"));
    }

    private static Picture stuck(String spec, int height, int width, Box... signs) {
        return retouch(spec, signs).of(ground(height, width));
    }

    private static Picture ground(int height, int width) {
        byte[][] planes = new byte[3][height * width];
        for (byte[] plane : planes) {
            Arrays.fill(plane, (byte) GROUND);
        }
        return Picture.of(height, width, planes);
    }

    private static int[] changed(Picture picture) {
        return IntStream.range(0, picture.height() * picture.width())
                .filter(at -> pixel(picture, at)[0] != GROUND || pixel(picture, at)[2] != GROUND)
                .toArray();
    }

    private static int[] pixel(Picture picture, int at) {
        return IntStream.range(0, 3)
                .map(channel -> picture.plane(channel)[at] & 0xff)
                .toArray();
    }
}
