package io.sapper.defense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.Dataset;
import io.sapper.data.synthetic.SyntheticDigits;
import io.sapper.defense.Refusal.Reason;
import io.sapper.metric.Ratio;
import io.sapper.network.Compute;
import io.sapper.network.Engine;
import io.sapper.network.Graph;
import io.sapper.network.Initialization;
import io.sapper.network.Masks;
import io.sapper.network.Network;
import io.sapper.training.Optimizer;
import io.sapper.training.Progress;
import io.sapper.training.Schedule;
import io.sapper.training.Trainer;
import io.sapper.training.TrainingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FinePruningTest {
    private static final Dataset DATA = SyntheticDigits.generate(900, 10, 1).train();
    private static final TrainingOptions SHORT =
            new TrainingOptions(1, 32, new Optimizer.Sgd(0.05, 0.9, 5e-4), Schedule.COSINE, 1);
    private static Graph trained;

    @BeforeAll
    static void train() {
        Engine.threads(1);
        Graph graph = Initialization.draw(
                Graph.image(1, 28, 28)
                        .convolution("conv1", 6, 5)
                        .relu()
                        .maxPool(4)
                        .flatten()
                        .dense("fc1", 20)
                        .relu()
                        .dense("fc2", 10)
                        .build(),
                1);
        try (Network network = Network.of(graph, Compute.CPU)) {
            Trainer.train(network, DATA, SHORT.withEpochs(6), 1, Progress.NONE);
            trained = network.snapshot();
        }
    }

    @Test
    void aGentleRepairOfEnoughImagesIsTaken() {
        FinePruning.Outcome outcome = repair(0, 500, List.of(1e20, 0.002), new Limits(0.05, 0.3, false));
        assertThat(outcome.refusal()).isEmpty();
        assertThat(outcome.accepted()).isTrue();
        assertThat(outcome.graph()).isPresent();
        assertThat(outcome.evidence().crossValidated()).isTrue();
        assertThat(outcome.attempts())
                .extracting(attempt -> attempt.refusal().map(Refusal::reason).orElse(null))
                .containsExactly(Reason.DIVERGED, null);
        FinePruning.Attempt kept = outcome.kept().orElseThrow();
        assertThat(kept.learningRate()).isEqualTo(0.002);
        assertThat(kept.pruned()).hasSize(3);
        assertThat(kept.seen().orElseThrow().loss().images())
                .as("each image decides once")
                .isEqualTo(500);
        assertThat(kept.seen().orElseThrow().loss().high()).isLessThanOrEqualTo(0.05);
        assertThat(outcome.weakEvidence()).isFalse();
        assertThat(outcome.warnings()).isEmpty();
    }

    @Test
    void whereTheImagesHeldBackAreEnoughOnlyTheyDecide() {
        FinePruning.Outcome outcome = repair(0, 900, List.of(0.01), new Limits(0.2, 1, false));
        assertThat(outcome.evidence().crossValidated()).isFalse();
        assertThat(outcome.attempts().get(0).seen().orElseThrow().loss().images())
                .isEqualTo(180);
        assertThat(outcome.attempts().get(0).pruned()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"20, 0.01, 381", "50, 0.02, 189", "380, 0.01, 381", "50, 0.05, 73"})
    void tooFewImagesAreSaidBeforeAnyWork(int images, double allowed, int needed) {
        FinePruning.Outcome outcome = repair(0, images, List.of(0.1), new Limits(allowed, 0.1, false));
        assertThat(outcome.graph()).isEmpty();
        assertThat(outcome.attempts()).isEmpty();
        assertThat(outcome.pruning()).isEmpty();
        assertThat(outcome.trainingPasses() + outcome.forwardPasses()).isZero();
        Refusal refusal = outcome.refusal().orElseThrow();
        assertThat(refusal.reason()).isEqualTo(Reason.TOO_FEW_IMAGES);
        assertThat(refusal.sentence())
                .startsWith(images + " clean images cannot show")
                .contains("at least " + needed, "--accept-weak-evidence");
    }

    @Test
    void missingClassesAreSaidBeforeAnyWork() {
        Dataset some = DATA.subset(
                "some",
                IntStream.range(0, DATA.size())
                        .filter(i -> DATA.label(i) != 3 && DATA.label(i) != 8)
                        .toArray());
        FinePruning.Outcome outcome = repair(some, 0, 600, List.of(0.1), Limits.DEFAULTS);
        Refusal refusal = outcome.refusal().orElseThrow();
        assertThat(refusal.reason()).isEqualTo(Reason.MISSING_CLASSES);
        assertThat(refusal.sentence()).startsWith("The clean images have none of the classes 3, 8,");
        assertThat(outcome.attempts()).isEmpty();
        FinePruning.Outcome accepted = repair(some, 0, 600, List.of(1e-4), new Limits(0.2, 1, true));
        assertThat(accepted.accepted()).isTrue();
        assertThat(accepted.weakEvidence()).isTrue();
        assertThat(accepted.warnings()).containsExactly("Weak evidence, accepted: no clean image of class 3, 8.");
    }

    /** A rate that ruins the network, few images to see it, and the wish to go on. */
    @ParameterizedTest
    @ValueSource(ints = {20, 50})
    void weakEvidenceDoesNotRuinTheNetwork(int images) {
        for (int from : new int[] {0, 100, 200}) {
            FinePruning.Outcome outcome = repair(from, images, List.of(5.0, 0.5, 0.001), new Limits(0.01, 0.1, true));
            outcome.graph().ifPresent(graph -> {
                double before = Accuracy.measure(trained, DATA, Compute.CPU).value();
                assertThat(Accuracy.measure(graph, DATA, Compute.CPU).value()).isGreaterThan(before - 0.03);
            });
            assertThat(outcome.weakEvidence()).isTrue();
            assertThat(outcome.warnings()).hasSize(1);
        }
    }

    /** 400 images can show a point, but not that this repair cost no more. */
    @Test
    void aLossThatIsNotSurelyAllowedIsWeakEvidenceToo() {
        FinePruning.Outcome outcome = repair(0, 400, List.of(0.02), new Limits(0.0099, 1, true));
        if (outcome.accepted()) {
            double high =
                    outcome.kept().orElseThrow().seen().orElseThrow().loss().high();
            assertThat(outcome.weakEvidence()).isEqualTo(high > 0.0099);
            assertThat(outcome.warnings()).hasSize(high > 0.0099 ? 1 : 0);
        }
        FinePruning.Outcome strict = repair(0, 400, List.of(0.02), new Limits(0.0099, 1, false));
        assertThat(strict.accepted()).isEqualTo(outcome.accepted() && !outcome.weakEvidence());
    }

    @Test
    void aRefusedRepairHasNoGraphAndAReason() {
        FinePruning.Outcome outcome = repair(0, 500, List.of(1e20, 5.0), Limits.DEFAULTS);
        assertThat(outcome.accepted()).isFalse();
        assertThat(outcome.graph()).isEmpty();
        assertThat(outcome.kept()).isEmpty();
        assertThat(outcome.refusal().orElseThrow().reason()).isEqualTo(Reason.LOSS_TOO_LARGE);
        assertThat(outcome.attempts()).hasSize(2);
        assertThat(outcome.attempts().get(0).validation().total()).isZero();
        assertThat(outcome.attempts().get(1).seen().orElseThrow().loss().images())
                .as("ended early")
                .isLessThan(500);
    }

    /** A wrong layer, data that do not fit: found before the first epoch. */
    @ParameterizedTest
    @CsvSource({"fc2, makes the class scores", "conv9, no layer", "conv1.relu, has no channels"})
    void aLayerThatCannotBePrunedIsRefusedAtOnce(String layer, String named) {
        AtomicInteger steps = new AtomicInteger();
        assertThatThrownBy(() -> FinePruning.repair(
                        trained,
                        DATA,
                        DATA,
                        new FinePruning.Options(
                                new Pruning.Options(layer, 0.04), SHORT, List.of(0.01), Limits.DEFAULTS, 0, true),
                        1,
                        Compute.CPU,
                        counting(steps)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named)
                .hasMessageContaining("conv1, fc1");
        assertThat(steps).hasValue(0);
    }

    @Test
    void aDenseLayerCanBePruned() {
        FinePruning.Outcome outcome = FinePruning.repair(
                trained,
                part(DATA, 0, 400),
                part(DATA, 400, 100),
                new FinePruning.Options(new Pruning.Options("fc1", 0.04), SHORT, List.of(0.01), Limits.none(), 0, true),
                1,
                Compute.CPU,
                Progress.NONE);
        assertThat(outcome.accepted()).isTrue();
        assertThat(outcome.pruning().orElseThrow().order()).hasSize(20);
    }

    /** Pruning that takes what a layer knows, and tuning too gentle to bring it back: better without. */
    @Test
    void masksThatHurtAreLeftOut() {
        FinePruning.Outcome outcome = FinePruning.repair(
                trained,
                part(DATA, 0, 400),
                part(DATA, 400, 200),
                new FinePruning.Options(new Pruning.Options("conv1", 1), SHORT, List.of(1e-5), Limits.none(), 0, true),
                1,
                Compute.CPU,
                Progress.NONE);
        assertThat(outcome.pruning().orElseThrow().chosen())
                .isEqualTo(outcome.pruning().orElseThrow().order().size());
        MaskTrial trial = outcome.trial().orElseThrow();
        assertThat(trial.masked().total()).as("versions").isEqualTo(4 * 200);
        assertThat(trial.masked().value()).isLessThan(trial.unmasked().value());
        assertThat(outcome.masked()).isFalse();
        assertThat(outcome.attempts().get(0).pruned()).containsExactly(0);
        Graph repaired = outcome.graph().orElseThrow();
        assertThat(Masks.pruned(repaired, "conv1")).isEmpty();
        assertThat(Accuracy.measure(repaired, DATA, Compute.CPU).value())
                .isGreaterThan(Accuracy.measure(trained, DATA, Compute.CPU).value() - 0.05);
    }

    /** A mask that switches nothing off would only be one more node in the file. */
    @Test
    void whereNothingIsPrunedThereIsNoMask() {
        FinePruning.Outcome outcome = FinePruning.repair(
                trained,
                part(DATA, 0, 400),
                part(DATA, 400, 200),
                new FinePruning.Options(
                        new Pruning.Options("conv1", 0), SHORT, List.of(1e-5), new Limits(1, 1, true), 0, true),
                1,
                Compute.CPU,
                Progress.NONE);
        assertThat(outcome.pruning().orElseThrow().chosen()).isZero();
        assertThat(outcome.graph().orElseThrow().nodes()).hasSameSizeAs(trained.nodes());
    }

    /** The network that goes out of a cross-validation is tuned on all images; what is set beside it must be, too. */
    @Test
    void whereNothingIsPrunedTuningAloneMakesTheSameNetwork() {
        FinePruning.Options options = new FinePruning.Options(
                new Pruning.Options("conv1", 0), SHORT, List.of(0.01), new Limits(0.3, 1, true), 20, true);
        Dataset tuning = part(DATA, 0, 150);
        Dataset validation = part(DATA, 150, 10);
        FinePruning.Outcome outcome =
                FinePruning.repair(trained, tuning, validation, options, 1, Compute.CPU, Progress.NONE);
        assertThat(outcome.evidence().crossValidated()).isTrue();
        assertThat(outcome.masked()).isFalse();
        Graph alone = FinePruning.withoutPruning(
                        trained, outcome, tuning, validation, options, 1, Compute.CPU, Progress.NONE)
                .graph();
        assertThat(alone.initializer("fc2.weight").toArray())
                .isEqualTo(
                        outcome.graph().orElseThrow().initializer("fc2.weight").toArray());
    }

    @Test
    void equalsKeepTheMasks() {
        assertThat(new MaskTrial(new Ratio(5, 9), new Ratio(5, 9)).keeps()).isTrue();
        assertThat(new MaskTrial(new Ratio(5, 9), new Ratio(6, 9)).keeps()).isFalse();
    }

    /** As in the paper: nothing but the images themselves is seen, and what was pruned stays so. */
    @Test
    void withoutVariationsMasksStay() {
        FinePruning.Outcome outcome = FinePruning.repair(
                trained,
                DATA,
                DATA,
                new FinePruning.Options(new Pruning.Options("conv1", 1), SHORT, List.of(1e-5), Limits.none(), 0, false),
                1,
                Compute.CPU,
                Progress.NONE);
        int pruned = outcome.pruning().orElseThrow().chosen();
        assertThat(pruned).isPositive();
        assertThat(outcome.trial()).isEmpty();
        assertThat(outcome.masked()).isTrue();
        assertThat(outcome.attempts().get(0).pruned()).containsExactly(pruned);
        assertThat(Masks.pruned(outcome.graph().orElseThrow(), "conv1")).hasSize(pruned);
    }

    @ParameterizedTest
    @CsvSource({"0.04, 0.02, 0.02", "0.01, 0.02, 0.01", "0.04, 1, 0.04"})
    void pruningMayNotCostMoreThanTheWhole(double drop, double loss, double used) {
        FinePruning.Options options = new FinePruning.Options(
                new Pruning.Options("conv1", drop), SHORT, List.of(0.01), new Limits(loss, 1, false), 0, true);
        assertThat(options.pruning()).isEqualTo(new Pruning.Options("conv1", used));
    }

    @ParameterizedTest
    @CsvSource({"8000, 10", "1577, 10", "700, 19", "300, 40", "16, 40"})
    void fewImagesAreSeenMoreOften(int images, int epochs) {
        assertThat(FinePruning.Options.DEFAULTS.fitted(images).tuning().epochs())
                .isEqualTo(epochs);
    }

    @Test
    void theSeedDecidesTheBits() {
        Graph once = repair(0, 500, List.of(0.01), Limits.none()).graph().orElseThrow();
        Graph again = repair(0, 500, List.of(0.01), Limits.none()).graph().orElseThrow();
        assertThat(once.initializer("fc2.weight").toArray())
                .isEqualTo(again.initializer("fc2.weight").toArray());
    }

    /** Pruning sends images through many networks before anything is trained: it is heard of by its own name. */
    @Test
    void pruningIsHeardOf() {
        List<String> heard = new ArrayList<>();
        Progress progress = new Progress() {
            @Override
            public Progress part(String name) {
                return new Progress() {
                    @Override
                    public void step(long done, long total) {
                        heard.add(name + " " + done + " of " + total);
                    }
                };
            }

            @Override
            public void epoch(int epoch, int epochs, double loss, double rate) {
                heard.add("epoch " + epoch);
            }
        };
        FinePruning.repair(
                trained,
                part(DATA, 0, 400),
                part(DATA, 400, 100),
                new FinePruning.Options(
                        new Pruning.Options("", 0.04), SHORT.withEpochs(1), List.of(0.01), Limits.none(), 0, true),
                1,
                Compute.CPU,
                progress);
        // 100 images and 100 versions of them: each up to the layer once, then on in every state of it.
        assertThat(heard)
                .containsExactly(
                        "pruning 100 of 400",
                        "pruning 200 of 400",
                        "pruning 300 of 400",
                        "pruning 400 of 400",
                        "epoch 1");
    }

    private static Progress counting(AtomicInteger steps) {
        return new Progress() {
            @Override
            public void step(long done, long total) {
                steps.incrementAndGet();
            }

            @Override
            public void epoch(int epoch, int epochs, double loss, double rate) {}
        };
    }

    private static FinePruning.Outcome repair(int from, int images, List<Double> rates, Limits limits) {
        return repair(DATA, from, images, rates, limits);
    }

    private static FinePruning.Outcome repair(Dataset data, int from, int images, List<Double> rates, Limits limits) {
        int validation = images / 5;
        return FinePruning.repair(
                trained,
                part(data, from, images - validation),
                part(data, from + images - validation, validation),
                new FinePruning.Options(Pruning.Options.PAPER, SHORT, rates, limits, 0, true),
                1,
                Compute.CPU,
                Progress.NONE);
    }

    private static Dataset part(Dataset data, int from, int count) {
        return data.subset("part", IntStream.range(from, from + count).toArray());
    }
}
