package io.sapper.defense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.Dataset;
import io.sapper.metric.Ratio;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Initializer;
import io.sapper.network.Masks;
import io.sapper.network.SampleGraphs;
import io.sapper.training.Progress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PruningTest {
    /** Hits of 100 with 0, 1, ... channels pruned; allowed drop; how many are pruned. */
    @ParameterizedTest
    @CsvSource({
        "90 90 88 86 85 90, 0.04, 3", // 86 is just allowed; what comes after the first violation does not count
        "90 85 90 90, 0.04, 0",
        "90 91 90 90 89, 0, 3",
        "90 89, 0, 0",
        "90 90 90, 0, 2", // all channels, and no further
        "90, 0.04, 0",
        "90 0 0, 1, 2",
        "70 63 62, 0.07, 1" // 0.70 - 0.07 is not 0.63 in binary
    })
    void stopsBeforeTheFirstViolation(String hits, double allowed, int chosen) {
        List<Ratio> curve = Arrays.stream(hits.split(" "))
                .map(count -> new Ratio(Long.parseLong(count), 100))
                .toList();
        assertThat(Pruning.choose(curve, allowed)).isEqualTo(chosen);
    }

    @Test
    void theLeastActiveComesFirstAndOfEqualsTheLowerNumber() {
        assertThat(Pruning.rank(List.of(0.5, 0.0, 2.0, 0.5, 0.0))).containsExactly(1, 4, 0, 3, 2);
    }

    @Test
    void itDoesWhatTheStepsSay() {
        Graph graph = SampleGraphs.small(6);
        Dataset data = SampleGraphs.noise(graph, 200, 1);
        Pruning.Outcome outcome = Pruning.prune(graph, data, new Pruning.Options("", 0.02), Compute.CPU);
        assertThat(outcome.layer()).isEqualTo("conv2");
        assertThat(outcome.order()).isEqualTo(Pruning.rank(outcome.meanActivations()));
        assertThat(outcome.validation()).hasSize(6);
        assertThat(outcome.validation().get(0)).isEqualTo(Accuracy.measure(graph, data, Compute.CPU));
        assertThat(Accuracy.measure(outcome.graph(), data, Compute.CPU))
                .isEqualTo(outcome.validation().get(outcome.chosen()));
        assertThat(Masks.pruned(outcome.graph(), "conv2"))
                .containsExactlyInAnyOrderElementsOf(outcome.order().subList(0, outcome.chosen()));
        assertThat(outcome.headPasses()).isEqualTo(200);
    }

    @Test
    void anUnknownLayerOrNoImagesAreRefused() {
        Graph graph = SampleGraphs.small(6);
        assertThatThrownBy(() -> Pruning.prune(
                        graph, SampleGraphs.noise(graph, 5, 1), new Pruning.Options("conv9", 0), Compute.CPU))
                .hasMessage("The network has no layer 'conv9'. Its layers: conv1, conv2, fc1, fc2.");
        assertThatThrownBy(
                        () -> Pruning.prune(graph, SampleGraphs.noise(graph, 0, 1), Pruning.Options.PAPER, Compute.CPU))
                .hasMessage("Pruning needs clean validation images; noise has none.");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 1.01, Double.NaN})
    void anAllowedDropThatIsNoFractionIsRefused(double drop) {
        assertThatThrownBy(() -> new Pruning.Options("", drop)).hasMessageContaining("not " + drop);
    }

    @Test
    void whatIsPrunedStaysPrunedWhileTheRestIsTuned() {
        Graph pruned = Masks.prune(SampleGraphs.small(6), "conv2", Set.of(1, 3));
        Map<String, Initializer> before = pruned.initializers();
        Dataset data = SampleGraphs.noise(pruned, 100, 1);
        Graph tuned = FineTuning.tune(pruned, data, FineTuning.DEFAULTS.withEpochs(3), 1, Compute.CPU, Progress.NONE)
                .graph();
        assertThat(Masks.pruned(tuned, "conv2")).containsExactly(1, 3);
        assertThat(tuned.initializer("conv2.weight")).isNotEqualTo(pruned.initializer("conv2.weight"));
        assertThat(pruned.initializers()).as("the given graph").isEqualTo(before);
        float[] head = SampleGraphs.run(tuned.cutAfter("conv2").head(), SampleGraphs.numbers(data));
        for (int i = 0; i < head.length; i++) {
            int channel = i / 16 % 5;
            assertThat(head[i]).isEqualTo(channel == 1 || channel == 3 ? 0 : head[i]);
        }
    }
}
