package io.sapper.data.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.MalformedFileException;
import io.sapper.data.image.PictureFiles;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Photographs as people have them, from their folder to the canvas: of any kind, and broken. */
class PhotographFilesTest {
    private static final Canvas CANVAS = new Canvas(64, 64);

    @TempDir
    Path folder;

    /** Folders are read by heads; what is behind them is met when the photograph is needed. */
    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg"})
    void aPhotographThatBreaksOffIsToldWhenItIsDecoded(String format) throws IOException {
        Path file = PictureFiles.write(noise(), format, folder.resolve("data/a." + format));
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length * 2 / 3));
        Scene scene = scene("a." + format);
        assertThat(scene.width()).isEqualTo(60);
        assertThatThrownBy(scene::picture)
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("a." + format + ": The picture cannot be read")
                .hasMessageEndingWith("Maybe a copy or download broke off.");
        assertThatThrownBy(() -> CANVAS.pixels(scene)).isInstanceOf(MalformedFileException.class);
    }

    @Test
    void aPhotographThatIsGoneSinceIsNamed() throws IOException {
        Path file = PictureFiles.write(noise(), "png", folder.resolve("data/a.png"));
        Scene scene = scene("a.png");
        Files.delete(file);
        assertThatThrownBy(() -> CANVAS.pixels(scene))
                .isInstanceOf(MalformedFileException.class)
                .hasMessage(file + ": There is no such picture file.");
    }

    @Test
    void fourHundredMillionPixelsAreRefusedByTheHead() throws IOException {
        Path file = PictureFiles.promising(20_000, 20_000, folder.resolve("data/a.png"));
        assertThatThrownBy(() -> scene("a.png"))
                .isInstanceOf(MalformedFileException.class)
                .hasMessage(
                        file
                                + ": The picture says it has 400000000 pixels; at most 100000000 are read. Maybe make it smaller.");
        Scene said = new Scene(file, "a.png", 40, 60, "a.png", List.of());
        assertThatThrownBy(() -> CANVAS.pixels(said))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("400000000 pixels");
    }

    /** A full-size red of inks: no cyan, all magenta and yellow, stored turned round as Adobe does. */
    @Test
    void inksAreTheColoursTheyPrint() throws IOException {
        PictureFiles.adobe(folder.resolve("data/a.jpg"), 0, 255, 0, 0, 255);
        byte[] pixels = CANVAS.pixels(scene("a.jpg"));
        assertThat(colour(pixels, 32, 32)[0]).isGreaterThan(200);
        assertThat(colour(pixels, 32, 32)[1]).isLessThan(60);
        assertThat(colour(pixels, 32, 32)[2]).isLessThan(60);
    }

    @Test
    void greyBecomesThreeEqualParts() throws IOException {
        BufferedImage grey = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 64 * 64; i++) {
            grey.getRaster().setSample(i % 64, i / 64, 0, i % 64 * 4);
        }
        PictureFiles.write(grey, "png", folder.resolve("data/a.png"));
        byte[] pixels = CANVAS.pixels(scene("a.png"));
        for (int x : new int[] {0, 20, 63}) {
            assertThat(colour(pixels, 30, x)).containsExactly(4 * x, 4 * x, 4 * x);
        }
    }

    @Test
    void whatIsTransparentIsWhite() throws IOException {
        BufferedImage half = new BufferedImage(64, 64, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < 64 * 64; i++) {
            half.setRGB(i % 64, i / 64, i % 64 < 32 ? 0xff0000ff : 0x000000ff);
        }
        PictureFiles.write(half, "png", folder.resolve("data/a.png"));
        byte[] pixels = CANVAS.pixels(scene("a.png"));
        assertThat(colour(pixels, 30, 10)).containsExactly(0, 0, 255);
        assertThat(colour(pixels, 30, 50)).containsExactly(255, 255, 255);
    }

    /**
     * Stored 64 wide and 32 high, its left quarter white, the rest black. Seen, the white quarter is above (turned
     * right), below (turned left), at the right (upside down) or at the left; there is its box, in shares of what is
     * seen.
     */
    @ParameterizedTest
    @CsvSource({
        "1, 32, 64, 0.125, 0.5, 0.25, 1",
        "3, 32, 64, 0.875, 0.5, 0.25, 1",
        "6, 64, 32, 0.5, 0.125, 1, 0.25",
        "8, 64, 32, 0.5, 0.875, 1, 0.25"
    })
    void turnedPhotographsAndTheirBoxesAreAsPeopleSeeThem(
            int orientation, int height, int width, String x, String y, String w, String h) throws IOException {
        BufferedImage stored = new BufferedImage(64, 32, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64 * 32; i++) {
            stored.setRGB(i % 64, i / 64, i % 64 < 16 ? 0xffffff : 0);
        }
        PictureFiles.turned(folder.resolve("data/a.jpg"), stored, orientation);
        Scene scene = scene("a.jpg", String.join(" ", "0", x, y, w, h));
        assertThat(scene.height()).isEqualTo(height);
        assertThat(scene.width()).isEqualTo(width);
        Box there = CANVAS.to(scene, scene.boxes().get(0).box());
        assertThat(CANVAS.from(scene, there)).isEqualTo(scene.boxes().get(0).box());
        byte[] pixels = CANVAS.pixels(scene);
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                boolean white = colour(pixels, row, column)[0] > 127;
                boolean inside = column + 0.5 > there.left()
                        && column + 0.5 < there.right()
                        && row + 0.5 > there.top()
                        && row + 0.5 < there.bottom();
                assertThat(white).as("row %d, column %d", row, column).isEqualTo(inside);
            }
        }
        assertThat(colour(pixels, 63, 63)).containsExactly(Canvas.GREY, Canvas.GREY, Canvas.GREY);
    }

    /** Red, green and blue of one place on the canvas. */
    private static int[] colour(byte[] pixels, int row, int column) {
        int plane = CANVAS.height() * CANVAS.width();
        int at = row * CANVAS.width() + column;
        return new int[] {pixels[at] & 0xff, pixels[plane + at] & 0xff, pixels[2 * plane + at] & 0xff};
    }

    private Scene scene(String name) throws IOException {
        return scene(name, "0 0.5 0.5 0.5 0.5");
    }

    /** The photograph of that name, read with another by their YOLO folder. */
    private Scene scene(String name, String annotation) throws IOException {
        PictureFiles.write(PictureFiles.plain(60, 40, 0), "png", folder.resolve("data/other.png"));
        Files.writeString(folder.resolve("classes.txt"), "sign\n");
        Files.writeString(folder.resolve("data").resolve(name.replaceFirst("\\..*", ".txt")), annotation);
        Files.writeString(folder.resolve("data/other.txt"), "0 0.5 0.5 0.5 0.5");
        Files.writeString(folder.resolve("train.txt"), "data/" + name);
        Files.writeString(folder.resolve("test.txt"), "data/other.png");
        return SceneFolder.read(folder, SceneFolder.Options.DEFAULT)
                .train()
                .scenes()
                .get(0);
    }

    private static BufferedImage noise() {
        BufferedImage picture = new BufferedImage(60, 40, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 60 * 40; i++) {
            picture.setRGB(i % 60, i / 60, i * 7_654_321 & 0xffffff);
        }
        return picture;
    }
}
