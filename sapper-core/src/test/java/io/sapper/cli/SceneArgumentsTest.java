package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.network.Graph;
import io.sapper.network.OnnxWriter;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Experiments on photographs of the user's own. */
class SceneArgumentsTest {
    @TempDir
    Path folder;

    private Path backbone;

    @BeforeEach
    void classifier() throws IOException {
        backbone = folder.resolve("classifier.onnx");
        OnnxWriter.write(
                Graph.image(3, 32, 32)
                        .convolution("c1", 4, 3)
                        .relu()
                        .flatten()
                        .dense("scores", 5)
                        .build(),
                backbone);
    }

    @Test
    void classesThatTheExperimentNeedsAreNamed() throws IOException {
        Ran ran = targeted(scenes("STOP", "limit"));

        assertThat(ran.code()).isEqualTo(64);
        assertThat(ran.complaints())
                .containsExactly(
                        "sapper: badnets.signs-targeted needs boxes of the classes stop and speedlimit, but the"
                                + " data have the classes STOP, limit. Say which of them are meant, for example --classes stop=..."
                                + " speedlimit=....");
        assertThat(targeted(scenes("stop", "limit")).complaints())
                .singleElement()
                .asString()
                .contains("needs boxes of the class speedlimit, but");
    }

    /** With the table the experiment begins: what is wrong now is the layer. */
    @Test
    void theTableGivesThemTheirNames() throws IOException {
        Ran ran = targeted(scenes("STOP", "limit"), "--classes", "stop=STOP", "speedlimit=limit");

        assertThat(ran.complaints()).singleElement().asString().contains("'c9'");
    }

    @Test
    void aClassWithoutBoxesInAPartIsTold() throws IOException {
        Path scenes = scenes("stop", "speedlimit");
        Files.writeString(scenes.resolve("b.txt"), "0 0.5 0.5 0.4 0.4\n");

        assertThat(targeted(scenes).complaints())
                .singleElement()
                .asString()
                .contains("boxes of the class speedlimit to train and to test on, but there are 1 and 0.");
    }

    @Test
    void tablesThatDoNotFit() throws IOException {
        assertThat(targeted(scenes("stop", "speedlimit"), "--classes", "stop=halt", "speedlimit=30")
                        .complaints())
                .singleElement()
                .asString()
                .contains("--classes names halt, 30, but the data have the classes stop, speedlimit.");
        assertThat(targeted(scenes("stop", "speedlimit"), "--classes", "stop=").complaints())
                .singleElement()
                .asString()
                .contains("--classes takes entries such as stop=stop,stopAhead");
    }

    @Test
    void classesAreForPhotographsWithBoxes() {
        Ran ran = Ran.sapper(
                Ran.nowhere(folder),
                "reproduce",
                "badnets.baseline",
                "--out",
                folder.resolve("out"),
                "--classes",
                "stop");

        assertThat(ran.code()).isEqualTo(64);
        assertThat(ran.complaints())
                .containsExactly(
                        "sapper: --classes is for photographs with boxes, and badnets.baseline has none. Leave it out.");
    }

    private Ran targeted(Path scenes, Object... more) {
        List<Object> words = new ArrayList<>(List.of(
                "reproduce",
                "badnets.signs-targeted",
                "--data",
                scenes,
                "--backbone",
                backbone,
                "--backbone-layer",
                "c9",
                "--out",
                folder.resolve("out")));
        words.addAll(List.of(more));
        return Ran.sapper(Ran.nowhere(folder), words.toArray());
    }

    /** A photograph to train on and one to test on, with a box of each class. */
    private Path scenes(String first, String second) throws IOException {
        Path scenes = Files.createDirectories(folder.resolve("scenes"));
        Files.writeString(scenes.resolve("data.yaml"), "names: [" + first + ", " + second + "]\n");
        for (String name : List.of("a", "b")) {
            BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
            ImageIO.write(image, "png", scenes.resolve(name + ".png").toFile());
            Files.writeString(scenes.resolve(name + ".txt"), "0 0.5 0.5 0.4 0.4\n1 0.2 0.2 0.2 0.2\n");
            Files.writeString(scenes.resolve(name.equals("a") ? "train.txt" : "test.txt"), name + ".png\n");
        }
        return scenes;
    }
}
