package io.sapper.network.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.ImageShape;
import io.sapper.network.Graph;
import io.sapper.network.Initializer;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpeechNetworksTest {
    /** The authors' released file: 256 x 15 x 15 behind the last pooling, groups in conv2, conv4 and conv5. */
    @Test
    void thePapersNetworkIsThatOfTheTable() {
        Graph graph = Architecture.SPEECH_ALEXNET.graph(new ImageShape(3, 512, 512), 10);
        assertThat(graph.shape("conv1.out")).isEqualTo(List.of(96, 126, 126));
        assertThat(graph.shape("conv1.pool.out")).isEqualTo(List.of(96, 63, 63));
        assertThat(graph.shape("conv2.pool.out")).isEqualTo(List.of(256, 31, 31));
        assertThat(graph.shape("conv5.pool.out")).isEqualTo(List.of(256, 15, 15));
        assertThat(weight(graph, "conv1")).isEqualTo(List.of(96, 3, 11, 11));
        assertThat(weight(graph, "conv2")).isEqualTo(List.of(256, 48, 5, 5));
        assertThat(weight(graph, "conv3")).isEqualTo(List.of(384, 256, 3, 3));
        assertThat(weight(graph, "conv4")).isEqualTo(List.of(384, 192, 3, 3));
        assertThat(weight(graph, "conv5")).isEqualTo(List.of(256, 192, 3, 3));
        assertThat(weight(graph, "fc6")).isEqualTo(List.of(256, 57600));
        assertThat(Architecture.SPEECH_ALEXNET
                        .graph(new ImageShape(1, 512, 512), 10)
                        .classCount())
                .isEqualTo(10);
    }

    @Test
    void theSmallOneEndsInAsManyChannels() {
        Graph graph = Architecture.of("speech-small").graph(new ImageShape(1, 64, 64), 35);
        assertThat(graph.shape("conv5.pool.out")).isEqualTo(List.of(256, 4, 4));
        assertThat(graph.classCount()).isEqualTo(35);
    }

    @Test
    void spectrogramsThatAreTooSmallAreRefused() {
        assertThatThrownBy(() -> Architecture.SPEECH_ALEXNET.graph(new ImageShape(1, 28, 28), 10))
                .hasMessageContaining("--size 512");
        assertThatThrownBy(() -> Architecture.SPEECH_SMALL.graph(new ImageShape(1, 28, 28), 10))
                .hasMessageContaining("28x28");
    }

    @Test
    void groupsMustDivideTheChannels() {
        assertThatThrownBy(() -> Graph.image(3, 9, 9).convolution("conv1", 8, 3, 1, 0, 2))
                .hasMessageContaining("2 groups");
    }

    private static List<Integer> weight(Graph graph, String layer) {
        Initializer weight = graph.initializers().get(layer + ".weight");
        return weight.shape();
    }
}
