package io.sapper.defense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.detection.Scenes;
import io.sapper.data.detection.Squares;
import io.sapper.defense.DetectorPruning.Point;
import io.sapper.defense.DetectorPruning.Ranking;
import io.sapper.network.Compute;
import io.sapper.network.Engine;
import io.sapper.network.Graph;
import io.sapper.network.Masks;
import io.sapper.network.detection.Detector;
import io.sapper.network.detection.DetectorRuns;
import io.sapper.network.detection.SampleDetectors;
import io.sapper.training.DetectorTraining.Seen;
import io.sapper.training.Optimizer;
import io.sapper.training.Progress;
import io.sapper.training.Schedule;
import io.sapper.training.TrainingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Pruning and tuning a detector, on photographs of squares. What precision says is written by the tests. */
class DetectorFinePruningTest {
    private static final Graph WIDE = SampleDetectors.small(3, 40);
    private static final TrainingOptions TUNING =
            new TrainingOptions(1, 2, new Optimizer.Adam(1e-2, 0.9, 0.999, 1e-4), Schedule.CONSTANT, 1);

    @TempDir
    static Path folder;

    private static Seen plain;
    private static Seen mirrored;

    @BeforeAll
    static void see() throws IOException {
        Engine.threads(1);
        Scenes scenes = Squares.in(folder);
        Graph backbone = WIDE.upTo(Detector.of(WIDE).backboneOutputs());
        plain = Seen.of(backbone, SampleDetectors.CANVAS, scenes, false, Compute.CPU, Progress.NONE);
        mirrored = Seen.of(backbone, SampleDetectors.CANVAS, scenes, true, Compute.CPU, Progress.NONE);
    }

    @AfterAll
    static void close() {
        plain.close();
        mirrored.close();
    }

    /** Says one after the other, then the last for ever. */
    private static ClassPrecisions saying(double... precisions) {
        Deque<Double> left = new ArrayDeque<>();
        for (double precision : precisions) {
            left.add(precision);
        }
        return (scenes, found) -> List.of(left.size() > 1 ? left.poll() : left.element(), Double.NaN);
    }

    private static DetectorPruning.Outcome prune(double allowedDrop, ClassPrecisions precision) {
        return DetectorPruning.prune(Detector.of(WIDE), plain, Ranking.PICTURE, allowedDrop, precision, Compute.CPU);
    }

    /** Of 40 channels, states of 2.5 each, rounded: 0, 3, 5, 8, 10. At 10 it is too much; then 9 is looked at. */
    @Test
    void theRuleStopsBeforePrecisionFallsTooFar() {
        double[] coarse = new double[17];
        double[] begin = {0.90, 0.91, 0.90, 0.87, 0.80};
        System.arraycopy(begin, 0, coarse, 0, begin.length);
        coarse[16] = 0.88; // of 9 channels, the first of the second look
        DetectorPruning.Outcome outcome = prune(0.04, saying(coarse));
        assertThat(outcome.points().stream().limit(6))
                .containsExactly(
                        new Point(0, 0.90),
                        new Point(3, 0.91),
                        new Point(5, 0.90),
                        new Point(8, 0.87),
                        new Point(9, 0.88),
                        new Point(10, 0.80));
        assertThat(outcome.chosen()).isEqualTo(9);
        assertThat(outcome.before()).isEqualTo(0.90);
        assertThat(outcome.after()).isEqualTo(0.88);
        assertThat(outcome.order()).isEqualTo(Pruning.rank(outcome.meanActivations()));
        assertThat(Masks.pruned(outcome.graph(), Detector.LAST_CONVOLUTION))
                .containsExactlyInAnyOrderElementsOf(outcome.order().subList(0, 9));
    }

    @Test
    void nothingIsPrunedWhereEveryChannelIsNeeded() {
        DetectorPruning.Outcome outcome = prune(0.04, saying(0.9, 0.5));
        assertThat(outcome.chosen()).isZero();
        assertThat(outcome.graph()).isSameAs(WIDE);
        assertThat(outcome.after()).isEqualTo(0.9);
    }

    @Test
    void aPrecisionThatIsNoneKeepsNoRule() {
        assertThat(prune(1, saying(Double.NaN)).chosen()).isZero();
    }

    @Test
    void statesBeginWithNoneAndLeaveTheLastPart() {
        assertThat(DetectorPruning.states(128, 8)).containsExactly(0, 16, 32, 48, 64, 80, 96, 112);
        assertThat(DetectorPruning.states(3, 8)).containsExactly(0, 1, 2, 3);
    }

    @ParameterizedTest
    @EnumSource(Ranking.class)
    void everyRankingHasANumberForEachChannel(Ranking ranking) {
        assertThat(DetectorPruning.meanActivations(Detector.of(WIDE), plain, ranking, Compute.CPU))
                .hasSize(40)
                .allMatch(mean -> mean >= 0)
                .anyMatch(mean -> mean > 0);
    }

