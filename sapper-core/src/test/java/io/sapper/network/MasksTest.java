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

class MasksTest {
    @Test
    void aMaskedChannelGivesNothingAndTheOthersWhatTheyGave() {
        Graph graph = SampleGraphs.small(3);
        Graph pruned = Masks.prune(graph, "conv2", Set.of(1, 4));
        float[] batch = SampleGraphs.numbers(SampleGraphs.noise(graph, 6, 1));
        float[] before = SampleGraphs.run(graph.cutAfter("conv2").head(), batch);
        float[] after = SampleGraphs.run(pruned.cutAfter("conv2").head(), batch);
        int positions = 16;
        for (int i = 0; i < before.length; i++) {
            int channel = i / positions % 5;
            assertThat(after[i]).isEqualTo(channel == 1 || channel == 4 ? 0 : before[i]);
        }
        assertThat(Masks.pruned(pruned, "conv2")).containsExactly(1, 4);
        assertThat(Masks.pruned(graph, "conv2")).isEmpty();
    }

    /** Channels stand last where a dense layer works at each place, and second of three in sound. */
    @ParameterizedTest
    @CsvSource({"mixer, mlp1, 1, 10", "mixer, patch, 4, 6", "mixer, features, 1, 6", "sound, conv, 32, 4"})
    void aChannelIsMaskedWhereverItStands(String network, String layer, int behind, int channels) {
        Graph graph = network.equals("mixer") ? SampleSequences.mixer(3) : SampleSequences.sound(3);
        Graph pruned = Masks.prune(graph, layer, Set.of(0, 3));
        float[] batch = SampleGraphs.numbers(SampleGraphs.noise(graph, 3, 1));
        float[] before = SampleGraphs.run(SampleSequences.upTo(graph, layer), batch);
        float[] after = SampleGraphs.run(SampleSequences.upTo(pruned, layer), batch);
        for (int i = 0; i < before.length; i++) {
            int channel = i / behind % channels;
            assertThat(after[i]).as("number %s", i).isEqualTo(channel == 0 || channel == 3 ? 0 : before[i]);
        }
        assertFoldedExactly(pruned);
    }

    @Test
    void aSecondMaskAddsToTheFirst() {
        Graph once = Masks.prune(SampleGraphs.small(3), "conv2", Set.of(1));
        Graph twice = Masks.prune(once, "conv2", Set.of(4));
        assertThat(Masks.pruned(twice, "conv2")).containsExactly(1, 4);
        assertThat(Masks.pruned(once, "conv2")).containsExactly(1);
        assertThat(twice.nodes()).hasSameSizeAs(once.nodes());
    }

