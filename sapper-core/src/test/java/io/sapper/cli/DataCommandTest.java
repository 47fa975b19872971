package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCommandTest {
    @TempDir
    Path folder;

    @Test
    void everyClassHasItsNumberNameAndCounts() throws IOException {
        for (int label = 1; label <= 30; label++) {
            for (int i = 0; i < 5; i++) {
                Path sub = Files.createDirectories(folder.resolve("pictures").resolve(Integer.toString(label)));
                BufferedImage picture = new BufferedImage(9, 9, BufferedImage.TYPE_BYTE_GRAY);
                ImageIO.write(picture, "png", sub.resolve(i + ".png").toFile());
            }
        }
        Ran ran = Ran.sapper(Ran.nowhere(folder), "data", folder.resolve("pictures"), "--test-share", "0.4");
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains("Training: 90 images of 1x9x9")
                .containsPattern("(?m)^ +0 +3 +2  1$")
                .containsPattern("(?m)^ +9 +3 +2  10$")
                .containsPattern("(?m)^ +29 +3 +2  30$");
        assertThat(ran.err())
                .contains("ordered as numbers: 1, 2, 3, ... 30; classes count from 0 all the same")
                .contains("0.4 of each class for the test, seed 1");
    }

    /** Photographs with boxes are listed, and no classifier is trained on them. */
    @Test
    void photographsWithBoxes() throws IOException {
        Path scenes = folder.resolve("scenes");
        for (String name : new String[] {"a", "b", "c", "d"}) {
            Path file = Files.createDirectories(scenes.resolve("images")).resolve(name + ".png");
            ImageIO.write(new BufferedImage(60, 40, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
            Files.createDirectories(scenes.resolve("labels"));
            Files.writeString(
                    scenes.resolve("labels").resolve(name + ".txt"), "1 0.5 0.5 0.5 0.75\n0 1.2 0.5 0.1 0.1\n");
        }
        Files.writeString(scenes.resolve("classes.txt"), "stop\nyield\n");
        Ran ran = Ran.sapper(Ran.nowhere(folder), "data", scenes, "--test-share", "0.5");
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains("Training: 2 photographs with 2 boxes")
                .containsPattern("(?m)^ +0 +0 +0 +-  stop$")
                .containsPattern("(?m)^ +1 +2 +2 +30 px  yield$");
        assertThat(ran.err())
                .contains("Data, layout: YOLO")
                .contains("WARNING: Boxes outside their photograph, left out: 4 (images/a.png, images/b.png,"
                        + " images/c.png, ...).");

        Ran json = Ran.sapper(Ran.nowhere(folder), "data", scenes, "--json", "--classes", "sign=stop,yield");
        assertThat(json.out()).contains("\"name\" : \"sign\"").contains("\"photographs\" : 3");

        refused("names halt, but the data have the classes stop, yield", "data", scenes, "--classes", "halt");
        refused("put the folder first", "data", "--classes", "stop", scenes);
        refused("photographs with boxes", "data", scenes, "--size", "32");
        refused(
                "holds photographs with boxes, for detectors",
                "demo",
                "--data",
                scenes,
                "--out",
                folder.resolve("out"));
        refused("--classes is for photographs with boxes", "data", "synthetic-digits", "--classes", "a");
    }

    private void refused(String problem, Object... words) {
        Ran ran = Ran.sapper(Ran.nowhere(folder), words);
        assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.complaints()).singleElement().asString().contains(problem);
    }

    @Test
    void goalsTakeClassNames() throws IOException {
        for (String name : new String[] {"no entry", "stop", "yield"}) {
            for (int i = 0; i < 5; i++) {
                Path sub = Files.createDirectories(folder.resolve("signs").resolve(name));
                BufferedImage picture = new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB);
                ImageIO.write(picture, "png", sub.resolve(i + ".png").toFile());
            }
        }
        Object[] words = {
            "attack",
            "--data",
            folder.resolve("signs"),
            "--epochs",
            1,
            "--hold-out",
            0,
            "--goal",
            "one-to-one:stop:no entry",
            "--out",
            folder.resolve("out")
        };
        Ran ran = Ran.sapper(Ran.nowhere(folder), words);
        assertThat(ran.complaints()).isEmpty();
        assertThat(Files.readString(folder.resolve("out/result.json"))).contains("one-to-one:1:0");
        words[8] = "one-to-one:stop:yeild";
        Ran mistyped = Ran.sapper(Ran.nowhere(folder), words);
        assertThat(mistyped.code()).isEqualTo(ExitCode.USAGE);
        assertThat(mistyped.complaints()).singleElement().asString().contains("'yeild'", "Maybe yield is meant.");
    }
}
