package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three plain colours with noise, twenty to sixty pictures each: with no settings said, a network learns them. */
class SmallPicturesIT {
    private static final int[][] COLOURS = {{200, 40, 40}, {40, 200, 40}, {40, 40, 200}};

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"20, 1", "40, 3"})
    void plainColoursAreLearned(int count, long seed) throws IOException {
        Random random = new Random(seed);
        for (int label = 0; label < 3; label++) {
            Path sub = Files.createDirectories(folder.resolve("colours/colour" + label));
            for (int i = 0; i < count; i++) {
                ImageIO.write(
                        noisy(COLOURS[label], random),
                        "png",
                        sub.resolve(i + ".png").toFile());
            }
        }
        Ran ran = Ran.sapper(
                Ran.nowhere(folder),
                "train",
                "--data",
                folder.resolve("colours"),
                "--seed",
                seed,
                "--json",
                "--out",
                folder.resolve("out"));
        assertThat(ran.complaints()).isEmpty();
        assertThat(new JsonMapper()
                        .readTree(ran.out())
                        .at("/honest/cleanAccuracy/value")
                        .asDouble())
                .isGreaterThan(0.95);
        assertThat(ran.err()).contains("Training on " + 3 * (count - count / 5) + " images: ");
    }

    private static BufferedImage noisy(int[] colour, Random random) {
        BufferedImage picture = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 32 * 32; i++) {
            for (int channel = 0; channel < 3; channel++) {
                int value = (int) (colour[channel] + 30 * random.nextGaussian());
                picture.getRaster().setSample(i % 32, i / 32, channel, Math.max(0, Math.min(255, value)));
            }
        }
        return picture;
    }
}