    @Test
    void aChannelThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> Masks.prune(SampleGraphs.small(3), "conv2", Set.of(5)))
                .hasMessage("Layer conv2 has channels 0 to 4, not 5.");
        assertThatThrownBy(() -> Masks.prune(SampleGraphs.small(3), "conv2", Set.of(-1)))
                .hasMessageEndingWith("not -1.");
    }

    @Test
    void aMaskIsNotTrained() {
        Graph pruned = Masks.prune(SampleGraphs.small(3), "conv2", Set.of(1));
        assertThat(pruned.trainable()).isEqualTo(SampleGraphs.small(3).trainable());
    }

    @Test
    void foldingChangesNoBitOfTheOutput() {
        Graph graph = SampleGraphs.small(3);
        Graph pruned = Masks.prune(Masks.prune(graph, "conv2", Set.of(0, 2)), "fc1", Set.of(5));
        assertFoldedExactly(pruned);
        Graph folded = Masks.fold(pruned);
        assertThat(folded.nodes()).isEqualTo(graph.nodes());
        assertThat(folded.initializerNames()).isEqualTo(graph.initializerNames());
        assertThat(folded.initializer("conv2.bias").get(2)).isZero();
    }

    @Test
    void foldingGoesThroughBatchNormalisation() {
        Graph pruned = Masks.prune(SampleGraphs.residual(3), "a", Set.of(1, 3));
        assertFoldedExactly(pruned);
        assertThat(Masks.fold(pruned).nodes())
                .isEqualTo(SampleGraphs.residual(3).nodes());
    }

    /** The stem feeds the block and its shortcut; the mask lies before both, where folding is exact. */
    @Test
    void aMaskBeforeAShortcutSilencesBothBranches() {
        Graph graph = SampleGraphs.residual(3);
        Graph pruned = Masks.prune(graph, "stem", Set.of(2));
        assertThat(pruned.consumers("stem.mask.out")).hasSize(2);
        assertFoldedExactly(pruned);
    }

    /**
     * The layer that closes a residual block is off only when the block's sum is: its shortcut would go on otherwise.
     */
    @Test
    void aMaskBehindAShortcutSilencesTheSum() {
        Graph graph = SampleGraphs.residual(3);
        Graph pruned = Masks.prune(graph, "b", Set.of(2));
        float[] batch = SampleGraphs.numbers(SampleGraphs.noise(graph, 6, 1));
        float[] before = SampleGraphs.run(graph.cutAfter("b").head(), batch);
        float[] after = SampleGraphs.run(pruned.cutAfter("b").head(), batch);
        for (int i = 0; i < before.length; i++) {
            assertThat(after[i]).isEqualTo(i / 20 % 4 == 2 ? 0 : before[i]);
        }
    }

    @Test
    void aMaskBehindASumStays() {
        Graph pruned = Masks.prune(SampleGraphs.residual(3), "b", Set.of(2));
        assertFoldedExactly(pruned);
        assertThat(Masks.fold(pruned).nodes()).isEqualTo(pruned.nodes());
    }

    /** The convolution feeds the ReLU and, unpruned, the sum: only what the ReLU gives is masked. */
    @Test
    void aLayerThatFeedsTwoConsumersKeepsItsFilters() {
        Graph graph = fork();
        Graph pruned = Masks.prune(graph, "conv", Set.of(0));
        // The layer's activation is its own output, because two nodes read it: so the mask lies there.
        assertFoldedExactly(pruned);
        List<Node> nodes = new ArrayList<>(graph.nodes());
        nodes.set(1, SampleGraphs.node("relu", Operator.of("Relu"), "relu.raw", "c"));
        nodes.add(2, SampleGraphs.node("conv.mask", Operator.of("Mul"), "r", "relu.raw", "conv.mask"));
        Map<String, Initializer> values = new LinkedHashMap<>(graph.initializers());
        values.put("conv.mask", new Initializer(List.of(1, 2, 1, 1), new float[] {0, 1}));
        Graph half = new Graph("image", graph.inputShape(), "out", nodes, values);
        assertFoldedExactly(half);
        assertThat(Masks.fold(half).initializer("conv.w")).isEqualTo(graph.initializer("conv.w"));
    }

    /** Two layers with the same weights: silencing a filter of one must not silence the other's. */
    @Test
    void sharedWeightsAreNotFoldedInto() {
        Map<String, Initializer> values = new LinkedHashMap<>();
        values.put("w", SampleGraphs.random(io.sapper.data.Seeds.generator(1, "w"), 2, 2, 1, 1));
        Operator conv = SampleGraphs.conv(1, 1, SampleGraphs.pads(0, 0, 0, 0), 1);
        Graph shared = new Graph(
                "image",
                List.of(2, 3, 3),
                "r2",
                List.of(
                        SampleGraphs.node("one", conv, "c1", "image", "w"),
                        SampleGraphs.node("relu1", Operator.of("Relu"), "r1", "c1"),
                        SampleGraphs.node("two", conv, "r2", "r1", "w")),
                values);
        assertFoldedExactly(Masks.prune(shared, "one", Set.of(0)));
    }

    /** A foreign product may bear any name: only factors of 0 and 1 behind a layer are a mask. */
    @Test
    void aForeignProductIsNoMask() {
        Graph graph = fork();
        List<Node> nodes = new ArrayList<>(graph.nodes());
        nodes.set(2, SampleGraphs.node("sum", Operator.of("Add"), "s", "r", "c"));
        nodes.add(SampleGraphs.node("gain.mask", Operator.of("Mul"), "out", "s", "gain.mask"));
        Map<String, Initializer> values = new LinkedHashMap<>(graph.initializers());
        values.put("gain.mask", new Initializer(List.of(1, 2, 1, 1), new float[] {0.5f, 2}));
        Graph foreign = new Graph("image", graph.inputShape(), "out", nodes, values);
        assertFoldedExactly(foreign);
        assertThat(Masks.fold(foreign).nodes()).isEqualTo(foreign.nodes());
    }

    private static Graph fork() {
        Map<String, Initializer> values = new LinkedHashMap<>();
        values.put("conv.w", SampleGraphs.random(io.sapper.data.Seeds.generator(1, "fork"), 2, 1, 3, 3));
        return new Graph(
                "image",
                List.of(1, 5, 5),
                "out",
                List.of(
                        SampleGraphs.node(
                                "conv",
                                SampleGraphs.conv(3, 1, SampleGraphs.pads(0, 0, 0, 0), 1),
                                "c",
                                "image",
                                "conv.w"),
                        SampleGraphs.node("relu", Operator.of("Relu"), "r", "c"),
                        SampleGraphs.node("sum", Operator.of("Add"), "out", "r", "c")),
                values);
    }

    private static void assertFoldedExactly(Graph masked) {
        float[] batch = SampleGraphs.numbers(SampleGraphs.noise(masked, 6, 1));
        assertThat(SampleGraphs.run(Masks.fold(masked), batch)).isEqualTo(SampleGraphs.run(masked, batch));
    }
}
