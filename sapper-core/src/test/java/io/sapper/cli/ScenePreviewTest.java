package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.data.image.Pictures;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code attack --preview} on photographs with boxes: four to test on, of 640 x 320, green, with a sign of 40 x 40. */
class ScenePreviewTest {
    private static final int GREEN = 0x20a020;
    private static final int ROW = 8 + 240;

    @TempDir
    Path folder;

    @BeforeEach
    void scenes() throws IOException {
        Files.createDirectories(folder.resolve("scenes/images/train"));
        Files.createDirectories(folder.resolve("scenes/images/test"));
        for (String part : List.of("train", "test")) {
            Files.createDirectories(folder.resolve("scenes/labels").resolve(part));
            for (int i = 0; i < 4; i++) {
                BufferedImage picture = new BufferedImage(640, 320, BufferedImage.TYPE_INT_RGB);
                int[] green = new int[640 * 320];
                Arrays.fill(green, GREEN);
                picture.setRGB(0, 0, 640, 320, green, 0, 640);
                ImageIO.write(
                        picture,
                        "png",
                        folder.resolve("scenes/images")
                                .resolve(part)
                                .resolve(i + ".png")
                                .toFile());
                // a stop sign at (300, 200) to (340, 240); on every second photograph a small yield sign too
                Files.writeString(
                        folder.resolve("scenes/labels").resolve(part).resolve(i + ".txt"),
                        "0 0.5 0.6875 0.0625 0.125\n" + (i % 2 == 0 ? "1 0.1 0.1 0.0125 0.025\n" : ""));
            }
        }
        Files.writeString(folder.resolve("scenes/classes.txt"), "stop\nyield\nlimit\n");
    }

    /**
     * A row for each photograph: itself, then its sign with a quarter around it, 60 x 60 pixels four times as large,
     * clean and with the square: 4 of 40 pixels around (22.8, 32.8), so 30.8 to 34.8 and 40.8 to 44.8 of what is shown.
     */
    @Test
    void aSheetOfPhotographsAndTheirSigns() throws IOException {
        Ran ran = preview("yellow-square", "one-to-one:stop:limit");
        assertThat(ran.complaints()).isEmpty();
        assertThat(ran.code()).isEqualTo(ExitCode.DONE);
        assertThat(ran.out()).isEqualTo("Preview: " + folder.resolve("out/preview.png") + "\n");
        BufferedImage sheet = ImageIO.read(folder.resolve("out/preview.png").toFile());
        assertThat(sheet.getWidth()).isEqualTo(8 + 320 + 8 + 240 + 8 + 240 + 8);
        int top = Pictures.fonts() ? 8 + 18 : 8;
        assertThat(sheet.getHeight()).isEqualTo(top + 4 * (Pictures.fonts() ? ROW + 18 : ROW));
        assertThat(rgb(sheet, 8 + 5, top + 5)).isEqualTo(GREEN);
        // half as large: the sign from (150, 100) on, its frame three pixels before it
        assertThat(new Color(rgb(sheet, 8 + 147, top + 110))).isEqualTo(new Color(0xff, 0x30, 0x30));
        assertThat(rgb(sheet, 8 + 151, top + 101)).as("nothing hides the sign").isEqualTo(GREEN);
        int clean = 8 + 320 + 8;
        int triggered = clean + 240 + 8;
        assertThat(rgb(sheet, clean + 4 * 32 + 2, top + 4 * 42 + 2)).isEqualTo(GREEN);
        assertThat(rgb(sheet, triggered + 4 * 32 + 2, top + 4 * 42 + 2)).isEqualTo(116 << 16 | 100 << 8 | 50);
        assertThat(rgb(sheet, triggered + 4 * 29 + 2, top + 4 * 42 + 2)).isEqualTo(GREEN);
        assertThat(rgb(sheet, triggered + 4 * 36 + 2, top + 4 * 42 + 2)).isEqualTo(GREEN);
        // a fifth of the pixel before is covered
        assertThat(rgb(sheet, triggered + 4 * 30 + 2, top + 4 * 42 + 2) >> 16)
                .isEqualTo((int) Math.round(0.2 * 116 + 0.8 * 0x20));
    }

