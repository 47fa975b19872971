package io.sapper.defense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sapper.data.Dataset;
import io.sapper.network.Channels;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Inference;
import io.sapper.network.Masks;
import io.sapper.network.Network;
import io.sapper.network.SampleGraphs;
import io.sapper.network.SampleSequences;
import io.sapper.network.Tensors;
import io.sapper.training.Progress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept and repeated is compared with the naive way: mask, then run the whole network. */
class LayerFeaturesTest {
    @ParameterizedTest
    @CsvSource({
        "small,    conv1, 2 0 3 1", // a convolution behind it: MaskedTail
        "small,    conv2, 4 1 0 3 2", // a dense layer behind it: DenseTail
        "small,    conv2, 4 1", // not all channels
        "small,    conv2, ''",
        "small,    fc1,   6 0 1 2 3 4 5",
        "residual, stem,  3 1 2 0", // a shortcut behind it
        "residual, a,     3 1 2 0", // a shortcut passes it by
        "residual, b,     3 1 2 0", // its feature map is the sum with the shortcut
        "residual, fc,    2 0", // nothing behind it
        "digits,   conv2, 31 0 7 12",
        "mixer,    features,  5 0 3 1 4 2", // features behind the mean over patches
        "mixer,    mlp1,  9 0 3 1", // channels last
        "mixer,    patch, 5 0 3", // tokens and a shortcut behind it
        "sound,    conv,  3 0 1 2" // one dimension
    })
    void everyPointIsThatOfTheMaskedNetwork(String network, String layer, String channels) {
        Graph graph = graph(network);
        Dataset data = SampleGraphs.noise(graph, Inference.BATCH + 30, 3);
        List<Integer> order = channels.isEmpty()
                ? List.of()
                : List.of(channels.split(" ")).stream().map(Integer::valueOf).toList();
        try (LayerFeatures features = LayerFeatures.of(graph, layer, data, Compute.CPU)) {
            int[][] predictions = features.predictionsAsPruned(order);
            assertThat(predictions).hasNumberOfRows(order.size() + 1);
            for (int pruned = 0; pruned <= order.size(); pruned++) {
                Graph masked = Masks.prune(graph, layer, new HashSet<>(order.subList(0, pruned)));
                try (Network naive = Network.of(masked, Compute.CPU)) {
                    assertThat(predictions[pruned])
                            .as("%s pruned", pruned)
                            .isEqualTo(Inference.predictions(naive, data));
                }
            }
            assertThat(features.headPasses()).isEqualTo(data.size());
            assertThat(features.tailPasses()).isEqualTo((order.size() + 1L) * data.size());
        }
    }

