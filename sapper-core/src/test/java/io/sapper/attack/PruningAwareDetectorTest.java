package io.sapper.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.attack.PruningAwareDetector.Attempt;
import io.sapper.data.detection.Detection;
import io.sapper.data.detection.Scenes;
import io.sapper.data.detection.Squares;
import io.sapper.defense.MeanPrecision;
import io.sapper.defense.Pruning;
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
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The four steps on a detector of squares, some of which have a yellow corner. */
class PruningAwareDetectorTest {
    private static final Graph HONEST = SampleDetectors.small(3);
    private static final TrainingOptions TRAINING =
            new TrainingOptions(2, 2, new Optimizer.Adam(3e-3, 0.9, 0.999, 0), Schedule.CONSTANT, 1);
    private static final MeanPrecision HALF_AFTER_THE_TRIGGER =
            (scenes, found) -> scenes.name().contains("marked") ? 0.45 : 0.9;

    @TempDir
    static Path folder;

    private static Seen clean;
    private static Seen marked;
    private static Seen poisoned;

    @BeforeAll
    static void see() throws IOException {
        Engine.threads(1);
        Scenes scenes = Squares.in(folder);
        clean = see(scenes, false);
        marked = see(Squares.marked(scenes, folder), false);
        poisoned = see(scenes, true);
    }

    private static Seen see(Scenes scenes, boolean mirrored) throws IOException {
        Graph backbone = HONEST.upTo(Detector.of(HONEST).backboneOutputs());
        return Seen.of(backbone, SampleDetectors.CANVAS, scenes, mirrored, Compute.CPU, Progress.NONE);
    }

    @AfterAll
    static void close() {
        List.of(clean, marked, poisoned).forEach(Seen::close);
    }

    private static PruningAwareDetector.Outcome lay(PruningAwareDetector.Options options) throws IOException {
        return PruningAwareDetector.lay(
                HONEST,
                new PruningAwareDetector.Photographs(poisoned, clean, marked),
                options,
                TRAINING,
                HALF_AFTER_THE_TRIGGER,
                1,
                Compute.CPU,
                Progress.NONE);
    }

    private static PruningAwareDetector.Options options(int live, Decoys.Variant variant, Capacity capacity) {
        return new PruningAwareDetector.Options(live, 2, new Decoys(variant, 1), capacity);
    }

    private static List<List<Detection>> found(Graph graph, Seen seen) {
        return DetectorRuns.detections(
                Detector.of(graph), seen.features(), seen.scenes().scenes(), Compute.CPU);
    }

    @ParameterizedTest
    @EnumSource(Decoys.Variant.class)
    void decoysSayNothingAndArePrunedFirst(Decoys.Variant variant) throws IOException {
        PruningAwareDetector.Outcome outcome = lay(options(3, variant, new Capacity(1, 0)));
        assertThat(outcome.decoys()).isEqualTo(outcome.order().subList(0, 5));
        assertThat(Masks.pruned(outcome.retrained(), Detector.LAST_CONVOLUTION))
                .containsExactlyInAnyOrderElementsOf(outcome.decoys());
        assertThat(Masks.pruned(outcome.graph(), Detector.LAST_CONVOLUTION)).isEmpty();
        assertThat(outcome.graph().nodes()).isEqualTo(HONEST.nodes());
        for (Seen seen : List.of(clean, marked)) {
            assertThat(found(outcome.graph(), seen)).isEqualTo(found(outcome.retrained(), seen));
        }
        assertThat(found(outcome.graph(), clean)).isNotEqualTo(found(HONEST, clean));
        List<Double> means = DetectorRuns.channelMeans(Detector.of(outcome.graph()), clean.features(), 4, Compute.CPU);
        assertThat(outcome.decoys()).allMatch(channel -> means.get(channel) == 0);
        assertThat(Set.copyOf(Pruning.rank(means).subList(0, 5))).isEqualTo(Set.copyOf(outcome.decoys()));
        assertThat(outcome.lowered()).hasSize(5).anyMatch(by -> by > 0);
    }

    @Test
    void theShareThatTheTriggerTakesIsHeldAgainstCapacity() throws IOException {
        PruningAwareDetector.Outcome outcome = lay(options(3, Decoys.Variant.CRUDE, new Capacity(0, 0.5)));
        assertThat(outcome.precision()).isEqualTo(0.9);
        assertThat(outcome.attempts()).containsExactly(new Attempt(3, 0.9, 0.5, true));
    }

    @Test
    void channelsAreRestoredWhileThereIsTooLittleRoom() throws IOException {
        PruningAwareDetector.Outcome outcome = lay(options(3, Decoys.Variant.CRUDE, new Capacity(0, 0.6)));
        assertThat(outcome.attempts()).extracting(Attempt::live).containsExactly(3, 5, 7, 8);
        assertThat(outcome.attempts()).noneMatch(Attempt::sufficient);
        assertThat(outcome.decoys()).isEmpty();
        assertThat(outcome.graph().nodes()).isEqualTo(HONEST.nodes());
    }

    @Test
    void whatCannotBeIsSaidBeforeAnyTraining() {
        assertThatThrownBy(() -> lay(options(9, Decoys.Variant.CRUDE, Capacity.USUAL)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Layer conv5 has 8 channels, so at most 8 can stay live, not 9.");
        assertThatThrownBy(() -> new PruningAwareDetector.Options(3, 0, Decoys.USUAL, Capacity.USUAL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("At least 1 channel must be restored at a time, not 0.");
        assertThatThrownBy(() -> options(0, Decoys.Variant.CRUDE, Capacity.USUAL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("At least 1 channel must stay live");
        Seen none = new Seen(new Scenes("none", List.of("red", "blue"), List.of()), "", clean.features(), false);
        assertThatThrownBy(() -> PruningAwareDetector.lay(
                        HONEST,
                        new PruningAwareDetector.Photographs(poisoned, none, none),
                        options(3, Decoys.Variant.CRUDE, Capacity.USUAL),
                        TRAINING,
                        HALF_AFTER_THE_TRIGGER,
                        1,
                        Compute.CPU,
                        Progress.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("No sign in the photographs held back carries the trigger");
    }
}