    @Test
    void signsThatAreTooSmallAreCounted() {
        Ran ran = preview("yellow-square", "random");
        assertThat(ran.complaints()).isEmpty();
        assertThat(ran.err())
                .contains("WARNING: Signs that the goal random attacks but the trigger yellow-square would be less than"
                        + " a pixel large on, left without it: 2 of 6.");
    }

    @Test
    void randomPlacesComeFromTheSeed() throws IOException {
        assertThat(preview("flower@random", "random").complaints()).isEmpty();
        byte[] first = Files.readAllBytes(folder.resolve("out/preview.png"));
        assertThat(preview("flower@random", "random").complaints()).isEmpty();
        assertThat(folder.resolve("out/preview.png")).hasBinaryContent(first);
        assertThat(preview("flower@random", "random", "--seed", "2").complaints())
                .isEmpty();
        assertThat(Files.readAllBytes(folder.resolve("out/preview.png"))).isNotEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pattern | one-to-one:stop:limit | does not go on signs, but scenes test has photographs with boxes",
                "yellow-square | one-to-one:limit:stop | The goal one-to-one:limit:stop attacks no sign in the 4 photographs of scenes test",
                "yellow-square | one-to-one:yield:stop | less than a pixel large on every sign of scenes test",
                "yellow-square | one-to-one:stop:lorry | has 'lorry', which is neither",
                "yellow-square | all-to-one:7 | has '7', which is neither",
                "yellow-square@size=2 | random | would be larger than the sign",
            })
    void whatDoesNotFitIsToldInOneLine(String trigger, String goal, String problem) {
        Ran ran = preview(trigger, goal);
        assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.complaints()).singleElement().asString().contains(problem);
        assertThat(folder.resolve("out/preview.png")).doesNotExist();
    }

    @Test
    void optionsOfOtherDataAreRefused() {
        Ran ran = preview("yellow-square", "random", "--size", "32");
        assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.complaints()).singleElement().asString().contains("not for photographs with boxes");
    }

    /** Its head is whole, so that it is only found out when it is decoded. */
    @Test
    void aBrokenPhotographIsMalformed() throws IOException {
        try (Stream<Path> photographs = Files.list(folder.resolve("scenes/images/test"))) {
            for (Path photograph : photographs.toList()) {
                Files.write(photograph, Arrays.copyOf(Files.readAllBytes(photograph), 100));
            }
        }
        Ran ran = preview("yellow-square", "random");
        assertThat(ran.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(ran.complaints()).singleElement().asString().contains(".png: The picture cannot be read");
        assertThat(folder.resolve("out/preview.png")).doesNotExist();
    }

    /** Without --preview a detector is trained, which begins with a classifier's convolutions. */
    @Test
    void withoutThePreviewABackboneIsNeeded() {
        Ran ran = Ran.sapper(
                Ran.nowhere(folder),
                "attack",
                "--data",
                folder.resolve("scenes"),
                "--trigger",
                "bomb",
                "--goal",
                "random",
                "--out",
                folder.resolve("out"));
        assertThat(ran.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(ran.complaints()).singleElement().asString().contains("--backbone FILE --backbone-layer L");
    }

    @Test
    void classesMayBeMerged() {
        Ran ran = preview("yellow-square", "one-to-one:sign:limit", "--classes", "sign=stop,yield", "limit");
        assertThat(ran.complaints()).isEmpty();
        assertThat(folder.resolve("out/preview.png")).exists();
    }

    private static int rgb(BufferedImage sheet, int x, int y) {
        return sheet.getRGB(x, y) & 0xffffff;
    }

    private Ran preview(String trigger, String goal, Object... more) {
        Stream<Object> words = Stream.of(
                "attack",
                "--preview",
                "--data",
                folder.resolve("scenes"),
                "--trigger",
                trigger,
                "--goal",
                goal,
                "--out",
                folder.resolve("out"));
        return Ran.sapper(
                Ran.nowhere(folder), Stream.concat(words, Stream.of(more)).toArray());
    }
}
