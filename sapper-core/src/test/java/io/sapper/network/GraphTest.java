package io.sapper.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.sapper.network.operator.Operator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphTest {
    /** BadNets, Table 1: layer, shape of what it gives. */
    @ParameterizedTest
    @CsvSource({
        "conv1.out,      16x24x24",
        "conv1.pool.out, 16x12x12",
        "conv2.out,      32x8x8",
        "conv2.pool.out, 32x4x4",
        "conv2.flat.out, 512",
        "fc1.out,        512",
        "scores,         10"
    })
    void theShapesAreThePapers(String tensor, String shape) {
        List<Integer> found = SampleGraphs.digits(1).shape(tensor);
        assertThat(String.join("x", found.stream().map(String::valueOf).toList()))
                .isEqualTo(shape);
    }

    @Test
    void countsParametersAndMultiplyAdds() {
        Graph graph = SampleGraphs.digits(1);
        // 16*25+16 + 32*16*25+32 + 512*512+512 + 10*512+10
        assertThat(graph.parameterCount()).isEqualTo(281_034);
        assertThat(graph.multiplyAdds()).isEqualTo(new MultiplyAdds(230_400 + 819_200 + 262_144 + 5_120, true));
        assertThat(graph.layers()).containsExactly("conv1", "conv2", "fc1", "fc2");
        assertThat(graph.prunedByDefault()).isEqualTo("conv2");
        assertThat(graph.classCount()).isEqualTo(10);
    }

    /** Each group of a convolution sees only its share of the channels; statistics are not trained. */
    @Test
    void countsGroupsAndLeavesStatisticsOut() {
        Graph graph = SampleGraphs.residual(1);
        // stem 72+4, a 72, norm 4+4, b 16+4, fc 12
        assertThat(graph.parameterCount()).isEqualTo(188);
        // stem 5x4 positions (height (9+3-3)/2+1, width (8+1-3)/2+1), a and b the same, fc
        assertThat(graph.multiplyAdds()).isEqualTo(new MultiplyAdds(20 * 72 + 20 * 72 + 20 * 16 + 12, true));
    }

    @ParameterizedTest
    @CsvSource({"conv1, false", "conv2, false", "fc1, false", "fc2, true"})
    void theLayerThatMakesTheScoresIsKnown(String layer, boolean makesScores) {
        assertThat(SampleGraphs.digits(1).makesScores(layer)).isEqualTo(makesScores);
    }

    /** A shortcut ends before the dense layer, a softmax stands behind it. */
    @ParameterizedTest
    @CsvSource({"stem, false", "a, false", "b, false", "fc, true"})
    void theLayerThatMakesTheScoresIsKnownBehindShortcuts(String layer, boolean makesScores) {
        assertThat(SampleGraphs.residual(1).makesScores(layer)).isEqualTo(makesScores);
    }

    /** fc1 and fc2 as convolutions: the last convolution has one channel for each class, the one before is pruned. */
    @Test
    void aConvolutionThatMakesTheScoresIsNotTheLastToPrune() {
        Graph graph = Graph.image(1, 28, 28)
                .convolution("conv1", 4, 5)
                .relu()
                .averagePool(6)
                .convolution("fc1", 8, 4)
                .relu()
                .convolution("fc2", 10, 1)
                .flatten()
                .build();
        assertThat(graph.makesScores("fc2")).isTrue();
        assertThat(graph.prunedByDefault()).isEqualTo("fc1");
        Graph only = Graph.image(1, 4, 4).convolution("all", 3, 4).flatten().build();
        assertThatThrownBy(only::prunedByDefault)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no hidden layer that could be pruned. Its layers: all.");
    }

    @Test
    void initialValuesKeepTheirOrder() {
        assertThat(List.copyOf(SampleGraphs.digits(1).initializers().keySet()))
                .isEqualTo(SampleGraphs.digits(1).initializerNames());
    }

    @Test
    void anUnknownLayerListsThoseThereAre() {
        assertThatThrownBy(() -> SampleGraphs.digits(1).node("conv3"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The network has no layer 'conv3'. Its layers: conv1, conv2, fc1, fc2.");
    }

    @Test
    void aNetworkWithoutConvolutionSaysSo() {
        Graph dense = Graph.image(1, 2, 2).flatten().dense("only", 3).build();
        assertThatThrownBy(dense::prunedByDefault)
                .hasMessageContaining("no hidden layer that could be pruned. Its layers: only.");
        assertThatThrownBy(dense::firstConvolution).hasMessageContaining("no convolution. Its layers: only.");
    }

    @Test
    void aLayerThatDoesNotFitIsNamed() {
        assertThatThrownBy(() -> Graph.image(1, 4, 4).convolution("wide", 2, 5).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Node wide (Conv): a window that spans 5 does not fit an input of 4");
        assertThatThrownBy(() -> Graph.image(1, 4, 4).dense("early", 2).build())
                .hasMessageStartingWith("Node early (Gemm): weights [2, 1] do not fit an input of shape [1, 1, 4, 4]");
    }

    @Test
    void aTensorReadBeforeItIsMadeIsRefused() {
        List<Node> nodes = List.of(
                SampleGraphs.node("late", Operator.of("Add"), "y", "image", "z"),
                SampleGraphs.node("later", Operator.of("Relu"), "z", "y"));
        assertThatThrownBy(() -> new Graph("image", List.of(3), "z", nodes, Map.of()))
                .hasMessage("Node late (Add): reads z, which nothing made");
    }

    @Test
    void twoNodesOfOneNameOrOneOutputAreRefused() {
        Node first = SampleGraphs.node("twin", Operator.of("Relu"), "y", "image");
        assertThatThrownBy(() -> new Graph(
                        "image",
                        List.of(3),
                        "z",
                        List.of(first, SampleGraphs.node("twin", Operator.of("Relu"), "z", "y")),
                        Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("twin");
        assertThatThrownBy(() -> new Graph(
                        "image",
                        List.of(3),
                        "y",
                        List.of(first, SampleGraphs.node("other", Operator.of("Relu"), "y", "image")),
                        Map.of()))
                .hasMessageContaining("Node other (Relu): makes y, which is there already");
    }

    @Test
    void anOutputThatNothingMakesIsRefused() {
        assertThatThrownBy(() -> new Graph("image", List.of(3), "nowhere", List.of(), Map.of()))
                .hasMessage("No node makes the output nowhere.");
    }

    @Test
    void changedValuesKeepTheirShape() {
        Graph graph = SampleGraphs.small(1);
        assertThatThrownBy(() -> graph.withInitializers(Map.of("fc2.bias", Initializer.filled(0, 4))))
                .hasMessage("fc2.bias has shape [3], not [4].");
        Graph changed = graph.withInitializers(Map.of("fc2.bias", Initializer.filled(9, 3)));
        assertThat(changed.initializer("fc2.bias").get(1)).isEqualTo(9);
        assertThat(graph.initializer("fc2.bias").get(1)).isNotEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"conv1", "conv2", "fc1", "fc2"})
    void tailAfterHeadIsTheWhole(String layer) {
        Graph graph = SampleGraphs.digits(7);
        float[] batch = SampleGraphs.numbers(SampleGraphs.noise(graph, 9, 1));
        Graph.Cut cut = graph.cutAfter(layer);
        assertThat(SampleGraphs.run(cut.tail(), SampleGraphs.run(cut.head(), batch)))
                .isEqualTo(SampleGraphs.run(graph, batch));
        assertThat(cut.head().layers()).endsWith(layer);
        List<String> both = new ArrayList<>(cut.head().initializerNames());
        both.addAll(cut.tail().initializerNames());
        assertThat(both).isEqualTo(graph.initializerNames());
    }

    /** As of a detector's features: an output of its own, which the class scores do not need. */
    @Test
    void otherOutputsMayBranchOffBeforeTheCut(@TempDir Path folder) throws IOException {
        Graph plain = SampleGraphs.digits(7);
        ModelProto.Builder model = ModelProto.parseFrom(OnnxWriter.toBytes(plain)).toBuilder();
        model.getGraphBuilder()
                .addNode(NodeProto.newBuilder()
                        .setName("side")
                        .setOpType("Identity")
                        .addInput(plain.activation("conv1"))
                        .addOutput("side"))
                .addOutput(ValueInfoProto.newBuilder().setName("side"));
        Graph graph = OnnxReader.read(
                Files.write(folder.resolve("two.onnx"), model.build().toByteArray()));
        float[] batch = SampleGraphs.numbers(SampleGraphs.noise(plain, 9, 1));
        Graph.Cut cut = graph.cutAfter("conv2");
        assertThat(SampleGraphs.run(cut.tail(), SampleGraphs.run(cut.head(), batch)))
                .isEqualTo(SampleGraphs.run(plain, batch));
    }

    @Test
    void aResidualNetworkIsCutOutsideTheShortcut() {
        Graph graph = SampleGraphs.residual(7);
        float[] batch = SampleGraphs.numbers(SampleGraphs.noise(graph, 9, 1));
        for (String tensor : List.of("x", "sum.out", "mean.out", "image")) {
            Graph.Cut cut = graph.cutAt(tensor);
            assertThat(SampleGraphs.run(cut.tail(), SampleGraphs.run(cut.head(), batch)))
                    .as(tensor)
                    .isEqualTo(SampleGraphs.run(graph, batch));
        }
    }

    @Test
    void aCutInsideAShortcutIsRefused() {
        assertThatThrownBy(() -> SampleGraphs.residual(1).cutAfter("a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The network cannot be cut at n.relu.out: node sum behind it also reads x before it."
                        + " Maybe a layer outside the shortcut.");
    }

    @Test
    void theActivationOfALayerEndsBeforeWhatIsNotItsOwn() {
        assertThat(SampleGraphs.digits(1).activation("conv2")).isEqualTo("conv2.relu.out");
        assertThat(SampleGraphs.digits(1).activation("fc2")).isEqualTo("scores");
        assertThat(SampleGraphs.residual(1).activation("a")).isEqualTo("n.relu.out");
        assertThat(SampleGraphs.residual(1).activation("stem")).isEqualTo("x");
        // Behind the sum: the shortcut would keep a channel alive that is off before it.
        assertThat(SampleGraphs.residual(1).activation("b")).isEqualTo("same.out");
        Graph masked = Masks.prune(SampleGraphs.digits(1), "conv2", java.util.Set.of(3));
        assertThat(masked.activation("conv2")).isEqualTo("conv2.mask.out");
    }

    @Test
    void whatPassesAPlaceByIsNeededBehindIt() {
        Graph graph = SampleGraphs.residual(1);
        assertThat(graph.alongside("n.relu.out")).containsExactly("x");
        assertThat(graph.alongside("x")).isEmpty();
        assertThat(graph.alongside("sum.out")).isEmpty();
        assertThat(graph.alongside("chances")).isEmpty();
    }
}
