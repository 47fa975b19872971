package io.sapper.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.network.operator.Operator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which stored numbers belong to a channel. */
class ChannelWeightsTest {
    /**
     * Numbers of one channel, counted by hand. Of {@code small}: conv2, 4 x 3 x 3 and a bias, read by 7 units at 2 x 2
     * places. Of two branches: b, 6 x 3 x 3 and a bias, read by 20 units at 5 x 5 places and by 10 filters of 2 x 2. Of
     * the residual network: a, in two groups, 2 x 3 x 3 and four numbers of its normalisation, read by 4 filters. Of
     * the grouped one: stem, 4 x 1 x 1 and a bias, read by the 2 of 4 filters of 3 x 3 in its group.
     */
    @ParameterizedTest
    @CsvSource({"small, conv2, 65", "branches, b, 595", "residual, a, 26", "grouped, stem, 23"})
    void theNumbersOfAChannel(String network, String layer, int numbers) {
        Graph to = graph(network, 1);
        ChannelWeights weights = ChannelWeights.of(to, layer);
        for (int channel = 0; channel < weights.count(); channel++) {
            Graph copied = weights.copy(shifted(to), to, Set.of(channel));
            assertThat(changed(to, copied)).as("channel %d", channel).isEqualTo(numbers);
            assertOnlyThisChannel(to, copied, layer, channel);
        }
        Set<Integer> all = Set.of(0, 1);
        assertThat(changed(to, weights.copy(shifted(to), to, all))).isEqualTo(2 * numbers);
    }

    /** With the channel masked, what it was does not matter, and nothing else changed. */
    private static void assertOnlyThisChannel(Graph to, Graph copied, String layer, int channel) {
        float[] images = SampleGraphs.numbers(SampleGraphs.noise(to, 3, 2));
        assertThat(SampleGraphs.run(Masks.prune(copied, layer, Set.of(channel)), images))
                .isEqualTo(SampleGraphs.run(Masks.prune(to, layer, Set.of(channel)), images));
        assertThat(SampleGraphs.run(copied, images)).isNotEqualTo(SampleGraphs.run(to, images));
    }

    /** Of the layers behind too: a channel whose filters wake it does nothing where no column reads it. */
    @ParameterizedTest
    @CsvSource({"small, conv2", "branches, b", "residual, a", "grouped, stem"})
    void allThatReadsAChannel(String network, String layer) {
        Graph graph = graph(network, 1);
        ChannelWeights weights = ChannelWeights.of(graph, layer);
        Graph zeros = changedAll(graph, 0, 0);
        float[] images = SampleGraphs.numbers(SampleGraphs.noise(graph, 3, 2));
        Graph silent = weights.copy(zeros, graph, Set.of(1));
        float[] shifts = weights.shifts(silent);
        shifts[1] = 50;
        assertThat(SampleGraphs.run(weights.withShifts(silent, shifts), images))
                .isEqualTo(SampleGraphs.run(Masks.prune(graph, layer, Set.of(1)), images));
    }