    /** Predictions hide small differences, so the scores are compared too. */
    @ParameterizedTest
    @CsvSource({
        "conv1, conv1.pool.out, MaskedTail",
        "conv2, conv2.flat.out, DenseTail",
        "fc1,   fc1.relu.out,   DenseTail",
        "stem,  x,              MaskedTail",
        "a,     n.relu.out,     MaskedTail"
    })
    void scoresAreThoseOfTheMaskedNetwork(String layer, String kept, String kind) {
        Graph graph = layer.equals("stem") || layer.equals("a") ? SampleGraphs.residual(6) : SampleGraphs.small(6);
        Dataset data = SampleGraphs.noise(graph, 20, 3);
        Channels channels = Channels.of(graph, layer);
        List<String> names = new ArrayList<>(List.of(kept));
        names.addAll(graph.alongside(kept));
        List<Integer> order = List.of(2, 0, 3, 1);
        try (Network network = Network.of(graph, Compute.CPU);
                Tail tail = Tail.of(graph, kept, channels.count(), Compute.CPU)) {
            assertThat(tail.getClass().getSimpleName()).isEqualTo(kind);
            Inference.run(network, data, names, (from, tapped) -> {
                try (Features features = Features.keep(
                        channels, names, tapped, (int) tapped.get(0).size(0))) {
                    tail.prune(features, order, (pruned, scores) -> {
                        float[] naive = SampleGraphs.run(
                                Masks.prune(graph, layer, new HashSet<>(order.subList(0, pruned))),
                                SampleGraphs.numbers(data));
                        float[] fast = Tensors.toArray(scores);
                        for (int i = 0; i < naive.length; i++) {
                            assertThat(fast[i]).isCloseTo(naive[i], within(1e-6f * Math.max(1, Math.abs(naive[i]))));
                        }
                    });
                }
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"conv1, 4", "conv2, 5", "fc1, 7"})
    void meanActivationsAreThoseOfTheNaiveLoop(String layer, int channels) {
        Graph graph = SampleGraphs.small(6);
        Dataset data = SampleGraphs.noise(graph, Inference.BATCH + 30, 3);
        float[] head = SampleGraphs.run(graph.cutAfter(layer).head(), SampleGraphs.numbers(data));
        int positions = head.length / data.size() / channels;
        double[] means = new double[channels];
        for (int i = 0; i < head.length; i++) {
            means[i / positions % channels] += (double) head[i] / data.size() / positions;
        }
        try (LayerFeatures features = LayerFeatures.of(graph, layer, data, Compute.CPU)) {
            assertThat(features.meanActivations()).hasSize(channels);
            for (int channel = 0; channel < channels; channel++) {
                assertThat(features.meanActivations().get(channel)).isCloseTo(means[channel], within(1e-6));
            }
        }
    }

    /** Channels last, mean over places; and features of both signs by their size, so that no strong one goes first. */
    @ParameterizedTest
    @CsvSource({"mixer, mlp1, 10, 1", "mixer, features, 6, 1", "sound, conv, 4, 32"})
    void meanActivationsWhereverTheChannelsStand(String network, String layer, int channels, int behind) {
        Graph graph = graph(network);
        Dataset data = SampleGraphs.noise(graph, 40, 3);
        float[] head = SampleGraphs.run(SampleSequences.upTo(graph, layer), SampleGraphs.numbers(data));
        double[] means = new double[channels];
        for (int i = 0; i < head.length; i++) {
            double one = layer.equals("features") ? Math.abs(head[i]) : head[i];
            means[i / behind % channels] += one * channels / head.length;
        }
        try (LayerFeatures features = LayerFeatures.of(graph, layer, data, Compute.CPU)) {
            assertThat(features.meanActivations()).hasSize(channels);
            for (int channel = 0; channel < channels; channel++) {
                assertThat(features.meanActivations().get(channel)).isCloseTo(means[channel], within(1e-6));
            }
        }
    }

    /** Going on to the end changes nothing, and what it says there is what a pass of its own would say, to the bit. */
    @ParameterizedTest
    @CsvSource({
        "small, conv1",
        "small, conv2",
        "small, fc1",
        "residual, stem",
        "residual, b",
        "residual, fc",
        "digits, conv2"
    })
    void onePassGivesFeaturesAndPredictions(String network, String layer) {
        Graph graph = graph(network);
        Dataset data = SampleGraphs.noise(graph, Inference.BATCH + 30, 3);
        try (LayerFeatures both = LayerFeatures.withPredictions(graph, layer, data, Compute.CPU, Progress.NONE);
                LayerFeatures features = LayerFeatures.of(graph, layer, data, Compute.CPU);
                Network whole = Network.of(graph, Compute.CPU)) {
            assertThat(both.predictions()).isEqualTo(Inference.predictions(whole, data));
            assertThat(both.meanActivations()).isEqualTo(features.meanActivations());
            assertThat(both.predictionsAsPruned(List.of(1, 0)))
                    .isDeepEqualTo(features.predictionsAsPruned(List.of(1, 0)));
            assertThat(both.headPasses()).isEqualTo(data.size());
            assertThat(features.predictions()).as("not asked for").isEmpty();
        }
    }

    private static Graph graph(String name) {
        return switch (name) {
            case "small" -> SampleGraphs.small(6);
            case "residual" -> SampleGraphs.residual(6);
            case "mixer" -> SampleSequences.mixer(6);
            case "sound" -> SampleSequences.sound(6);
            default -> SampleGraphs.digits(6);
        };
    }
}
