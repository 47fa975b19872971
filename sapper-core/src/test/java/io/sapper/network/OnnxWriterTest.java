package io.sapper.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.data.Dataset;
import io.sapper.data.Seeds;
import io.sapper.data.SharedData;
import io.sapper.data.image.IdxFolder;
import io.sapper.network.operator.Attributes;
import io.sapper.network.operator.Operator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxWriterTest {
    private static final Offset<Float> CLOSE = Offset.offset(1e-5f);

    @TempDir
    Path folder;

    static Stream<Graph> graphs() {
        return Stream.of(
                SampleGraphs.digits(5),
                SampleGraphs.small(5),
                SampleGraphs.residual(5),
                Masks.prune(SampleGraphs.residual(5), "b", Set.of(0, 2)));
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void whatIsWrittenIsReadAgainBitForBit(Graph graph) throws IOException {
        Path file = Files.write(folder.resolve("network.onnx"), OnnxWriter.toBytes(graph));
        Graph read = OnnxReader.read(file);
        assertThat(read.nodes()).usingRecursiveComparison().isEqualTo(graph.nodes());
        assertThat(read.initializers()).isEqualTo(graph.initializers());
        assertThat(read.initializerNames()).isEqualTo(graph.initializerNames());
        assertThat(read.inputShape()).isEqualTo(graph.inputShape());
        assertThat(OnnxWriter.toBytes(read)).isEqualTo(OnnxWriter.toBytes(graph));
        assertThat(OnnxWriter.toBytes(graph)).isEqualTo(OnnxWriter.toBytes(graph));
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void onnxRuntimeComputesTheSame(Graph graph) throws Exception {
        assertSameAsRuntime(graph, SampleGraphs.noise(graph, 20, 2));
    }

    /** The whole test set; scores of first weights are small, so that the difference allowed means something. */
    @Test
    void onnxRuntimeComputesTheSameOnMnist() throws Exception {
        Dataset test = IdxFolder.read("MNIST", SharedData.folder("mnist")).test();
        assertThat(test.size()).isEqualTo(10_000);
        for (int from = 0; from < test.size(); from += 500) {
            int[] part = IntStream.range(from, from + 500).toArray();
            assertSameAsRuntime(SampleGraphs.digits(5), test.subset("part", part));
        }
    }

    static Stream<Operator> windows() {
        Attributes lopsided = SampleGraphs.window(3, 2, 2, 1, SampleGraphs.pads(1, 0, 0, 1), 1, 1);
        Attributes even = SampleGraphs.window(3, 3, 2, 1, SampleGraphs.pads(1, 1, 1, 1), 1, 1);
        return Stream.of(
                Operator.of("MaxPool", lopsided),
                Operator.of("MaxPool", even),
                Operator.of("MaxPool", SampleGraphs.window(2, 2, 1, 1, SampleGraphs.pads(0, 0, 0, 0), 2, 3)),
                Operator.of("AveragePool", lopsided),
                Operator.of("AveragePool", lopsided.with("count_include_pad", 1L)),
                Operator.of("AveragePool", even),
                Operator.of("AveragePool", even.with("count_include_pad", 1L)));
    }

    /** Pads that count or do not, on one side or both: where engines differ first. */
    @ParameterizedTest
    @MethodSource("windows")
    void everyWindowIsOnnxRuntimes(Operator pool) throws Exception {
        Graph graph = new Graph(
                "image",
                List.of(2, 7, 8),
                "flat",
                List.of(
                        SampleGraphs.node("pool", pool, "p", "image"),
                        SampleGraphs.node("flat", Operator.of("Flatten"), "flat", "p")),
                Map.of());
        assertSameAsRuntime(graph, SampleGraphs.noise(graph, 3, 2));
        assertThat(SampleGraphs.run(graph, new float[112]))
                .hasSize(graph.shape("flat").get(0));
    }

    @ParameterizedTest
    @MethodSource("convolutions")
    void everyConvolutionIsOnnxRuntimes(Operator conv) throws Exception {
        Graph graph = new Graph(
                "image",
                List.of(4, 7, 8),
                "flat",
                List.of(
                        SampleGraphs.node("conv", conv, "c", "image", "w"),
                        SampleGraphs.node("flat", Operator.of("Flatten"), "flat", "c")),
                Map.of(
                        "w",
                        SampleGraphs.random(
                                Seeds.generator(1, "w"),
                                6,
                                4 / (int) conv.attributes().integer("group", 1),
                                3,
                                2)));
        assertSameAsRuntime(graph, SampleGraphs.noise(graph, 3, 2));
    }

    static Stream<Operator> convolutions() {
        return Stream.of(
                Operator.of(
                        "Conv",
                        SampleGraphs.window(3, 2, 1, 2, SampleGraphs.pads(0, 1, 2, 0), 1, 1)
                                .with("group", 1L)),
                Operator.of(
                        "Conv",
                        SampleGraphs.window(3, 2, 2, 1, SampleGraphs.pads(1, 1, 1, 1), 2, 3)
                                .with("group", 2L)),
                Operator.of(
                        "Conv",
                        SampleGraphs.window(3, 2, 1, 1, SampleGraphs.pads(0, 0, 0, 0), 1, 1)
                                .with("group", 2L)));
    }

    @Test
    void aPrunedNetworkIsWrittenFoldedAndGivesTheSame() throws Exception {
        Graph pruned = Masks.prune(SampleGraphs.digits(5), "conv2", Set.of(0, 7, 31));
        Path file = folder.resolve("new/folder/pruned.onnx");
        OnnxWriter.write(pruned, file);
        assertThat(OnnxReader.read(file).nodes()).hasSize(10).noneMatch(node -> node.operator()
                .is("Mul"));
        float[] batch = SampleGraphs.numbers(SampleGraphs.noise(pruned, 20, 2));
        assertThat(OnnxRuntime.run(Files.readAllBytes(file), batch, 20, 1, 28, 28))
                .containsExactly(SampleGraphs.run(pruned, batch), CLOSE);
    }

    private static void assertSameAsRuntime(Graph graph, Dataset data) throws Exception {
        float[] batch = SampleGraphs.numbers(data);
        float[] theirs = OnnxRuntime.run(
                OnnxWriter.toBytes(graph),
                batch,
                data.size(),
                data.shape().channels(),
                data.shape().height(),
                data.shape().width());
        assertThat(SampleGraphs.run(graph, batch)).containsExactly(theirs, CLOSE);
    }
}