    @Test
    void theShiftIsTheBiasOrThatOfTheNormalisation() {
        Graph small = graph("small", 1);
        assertThat(ChannelWeights.of(small, "conv2").shifts(small))
                .isEqualTo(small.initializer("conv2.bias").toArray());
        Graph residual = graph("residual", 1);
        ChannelWeights weights = ChannelWeights.of(residual, "a");
        assertThat(weights.shifts(residual))
                .isEqualTo(residual.initializer("n.bias").toArray());
        assertThat(weights.preActivation()).isEqualTo("n.out");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            residual | b     | a residual sum stands before its activation | node sum, Add
            residual | stem  | its channels are read past any weights of their own | node sum, Add
            masked   | conv2 | something stands between its ReLU and the next layer | node conv2.mask, Mul
            noBias   | conv2 | neither a bias nor a batch normalisation | node conv2, Conv
            leaky    | conv2 | it does not end in a ReLU | node conv2.relu, LeakyRelu
            tied     | conv2 | other nodes read fc1.weight too | node fc1, Gemm
            """)
    void layersWhoseChannelsNoBiasSilences(String network, String layer, String why, String node) {
        assertThatThrownBy(() -> ChannelWeights.of(graph(network, 1), layer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Channels of layer " + layer + " cannot be silenced by their biases alone: ")
                .hasMessageContainingAll(why, "(" + node + ")");
    }

    private static Graph graph(String name, long seed) {
        Graph small = SampleGraphs.small(seed);
        return switch (name) {
            case "small" -> small;
            case "branches" -> SampleGraphs.twoBranches(seed);
            case "residual" -> SampleGraphs.residual(seed);
            case "grouped" -> grouped(seed);
            case "masked" -> Masks.prune(small, "conv2", Set.of(0));
            case "noBias" ->
                with(
                        small,
                        new Node(
                                "conv2",
                                small.node("conv2").operator(),
                                small.node("conv2").inputs().subList(0, 2),
                                "conv2.out"));
            case "leaky" ->
                with(small, new Node("conv2.relu", Operator.of("LeakyRelu"), List.of("conv2.out"), "conv2.relu.out"));
            case "tied" -> tied(small);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Graph with(Graph graph, Node changed) {
        List<Node> nodes = graph.nodes().stream()
                .map(node -> node.name().equals(changed.name()) ? changed : node)
                .toList();
        return new Graph(graph.input(), graph.inputShape(), graph.output(), nodes, graph.initializers());
    }

    private static Graph tied(Graph graph) {
        List<Node> nodes = new ArrayList<>(graph.nodes());
        nodes.add(new Node("again", Operator.of("Relu"), List.of("fc1.weight"), "again.out"));
        return new Graph(graph.input(), graph.inputShape(), graph.output(), nodes, graph.initializers());
    }

    private static Graph grouped(long seed) {
        Graph residual = SampleGraphs.residual(seed);
        Map<String, Initializer> values = new LinkedHashMap<>();
        for (String name : List.of("stem.w", "stem.b", "a.w", "fc.w")) {
            values.put(name, residual.initializer(name));
        }
        values.put(
                "stem.w",
                new Initializer(List.of(4, 4, 1, 1), new float[] {1, 2, -3, 4, 5, -6, 7, 8, 9, 1, 2, -3, 4, 5, 6, -7}));
        List<Long> none = SampleGraphs.pads(0, 0, 0, 0);
        List<Node> nodes = List.of(
                SampleGraphs.node("stem", SampleGraphs.conv(1, 1, none, 1), "stem.out", "image", "stem.w", "stem.b"),
                SampleGraphs.node("stem.relu", Operator.of("Relu"), "x", "stem.out"),
                SampleGraphs.node("a", SampleGraphs.conv(3, 1, none, 2), "a.out", "x", "a.w"),
                SampleGraphs.node("mean", Operator.of("GlobalAveragePool"), "mean.out", "a.out"),
                SampleGraphs.node("flat", Operator.of("Flatten"), "flat.out", "mean.out"),
                SampleGraphs.node("fc", Operator.of("Gemm", Map.of("transB", 1L)), "scores", "flat.out", "fc.w"));
        return new Graph("image", List.of(4, 5, 5), "scores", nodes, values);
    }

    /** Every number is another one. */
    private static Graph shifted(Graph graph) {
        return changedAll(graph, 1, 0.25f);
    }

    private static Graph changedAll(Graph graph, float factor, float added) {
        Map<String, Initializer> changed = new LinkedHashMap<>();
        graph.initializers().forEach((name, values) -> {
            float[] numbers = values.toArray();
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = factor * numbers[i] + added;
            }
            changed.put(name, values.with(numbers));
        });
        return graph.withInitializers(changed);
    }

    private static int changed(Graph one, Graph other) {
        int changed = 0;
        for (String name : one.initializerNames()) {
            float[] before = one.initializer(name).toArray();
            float[] after = other.initializer(name).toArray();
            for (int i = 0; i < before.length; i++) {
                changed += before[i] == after[i] ? 0 : 1;
            }
        }
        return changed;
    }
}
