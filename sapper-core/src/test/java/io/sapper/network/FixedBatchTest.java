package io.sapper.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sapper.data.Dataset;
import io.sapper.data.SharedData;
import io.sapper.network.operator.Operator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class FixedBatchTest {
    /** Takes four at once, and adds what it finds in the first image of the four to the scores of all. */
    private static Graph four() {
        Graph small = SampleGraphs.small(1);
        List<Node> nodes = new ArrayList<>(small.nodes());
        nodes.add(SampleGraphs.node("first", Operator.of("Slice"), "one", "image", "0", "1"));
        nodes.add(SampleGraphs.node("top", Operator.of("ReduceMax"), "bright", "one"));
        nodes.add(SampleGraphs.node("last", Operator.of("Add"), "out", small.output(), "squeezed"));
        nodes.add(nodes.size() - 1, SampleGraphs.node("flat", Operator.of("Reshape"), "squeezed", "bright", "1"));
        Map<String, Initializer> stored = new LinkedHashMap<>(small.initializers());
        stored.put("0", Initializer.of(List.of(1), 0));
        stored.put("1", Initializer.of(List.of(1), 1));
        Input input = new Input("image", ElementType.FLOAT, List.of(4L, 1L, 10L, 10L));
        return new Graph(List.of(input), List.of("out"), nodes, stored, null);
    }

    @Test
    void imagesGoThroughInPiecesOfFour() {
        Graph graph = four();
        Dataset data = SampleGraphs.noise(graph, 6, 1);
        try (Network network = Network.of(graph, Compute.CPU);
                PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            Tensor all = Tensors.images(data, IntStream.range(0, 6).toArray(), 0, 6, Compute.CPU);
            float[] joined = Tensors.toArray(
                    FixedBatch.forward(network, all, List.of("out")).get(0));
            float[] first = Tensors.toArray(network.forward(all.narrow(0, 0, 4)));
            float[] last = Tensors.toArray(network.forward(all.narrow(0, 4, 2)));
            assertThat(joined).hasSize(6 * 3);
            for (int i = 0; i < joined.length; i++) {
                assertThat(joined[i]).isCloseTo(i < 12 ? first[i] : last[i - 12], within(1e-5f));
            }
        }
    }

    /** A network that cannot take other batches keeps its own; its answers do not hang on who asks. */
    @Test
    void theExportedOnesAnswerAsOneByOne() throws IOException {
        for (String name : List.of("trigger-if-pixel", "if-rescale", "alexnet-lrn-groups")) {
            Graph graph = OnnxReader.read(
                    SharedData.beside("exported-onnx").resolve(name).resolve("model.onnx"));
            assertThat(graph.knownClassCount()).as(name).hasValue(10);
            Dataset data = SampleGraphs.noise(graph, 5, 1);
            try (Network network = Network.of(graph, Compute.CPU)) {
                assertThat(Inference.predictions(network, data))
                        .as(name)
                        .hasSize(5)
                        .doesNotContain(-1);
            }
        }
    }
}
