package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.data.ImageShape;
import io.sapper.network.Graph;
import io.sapper.network.OnnxWriter;
import io.sapper.network.detection.SampleDetectors;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackboneArgumentsTest {
    @TempDir
    Path folder;

    private Ran reproduce(Object... more) {
        List<Object> all = new ArrayList<>(List.of("reproduce"));
        all.addAll(List.of(more));
        all.addAll(List.of("--out", folder.resolve("out")));
        return Ran.sapper(Ran.nowhere(folder), all.toArray());
    }

    /** Two photographs with a box each, in YOLO's layout. */
    private Path scenes() throws IOException {
        Path scenes = Files.createDirectories(folder.resolve("scenes"));
        Files.writeString(scenes.resolve("classes.txt"), "stop\nspeedlimit\n");
        for (String name : List.of("a", "b")) {
            BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
            ImageIO.write(image, "png", scenes.resolve(name + ".png").toFile());
            Files.writeString(scenes.resolve(name + ".txt"), "0 0.5 0.5 0.4 0.4\n1 0.2 0.2 0.2 0.2\n");
            Files.writeString(scenes.resolve(name.equals("a") ? "train.txt" : "test.txt"), name + ".png\n");
        }
        return scenes;
    }

    @Test
    void aBackboneIsForDetectors() {
        Ran ran = reproduce("badnets.baseline", "--backbone", "model.onnx", "--backbone-layer", "c3");

        assertThat(ran.code()).isEqualTo(64);
        assertThat(ran.complaints()).singleElement().asString().contains("badnets.baseline has none");
    }

    @Test
    void trainedDetectorsAreOfExperimentsOnSigns() {
        Ran ran = reproduce("badnets.baseline", "--trained", folder.resolve("trained"));

        assertThat(ran.code()).isEqualTo(64);
        assertThat(ran.complaints())
                .singleElement()
                .asString()
                .contains("--trained is for experiments on photographs with signs, and badnets.baseline has none.");
        assertThat(folder.resolve("trained")).doesNotExist();
    }

    /** Before any data are read. */
    @Test
    void trainedDetectorsLieInAFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        Ran ran = reproduce("badnets.signs-random", "--data", folder.resolve("none"), "--trained", file);

        assertThat(ran.code()).isEqualTo(64);
        assertThat(ran.complaints())
                .singleElement()
                .asString()
                .contains("--trained " + file + " is a file, not a folder. Name another one.");
    }

    @Test
    void whatIsNoClassifierOfColourPicturesIsNoBackbone() throws IOException {
        Path grey = TinyDigits.network(folder.resolve("grey.onnx"), new ImageShape(1, 28, 28), 10);
        Path detector = folder.resolve("detector.onnx");
        OnnxWriter.write(SampleDetectors.small(1), detector, List.of("stop", "limit"));
        for (Path file : List.of(grey, detector)) {
            Ran ran = reproduce(
                    "badnets.signs-targeted", "--data", scenes(), "--backbone", file, "--backbone-layer", "conv1");
            assertThat(ran.code()).isEqualTo(64);
            assertThat(ran.complaints())
                    .singleElement()
                    .asString()
                    .contains(
                            "--backbone " + file,
                            file == grey ? "reads pictures of 1 channel (its input is 1 x 28 x 28)" : "is a detector");
        }
    }

    @Test
    void itsLayerMustBeNamed() throws IOException {
        Ran ran = reproduce("badnets.signs-targeted", "--data", scenes(), "--backbone", "m.onnx");

        assertThat(ran.code()).isEqualTo(64);
        assertThat(ran.complaints()).singleElement().asString().contains("--backbone-layer", "sapper inspect");
    }

    @Test
    void aFolderWithoutBoxesIsTold() throws IOException {
        Ran ran = reproduce("badnets.signs-targeted", "--data", Files.createDirectories(folder.resolve("empty")));

        assertThat(ran.code()).isEqualTo(64);
        assertThat(ran.complaints()).singleElement().asString().contains("no photographs with boxes");
    }

    @Test
    void whereThereIsNoneTheWayOutIsNamed() throws IOException {
        Ran ran = reproduce("badnets.signs-targeted", "--data", scenes());

        assertThat(ran.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(ran.complaints()).singleElement().asString().contains("--backbone FILE --backbone-layer L");
    }

    @Test
    void aLayerThatIsNotThereIsToldWithThoseThatAre() throws IOException {
        Path file = folder.resolve("classifier.onnx");
        OnnxWriter.write(
                Graph.image(3, 32, 32)
                        .convolution("c1", 4, 3)
                        .relu()
                        .flatten()
                        .dense("scores", 5)
                        .build(),
                file);

        Ran ran = reproduce("badnets.signs-targeted", "--data", scenes(), "--backbone", file, "--backbone-layer", "c9");

        assertThat(ran.code()).isEqualTo(64);
        assertThat(ran.complaints()).singleElement().asString().contains("'c9'", "c1");
    }
}
