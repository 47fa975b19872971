package io.sapper.network.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sapper.data.detection.Detection;
import io.sapper.data.detection.Scenes;
import io.sapper.data.detection.Squares;
import io.sapper.network.ChannelWeights;
import io.sapper.network.Compute;
import io.sapper.network.Engine;
import io.sapper.network.Graph;
import io.sapper.network.Initializer;
import io.sapper.network.Masks;
import io.sapper.network.Network;
import io.sapper.network.Tensors;
import io.sapper.training.DetectorTraining.Seen;
import io.sapper.training.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The channels of a detector's last convolution, against the naive way. */
class DetectorRunsTest {
    private static final Graph GRAPH = SampleDetectors.small(3);
    private static final Detector DETECTOR = Detector.of(GRAPH);

    @TempDir
    static Path folder;

    private static Seen seen;

    @BeforeAll
    static void see() throws IOException {
        Engine.threads(1);
        Scenes scenes = Squares.in(folder);
        seen = Seen.of(
                GRAPH.upTo(DETECTOR.backboneOutputs()),
                SampleDetectors.CANVAS,
                scenes,
                false,
                Compute.CPU,
                Progress.NONE);
    }

    @AfterAll
    static void close() {
        seen.close();
    }

    private static List<List<Detection>> detections(Graph graph) {
        return DetectorRuns.detections(
                Detector.of(graph), seen.features(), seen.scenes().scenes(), Compute.CPU);
    }

    @Test
    void theFeatureMapMadeOnceGivesWhatEachPrunedDetectorGives() {
        List<Integer> order = List.of(5, 0, 7, 2, 1, 3, 4, 6);
        List<Integer> states = List.of(0, 1, 4, 4, 7);
        List<List<List<Detection>>> found = DetectorRuns.detectionsAsPruned(
                DETECTOR, seen.features(), seen.scenes().scenes(), order, states, Compute.CPU);
        assertThat(found).hasSize(5);
        for (int state = 0; state < states.size(); state++) {
            Set<Integer> pruned = Set.copyOf(order.subList(0, states.get(state)));
            assertThat(found.get(state))
                    .as("%d pruned", states.get(state))
                    .isEqualTo(detections(Masks.prune(GRAPH, Detector.LAST_CONVOLUTION, pruned)));
        }
        assertThat(found.get(4)).isNotEqualTo(found.get(0));
    }

    @Test
    void meansOverProposalsAreOfTheSurestTen() {
        double[] sums = new double[8];
        for (int i = 0; i < 4; i++) {
            float[] pooled = made(i, Detector.POOLED);
            int places = TwoStage.POOLED * TwoStage.POOLED;
            assertThat(pooled.length).as("more than ten proposals").isGreaterThan(10 * 8 * places);
            for (int at = 0; at < 10 * 8 * places; at++) {
                sums[at / places % 8] += pooled[at] / (10.0 * places * 4);
            }
        }
        List<Double> means = DetectorRuns.regionMeans(DETECTOR, seen.features(), 4, Compute.CPU);
        for (int channel = 0; channel < 8; channel++) {
            assertThat(means.get(channel)).isCloseTo(sums[channel], within(1e-6));
        }
        assertThat(means).isNotEqualTo(DetectorRuns.channelMeans(DETECTOR, seen.features(), 4, Compute.CPU));
    }

    @Test
    void maximaAreOverAllPhotographsAndPlaces() {
        float[] largest = new float[8];
        for (int i = 0; i < 4; i++) {
            float[] map = made(i, DETECTOR.features());
            for (int at = 0; at < map.length; at++) {
                int channel = at / (map.length / 8);
                largest[channel] = Math.max(largest[channel], map[at]);
            }
        }
        assertThat(DetectorRuns.channelMaxima(DETECTOR, seen.features(), 4, DETECTOR.features(), Compute.CPU))
                .isEqualTo(largest);
    }

    private static float[] made(int photograph, String tensor) {
        try (Network network =
                        Network.of(GRAPH.cutAt(DETECTOR.backboneOutputs()).tail(), Compute.CPU);
                PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            Map<String, Tensor> given = seen.features().batch(new int[] {photograph}, Compute.CPU);
            return Tensors.toArray(network.forward(given, List.of(tensor)).get(0));
        }
    }

    /** The proposals' convolution and the dense layer behind the pooled regions: with both zero, a channel is off. */
    @Test
    void allThatReadsAChannelBelongsToIt() {
        ChannelWeights weights = ChannelWeights.of(GRAPH, Detector.LAST_CONVOLUTION);
        assertThat(weights.count()).isEqualTo(8);
        Map<String, Initializer> zeros = new HashMap<>();
        GRAPH.trainable().forEach(name -> {
            Initializer old = GRAPH.initializer(name);
            zeros.put(name, new Initializer(old.shape(), new float[old.size()]));
        });
        Graph silent = weights.copy(GRAPH.withInitializers(zeros), GRAPH, Set.of(1));
        float[] shifts = weights.shifts(silent);
        shifts[1] = 50;
        Graph awake = weights.withShifts(silent, shifts);
        assertThat(DetectorRuns.channelMeans(Detector.of(awake), seen.features(), 4, Compute.CPU)
                        .get(1))
                .isGreaterThan(10);
        assertThat(detections(awake)).isEqualTo(detections(Masks.prune(GRAPH, Detector.LAST_CONVOLUTION, Set.of(1))));
    }
}
