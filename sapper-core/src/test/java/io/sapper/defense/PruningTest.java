package io.sapper.defense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.data.synthetic.SyntheticDigits;
import io.sapper.network.Channels;
import io.sapper.network.Compute;
import io.sapper.network.Engine;
import io.sapper.network.Graph;
import io.sapper.network.Inference;
import io.sapper.network.Initialization;
import io.sapper.network.Masks;
import io.sapper.network.Network;
import io.sapper.network.Tensors;
import io.sapper.network.zoo.Architecture;
import io.sapper.training.Optimizer;
import io.sapper.training.Progress;
import io.sapper.training.Schedule;
import io.sapper.training.Trainer;
import io.sapper.training.TrainingOptions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PruningTest {
    private static final Dataset DATA = SyntheticDigits.generate(600, 10, 1).train();
    private static final TrainingOptions ONE_EPOCH =
            new TrainingOptions(1, 32, new Optimizer.Sgd(0.05, 0.9, 5e-4), Schedule.CONSTANT, 1);
    private static Graph trained;

    @BeforeAll
    static void train() {
        Engine.threads(1);
        Graph graph = Initialization.draw(Architecture.BADNETS_DIGITS.graph(new ImageShape(1, 28, 28), 10), 1);
        try (Network network = Network.of(graph, Compute.CPU)) {
            Trainer.train(network, DATA, ONE_EPOCH.withEpochs(3), 1, Progress.NONE);
            trained = network.snapshot();
        }
    }

    /** conv2 is followed by a dense layer, conv1 by another convolution: both ways of running the tail. */
    @ParameterizedTest
    @ValueSource(strings = {"conv1", "conv2"})
    void theCachedCurveIsTheNaiveOne(String layer) {
        int channels = Channels.of(trained, layer).count();
        try (LayerFeatures features = LayerFeatures.of(trained, layer, DATA, Compute.CPU)) {
            List<Integer> order = Pruning.rank(features.meanActivations());
            int[][] cached = features.predictionsAsPruned(order);
            assertThat(features.headPasses()).isEqualTo(DATA.size());
            for (int pruned = 0; pruned <= channels; pruned += 4) {
                Graph masked = Masks.prune(trained, layer, Set.copyOf(order.subList(0, pruned)));
                try (Network network = Network.of(masked, Compute.CPU)) {
                    assertThat(cached[pruned]).isEqualTo(Inference.predictions(network, DATA));
                }
            }
        }
    }

    @Test
    void meanActivationsAreThoseOfTheWholeLayer() {
        double[] sums = new double[32];
        String activation = trained.activation("conv2");
        try (Network network = Network.of(trained, Compute.CPU)) {
            Inference.run(network, DATA, List.of(activation), (from, tapped) -> {
                float[] values = Tensors.toArray(tapped.get(0));
                for (int i = 0; i < values.length; i++) {
                    sums[i / 64 % 32] += values[i];
                }
            });
        }
        try (LayerFeatures features = LayerFeatures.of(trained, "conv2", DATA, Compute.CPU)) {
            for (int channel = 0; channel < 32; channel++) {
                assertThat(features.meanActivations().get(channel))
                        .isCloseTo(sums[channel] / (64.0 * DATA.size()), within(1e-6));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10000, 0 0 300 360 400 0, 0.04, 3", // stops at the first fall too far, even if it recovers
        "10000, 0 1000,            0.04, 0",
        "1000,  0 0 20 30 35,      0.04, 2", // 3 points of 1,000 may be 4.2
        "100,   0 0 0 1 2,         0.04, 2", // nothing changed among 100: up to 3.7 points
        "92,    0 0 0,             0.04, 0", // nothing changed among 92: that may be 4.01 points
        "20,    0 0 0 0,           0.04, 0",
        "100,   0 0 0,             0,    0",
        "100,   0 50 100,          1,    2"
    })
    void stopsBeforeAccuracyMayHaveFallenFurtherThanAllowed(int images, String lost, double drop, int chosen) {
        List<Loss> curve = List.of(lost.split(" ")).stream()
                .map(count -> new Loss(images, Integer.parseInt(count), 0))
                .toList();
        assertThat(Pruning.choose(curve, new Pruning.Options("", drop))).isEqualTo(chosen);
    }

    /** The paper's four points, of whatever number of images. */
    @ParameterizedTest
    @CsvSource({"25, 0 1 1 2, 2", "100, 0 0 4 5 4, 2", "20, 0 0 0 0, 3"})
    void thePaperCountsWhatWasLost(int images, String lost, int chosen) {
        List<Loss> curve = List.of(lost.split(" ")).stream()
                .map(count -> new Loss(images, Integer.parseInt(count), 0))
                .toList();
        assertThat(Pruning.choose(curve, Pruning.Options.PAPER)).isEqualTo(chosen);
    }

    @Test
    void ranksTheLeastActiveFirstAndOfEqualsTheLower() {
        assertThat(Pruning.rank(List.of(0.5, 0.0, 0.2, 0.0))).containsExactly(1, 3, 2, 0);
    }

    @Test
    void aPrunedChannelStaysPrunedWhileTuning() {
        Graph before = Masks.prune(trained, "conv2", Set.of(2, 7));
        Graph tuned = FineTuning.tune(before, DATA, ONE_EPOCH, true, 1, Compute.CPU, Progress.NONE)
                .graph();
        assertThat(Masks.pruned(tuned, "conv2")).containsExactly(2, 7);
        assertThat(tuned.initializer("fc2.weight")).isNotEqualTo(before.initializer("fc2.weight"));
        assertThat(before.initializer("fc2.weight")).isEqualTo(trained.initializer("fc2.weight"));
        try (LayerFeatures features = LayerFeatures.of(Masks.fold(tuned), "conv2", DATA, Compute.CPU)) {
            assertThat(features.meanActivations().get(2)).isZero();
            assertThat(features.meanActivations().get(7)).isZero();
        }
    }

    @Test
    void anUnknownLayerIsNamedWithThoseThereAre() {
        assertThatThrownBy(() -> Pruning.prune(trained, DATA, new Pruning.Options("conv9", 0.04), Compute.CPU))
                .hasMessageContaining("conv9")
                .hasMessageContaining("conv1, conv2, fc1, fc2");
    }

    /** Versions that the network reads badly as channels go stop it earlier; versions that are the images do not. */
    @Test
    void theRuleMustHoldOnVersionsToo() {
        Pruning.Options options = new Pruning.Options("conv2", 0.05);
        Pruning.Outcome alone = Pruning.prune(trained, DATA, options, Compute.CPU);
        Pruning.Outcome same = Pruning.prune(trained, DATA, List.of(DATA), options, Compute.CPU, Progress.NONE);
        assertThat(same.chosen()).isEqualTo(alone.chosen()).isPositive();
        assertThat(same.headPasses()).isEqualTo(2 * alone.headPasses());
        Dataset versions = new Variations(3).show(DATA, 0);
        Pruning.Outcome both = Pruning.prune(trained, DATA, List.of(versions), options, Compute.CPU, Progress.NONE);
        int byVersions = last(versions, both.order(), 0.05);
        assertThat(byVersions).isNotEqualTo(alone.chosen());
        assertThat(both.chosen()).isEqualTo(Math.min(alone.chosen(), byVersions));
        assertThat(both.order()).as("ranked by the images themselves").isEqualTo(alone.order());
    }

    /** The last number of channels, by whole passes, before the loss on some images may be larger than allowed. */
    private static int last(Dataset images, List<Integer> order, double allowed) {
        int[] before = Accuracy.predictions(trained, images, Compute.CPU);
        int pruned = 0;
        while (pruned < order.size()) {
            Graph masked = Masks.prune(trained, "conv2", Set.copyOf(order.subList(0, pruned + 1)));
            int[] after = Accuracy.predictions(masked, images, Compute.CPU);
            if (Comparison.of(before, after, images).loss().high() > allowed) {
                break;
            }
            pruned++;
        }
        return pruned;
    }
}
