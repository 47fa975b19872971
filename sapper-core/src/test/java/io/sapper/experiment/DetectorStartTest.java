package io.sapper.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.detection.Canvas;
import io.sapper.data.detection.Scenes;
import io.sapper.data.detection.Squares;
import io.sapper.network.Graph;
import io.sapper.network.Initialization;
import io.sapper.network.Preprocessing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The papers' own detector, with the weights of a classifier and without. */
class DetectorStartTest {
    @TempDir
    Path folder;

    private static DetectorStart.Zf on(Graph classifier) {
        return new DetectorStart.Zf(
                Optional.of(new DetectorStart.Zf.Classifier(Path.of("net/zf.onnx"), classifier, Preprocessing.UNIT)));
    }

    private static Graph classifier(int lastChannels) {
        return Initialization.draw(
                Graph.image(3, 64, 64)
                        .convolution("one", 96, 7, 2, 3)
                        .relu()
                        .convolution("two", 256, 5, 2, 2)
                        .relu()
                        .convolution("three", 384, 3, 1, 1)
                        .relu()
                        .convolution("four", 384, 3, 1, 1)
                        .relu()
                        .convolution("five", lastChannels, 3, 1, 1)
                        .relu()
                        .averagePool(16)
                        .flatten()
                        .dense("scores", 2)
                        .build(),
                1);
    }

    @Test
    void theConvolutionsOfAZfAreTaken() {
        Graph classifier = classifier(256);
        DetectorStart.Zf start = on(classifier);

        assertThat(start.given())
                .containsOnlyKeys(
                        "zf.conv1.weight",
                        "zf.conv1.bias",
                        "zf.conv2.weight",
                        "zf.conv2.bias",
                        "zf.conv3.weight",
                        "zf.conv3.bias",
                        "conv4.weight",
                        "conv4.bias",
                        "conv5.weight",
                        "conv5.bias");
        assertThat(start.given().get("conv5.weight")).isSameAs(classifier.initializer(classifier.weights("five")));
        assertThat(start.text()).endsWith("the convolutions on from zf.onnx");
        assertThat(start.deviation()).contains("from the weights that were given");
    }

    @Test
    void anotherNetworkIsRefused() {
        assertThatThrownBy(() -> on(classifier(512)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("net/zf.onnx: The network is no ZF: its convolution 5 has weights of shape"
                        + " [512, 384, 3, 3], not [256, 384, 3, 3] (BadNets, Table 3). faster-rcnn-zf takes weights of"
                        + " its own kind only, or none.");
    }

    @Test
    void withoutWeightsAllIsDrawn() throws IOException {
        DetectorStart.Zf start = new DetectorStart.Zf(Optional.empty());
        Scenes scenes = Squares.in(folder);

        assertThat(start.given()).isEmpty();
        assertThat(start.canvas(scenes.scenes()))
                .as("the shorter side is the paper's")
                .isEqualTo(new Canvas(600, 904));
        assertThat(start.deviation()).contains("learns from drawn weights", "--backbone");
        assertThat(List.of(start.text()))
                .containsExactly("ZF (BadNets, Table 3); all layers learn, from drawn weights");
    }
}