    @Test
    void photographsWithoutSignsAreRefused() {
        Scenes empty = new Scenes(
                "roads",
                plain.scenes().classNames(),
                plain.scenes().scenes().stream()
                        .map(scene -> scene.withBoxes(List.of()))
                        .toList());
        Seen seen = new Seen(empty, "", plain.features(), false);
        assertThatThrownBy(() ->
                        DetectorPruning.prune(Detector.of(WIDE), seen, Ranking.PROPOSALS, 0.04, saying(1), Compute.CPU))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("roads shows none");
    }

    /** The masks stay on: what a pruned channel's filter is makes no difference afterwards. */
    @Test
    void tuningLeavesTheMasksOnAndTheBackboneAsItIs() throws IOException {
        DetectorPruning.Outcome pruning = prune(1, saying(0.9));
        assertThat(pruning.chosen()).isEqualTo(39);
        Graph tuned = tune(pruning, List.of(1e-2), 1, saying(0.9)).graph();
        assertThat(Masks.pruned(tuned, Detector.LAST_CONVOLUTION))
                .isEqualTo(Masks.pruned(pruning.graph(), Detector.LAST_CONVOLUTION))
                .hasSize(39);
        assertThat(tuned.initializer(tuned.weights("fc6"))).isNotEqualTo(WIDE.initializer(WIDE.weights("fc6")));
        assertThat(tuned.initializer(tuned.weights("c1"))).isEqualTo(WIDE.initializer(WIDE.weights("c1")));
        List<Double> means = DetectorRuns.channelMeans(Detector.of(tuned), plain.features(), 4, Compute.CPU);
        Set<Integer> silent = new HashSet<>(pruning.order().subList(0, 39));
        assertThat(silent).allMatch(channel -> means.get(channel) == 0);
    }

    @ParameterizedTest
    @CsvSource({"0.90, 1, true", "0.885, 1, true", "0.85, 3, false"})
    void ratesAreTriedFromTheHighestDown(double after, int attempts, boolean accepted) throws IOException {
        DetectorPruning.Outcome pruning = prune(0.04, saying(0.9, 0.5));
        DetectorFinePruning.Outcome outcome = tune(pruning, List.of(1e-2, 1e-3, 1e-4), 0.02, saying(after));
        assertThat(outcome.attempts()).hasSize(attempts);
        assertThat(outcome.accepted()).isEqualTo(accepted);
        assertThat(outcome.learningRate()).isEqualTo(accepted ? 1e-2 : 1e-4);
    }

    /** A rate at which training diverges is no end: the next one is tried. */
    @Test
    void aRateThatDivergesIsRefused() throws IOException {
        DetectorPruning.Outcome pruning = prune(0.04, saying(0.9, 0.5));
        DetectorFinePruning.Outcome outcome = tune(pruning, List.of(1e30, 1e-3), 0.02, saying(0.9));
        assertThat(outcome.attempts()).hasSize(2);
        assertThat(outcome.attempts().get(0).refusal().orElseThrow().reason()).isEqualTo(Refusal.Reason.DIVERGED);
        assertThat(outcome.accepted()).isTrue();

        DetectorFinePruning.Outcome none = tune(pruning, List.of(1e30), 0.02, saying(0.9));
        assertThat(none.graph()).isSameAs(pruning.graph());
        assertThat(none.refusal().orElseThrow().reason()).isEqualTo(Refusal.Reason.DIVERGED);
    }

    private static DetectorFinePruning.Outcome tune(
            DetectorPruning.Outcome pruning, List<Double> rates, double allowedLoss, ClassPrecisions precision)
            throws IOException {
        return DetectorFinePruning.tune(
                pruning,
                mirrored,
                plain,
                new DetectorFinePruning.Options(0.04, TUNING, rates, allowedLoss),
                precision,
                1,
                Compute.CPU,
                Progress.NONE);
    }

    @Test
    void optionsThatAreNone() {
        assertThatThrownBy(() -> new DetectorFinePruning.Options(0.04, TUNING, List.of(), 0.02))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("At least one learning rate is needed.");
        assertThatThrownBy(() -> new DetectorFinePruning.Options(-1, TUNING, List.of(1e-3), 0.02))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "allowed drop of pruning in mean average precision (--allowed-drop) must be a fraction");
        assertThatThrownBy(() -> new DetectorFinePruning.Options(0.04, TUNING, List.of(1e-3), 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("allowed loss of accuracy (--max-loss) must be a fraction");
        assertThatThrownBy(() -> new DetectorFinePruning.Options(0.04, TUNING, List.of(-1.0), 0.02))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("learning rate");
    }
}
