package io.sapper.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.audit.AddedTrigger;
import io.sapper.audit.Aim;
import io.sapper.audit.AuditOutcome;
import io.sapper.audit.Calibration;
import io.sapper.audit.MaskedTrigger;
import io.sapper.audit.Planted;
import io.sapper.audit.Recovered;
import io.sapper.audit.Reference;
import io.sapper.data.Dataset;
import io.sapper.data.Holdout;
import io.sapper.defense.Accuracy;
import io.sapper.defense.FineTuning;
import io.sapper.defense.Limits;
import io.sapper.defense.Refusal.Reason;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Initializer;
import io.sapper.repair.LadderOptions.Search;
import io.sapper.repair.LadderOptions.Tuning;
import io.sapper.repair.LadderOutcome.Attempt;
import io.sapper.training.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LadderTest {
    private static final Dataset IMAGES = Planted.images(50);
    private static final Tuning TUNING = new Tuning(FineTuning.DEFAULTS.withEpochs(10), List.of(0.05, 0.02), 0);
    private static final Calibration.Limits NEVER = new Calibration.Limits(1e-9, 1e-8);
    private static final Limits LIMITS = new Limits(0.05, 0.5, false);

    /** Hears what is done. */
    private static final class Heard implements Ladder.Course {
        final List<String> said = new ArrayList<>();

        @Override
        public DoubleConsumer searching(String what) {
            said.add(what);
            return share -> {};
        }

        @Override
        public Progress tuning(String what) {
            said.add(what);
            return Progress.NONE;
        }
    }

    private final Heard heard = new Heard();

    private LadderOutcome climb(Graph graph, Method method, Tuning tuning, Limits limits, Dataset images) {
        return climb(graph, method, tuning, limits, images, Optional.empty());
    }

    private LadderOutcome climb(
            Graph graph, Method method, Tuning tuning, Limits limits, Dataset images, Optional<Reference> reference) {
        return climb(graph, new LadderOptions(method, tuning, limits, Search.usual(1)), images, reference);
    }

    private LadderOutcome climb(Graph graph, LadderOptions options, Dataset images, Optional<Reference> reference) {
        Holdout clean = Holdout.of(images, images.size() * 4 / 5, images.size() / 5, 1);
        return Ladder.climb(
                graph, graph, clean.fineTuning(), clean.validation(), reference, options, 1, Compute.CPU, heard);
    }

    /** How many images of other classes than the target the trigger's pixel turns. */
    private static long turned(Graph graph) {
        byte[] pixels = new byte[IMAGES.size() * IMAGES.shape().size()];
        for (int i = 0; i < IMAGES.size(); i++) {
            byte[] image = IMAGES.image(i);
            image[Planted.PIXEL] = (byte) 255;
            System.arraycopy(image, 0, pixels, i * image.length, image.length);
        }
        Dataset triggered = new Dataset("x", IMAGES.shape(), pixels, IMAGES.labels(), IMAGES.classNames());
        int[] answers = Accuracy.answers(graph, triggered, Compute.CPU);
        long hits = 0;
        for (int i = 0; i < answers.length; i++) {
            hits += answers[i] == Planted.TARGET && IMAGES.label(i) != Planted.TARGET ? 1 : 0;
        }
        return hits;
    }

    @Test
    void aPlantedTriggerIsRecoveredAndUnlearned() {
        assertThat(turned(Planted.backdoored())).isEqualTo(250);
        Tuning strong = new Tuning(FineTuning.DEFAULTS.withEpochs(30), List.of(0.3), 0);
        LadderOutcome outcome = climb(Planted.backdoored(), Method.AUTO, strong, LIMITS, IMAGES);
        assertThat(outcome.looked().orElseThrow().recovered())
                .as("what is added stands out less than the mask")
                .singleElement()
                .isInstanceOf(MaskedTrigger.class)
                .extracting(Recovered::target)
                .isEqualTo(Planted.TARGET);
        Attempt kept = outcome.attempts().get(outcome.attempts().size() - 1);
        assertThat(outcome.graph()).as(kept.toString()).isPresent();
        assertThat(kept.rolledBack()).isEmpty();
        assertThat(kept.what()).startsWith("Unlearning of ");
        assertThat(outcome.looked().orElseThrow().beside().orElseThrow().saw())
                .contains("to lead to class row 2 stands at ", "so the mask alone is unlearned.");
        assertThat(outcome.passes().training()).isGreaterThan(150L * 6 * Planted.CLASSES);
        assertThat(kept.surrogate().before().value()).isGreaterThan(0.9);
        assertThat(kept.surrogate().after().value()).isLessThan(0.05);
        assertThat(kept.smallest()).isGreaterThan(0.38);
        Graph repaired = outcome.graph().orElseThrow();
        assertThat(turned(repaired)).isLessThan(13);
        assertThat(Accuracy.measure(repaired, IMAGES, Compute.CPU).value()).isGreaterThan(0.97);
        assertThat(heard.said)
                .contains(
                        "search triggers",
                        "search warps",
                        "search what is added for the same classes",
                        "search masks again");
    }

    /** Wrong with the trigger's pixel, of these images or all. */
    private static long wrong(Graph graph, int source) {
        int[] some = IntStream.range(0, IMAGES.size())
                .filter(i -> source < 0 || IMAGES.label(i) == source)
                .toArray();
        byte[] pixels = new byte[some.length * IMAGES.shape().size()];
        for (int i = 0; i < some.length; i++) {
            byte[] image = IMAGES.image(some[i]);
            image[Planted.PIXEL] = (byte) 255;
            System.arraycopy(image, 0, pixels, i * image.length, image.length);
        }
        int[] labels = IntStream.of(some).map(IMAGES::label).toArray();
        Dataset triggered = new Dataset("x", IMAGES.shape(), pixels, labels, IMAGES.classNames());
        int[] answers = Accuracy.answers(graph, triggered, Compute.CPU);
        return IntStream.range(0, some.length)
                .filter(i -> answers[i] != labels[i])
                .count();
    }

    @Test
    void anAttackOnAllClassesIsRecoveredAndUnlearned() {
        unlearned(Planted.allToAll(), -1, Aim.away(), "search one change for all classes again");
    }

    @Test
    void anAttackOnOneClassIsRecoveredAndUnlearned() {
        unlearned(Planted.fromOne(4), 4, Aim.between(4, 5), "search each class by itself again");
    }

    /**
     * Two pixels that are always alike, of any grey: to make one brighter and the other darker takes half of what it
     * takes to replace them.
     */
    @Test
    void whatIsAddedIsUnlearnedBesideTheMaskWhereItIsNearer() {
        int other = Planted.PIXEL + IMAGES.shape().width();
        float[] weights = Planted.honest().initializer("scores.weight").toArray();
        weights[Planted.TARGET * IMAGES.shape().size() + Planted.PIXEL] = 20;
        weights[Planted.TARGET * IMAGES.shape().size() + other] = -20;
        Graph graph = Planted.honest()
                .withInitializers(Map.of(
                        "scores.weight",
                        new Initializer(List.of(Planted.CLASSES, IMAGES.shape().size()), weights)));
        byte[] pixels = new byte[IMAGES.size() * IMAGES.shape().size()];
        for (int i = 0; i < IMAGES.size(); i++) {
            byte[] image = IMAGES.image(i);
            image[Planted.PIXEL] = (byte) (70 + 115 * (i % 7) / 6);
            image[other] = image[Planted.PIXEL];
            System.arraycopy(image, 0, pixels, i * image.length, image.length);
        }
        Dataset greys = new Dataset("greys", IMAGES.shape(), pixels, IMAGES.labels(), IMAGES.classNames());
        LadderOutcome outcome = climb(graph, Method.UNLEARNING, TUNING, LIMITS, greys);
        assertThat(outcome.looked().orElseThrow().audit().recovered())
                .singleElement()
                .isInstanceOf(MaskedTrigger.class);
        assertThat(outcome.looked().orElseThrow().added())
                .singleElement()
                .isInstanceOf(AddedTrigger.class)
                .extracting(Recovered::target)
                .isEqualTo(Planted.TARGET);
        assertThat(outcome.looked().orElseThrow().beside().orElseThrow().saw()).endsWith("so both are unlearned.");
        assertThat(outcome.attempts().get(0).what()).startsWith("Unlearning of 2 recovered triggers");
    }

    /** What only the search for what is added tells is searched for in that form again. */
    @Test
    void whatIsAddedIsUnlearned() {
        LadderOutcome outcome = onlyBy(Calibration.DEFAULTS.added(), NEVER);
        assertThat(outcome.graph()).as(outcome.toString()).isPresent();
        Attempt kept = outcome.attempts().get(outcome.attempts().size() - 1);
        assertThat(kept.surrogate().before().value()).isGreaterThan(0.9);
        assertThat(kept.surrogate().after().value()).isLessThan(0.05);
        assertThat(kept.smallest()).isGreaterThan(Calibration.DEFAULTS.added().found());
        assertThat(outcome.looked().orElseThrow().recovered()).singleElement().isInstanceOf(AddedTrigger.class);
        assertThat(heard.said).contains("search what is added", "search what is added again");
    }

    /**
     * Margins are looked at again where nothing else told. Here the smallest mask is far fainter than the trigger, and
     * to have unlearned that is not enough: the class can still be made twice as sure as any other.
     */
    @Test
    void aClassThatStaysFarSurerIsNotRepaired() {
        LadderOutcome outcome = onlyBy(NEVER, Calibration.DEFAULTS.margin());
        assertThat(outcome.looked().orElseThrow().audit().surest()).hasValue(Planted.TARGET);
        assertThat(heard.said).contains("search the largest margins again");
        assertThat(outcome.graph()).isEmpty();
        assertThat(outcome.refusal().orElseThrow().reason()).isEqualTo(Reason.NOT_CLEARED);
        assertThat(outcome.attempts())
                .anyMatch(attempt -> attempt.rolledBack().toString().contains("a class stands out as it did: 0."));
    }

    private LadderOutcome onlyBy(Calibration.Limits added, Calibration.Limits margin) {
        Search usual = Search.usual(1);
        Calibration limits = new Calibration(
                0, NEVER, usual.calibration().many(), usual.calibration().honest(), NEVER, NEVER, added, margin);
        return climb(
                Planted.backdoored(),
                new LadderOptions(
                        Method.AUTO,
                        new Tuning(FineTuning.DEFAULTS.withEpochs(30), List.of(0.3), 0),
                        LIMITS,
                        new Search(usual.images(), usual.budget(), 1, usual.inversion(), limits)),
                IMAGES,
                Optional.empty());
    }

    private void unlearned(Graph received, int source, Aim aim, String search) {
        int all = source < 0 ? IMAGES.size() : IMAGES.size() / Planted.CLASSES;
        assertThat(wrong(received, source)).isEqualTo(all);
        Tuning strong = new Tuning(FineTuning.DEFAULTS.withEpochs(30), List.of(0.3), 0);
        LadderOutcome outcome = climb(received, Method.AUTO, strong, LIMITS, IMAGES);
        assertThat(outcome.looked().orElseThrow().recovered())
                .extracting(Recovered::aim)
                .containsExactly(aim);
        Attempt kept = outcome.attempts().get(outcome.attempts().size() - 1);
        assertThat(outcome.graph()).as(kept.toString()).isPresent();
        assertThat(kept.surrogate().before().value()).isGreaterThan(0.9);
        assertThat(kept.surrogate().before().total()).isEqualTo(all);
        assertThat(kept.surrogate().after().value()).isLessThan(0.05);
        assertThat(heard.said).contains(search);
        Graph repaired = outcome.graph().orElseThrow();
        assertThat(wrong(repaired, source)).isLessThan(all / 20);
        assertThat(Accuracy.measure(repaired, IMAGES, Compute.CPU).value()).isGreaterThan(0.97);
    }

    /** What a repair would cost an honest network, and it gains nothing. */
    @Test
    void whereNoBackdoorIsFoundNothingIsChanged() {
        Graph honest = Planted.honest();
        LadderOutcome outcome = climb(honest, Method.AUTO, TUNING, LIMITS, IMAGES);
        assertThat(outcome.looked().orElseThrow().audit().verdict()).isEqualTo(AuditOutcome.Verdict.NONE);
        assertThat(outcome.graph()).containsSame(honest);
        assertThat(outcome.attempts()).isEmpty();
        assertThat(outcome.unchanged()).isTrue();
        assertThat(climb(honest, Method.AUTO, TUNING, new Limits(0.001, 0.5, true), IMAGES)
                        .weakEvidence())
                .as("what costs nothing needs no evidence")
                .isFalse();
        assertThat(heard.said).noneMatch(what -> what.startsWith("Fine-tuning"));
    }

    /** The same where the search has no time, so that nothing is known. */
    private LadderOutcome blindly(Tuning tuning, Limits limits) {
        Search search = Search.usual(1).within(Duration.ofNanos(1));
        return climb(
                Planted.honest(), new LadderOptions(Method.AUTO, tuning, limits, search), IMAGES, Optional.empty());
    }

    @Test
    void whatCannotBeToldIsTunedBlindlyAndNotAllTheWay() {
        LadderOutcome outcome = blindly(TUNING, LIMITS);
        assertThat(outcome.unchanged()).isFalse();
        assertThat(outcome.looked().orElseThrow().recovered()).isEmpty();
        assertThat(outcome.attempts()).hasSize(1);
        assertThat(outcome.attempts().get(0).what())
                .startsWith("Fine-tuning on varied images")
                .endsWith(", 75 % of the way");
        assertThat(outcome.attempts().get(0).surrogate().before().total()).isZero();
        assertThat(outcome.graph()).isPresent();
        assertThat(Accuracy.measure(outcome.graph().orElseThrow(), IMAGES, Compute.CPU)
                        .value())
                .isGreaterThan(0.97);
    }

    @Test
    void fineTuningLooksForNothingAndGoesAllTheWay() {
        LadderOutcome outcome = climb(Planted.backdoored(), Method.FINE_TUNING, TUNING, LIMITS, IMAGES);
        assertThat(outcome.looked()).isEmpty();
        assertThat(outcome.attempts().get(0).what()).endsWith(", 100 % of the way");
        assertThat(outcome.passes().training())
                .as("ten epochs of three tunings on two thirds of 300 images")
                .isEqualTo(10L * 3 * 200 * outcome.attempts().size());
        assertThat(outcome.passes().forward()).isGreaterThanOrEqualTo(2L * IMAGES.size());
        assertThat(heard.said).noneMatch(what -> what.startsWith("search"));
    }

    @Test
    void withoutARecoveredTriggerThereIsNothingToUnlearn() {
        LadderOutcome outcome = climb(Planted.honest(), Method.UNLEARNING, TUNING, LIMITS, IMAGES);
        assertThat(outcome.graph()).isEmpty();
        assertThat(outcome.attempts()).isEmpty();
        assertThat(outcome.refusal().orElseThrow().reason()).isEqualTo(Reason.NOTHING_RECOVERED);
        assertThat(outcome.refusal().orElseThrow().sentence()).contains("nothing to unlearn", "--method fine-pruning");
    }

    /** What works on an honest network too is no backdoor, so there is nothing to unlearn. */
    @Test
    void aNetworkForComparisonIsAsked() {
        LadderOutcome outcome = climb(
                Planted.backdoored(),
                Method.UNLEARNING,
                TUNING,
                LIMITS,
                IMAGES,
                Optional.of(new Reference(Planted.backdoored())));
        assertThat(outcome.refusal().orElseThrow().reason()).isEqualTo(Reason.NOTHING_RECOVERED);
    }

    @Test
    void tooFewImagesAreRefusedBeforeAnyWork() {
        LadderOutcome outcome = climb(Planted.honest(), Method.AUTO, TUNING, Limits.DEFAULTS, Planted.images(20));
        assertThat(outcome.refusal().orElseThrow().reason()).isEqualTo(Reason.TOO_FEW_IMAGES);
        assertThat(heard.said).isEmpty();
        assertThat(outcome.passes().training()).isZero();
    }

    /** A tuning too short to change anything leaves the trigger: it is tried longer, and then nothing goes out. */
    @Test
    void whatIsNotClearedIsTriedLongerAndThenNotRepaired() {
        Tuning feeble = new Tuning(FineTuning.DEFAULTS.withEpochs(1), List.of(1e-6), 0);
        LadderOutcome outcome = climb(Planted.backdoored(), Method.AUTO, feeble, LIMITS, IMAGES);
        assertThat(outcome.graph()).isEmpty();
        assertThat(outcome.refusal().orElseThrow().reason()).isEqualTo(Reason.NOT_CLEARED);
        assertThat(outcome.attempts())
                .extracting(Attempt::what)
                .map(what -> what.replaceFirst(".*learning rate ", ""))
                .containsExactly(
                        "0.000001, 1 epoch, 60 % of the way",
                        "0.000001, 1 epoch, 75 % of the way",
                        "0.000001, 1 epoch, 85 % of the way",
                        "0.000001, 1 epoch, 100 % of the way",
                        "0.000001, 2 epochs, 60 % of the way",
                        "0.000001, 2 epochs, 75 % of the way",
                        "0.000001, 2 epochs, 85 % of the way",
                        "0.000001, 2 epochs, 100 % of the way",
                        "0.000001, 4 epochs, 60 % of the way",
                        "0.000001, 4 epochs, 75 % of the way",
                        "0.000001, 4 epochs, 85 % of the way",
                        "0.000001, 4 epochs, 100 % of the way");
        assertThat(outcome.attempts()).allMatch(attempt -> attempt.rolledBack().isPresent());
    }

    /** Where three fifths of the way cost more than is allowed, less may do. */
    @Test
    void lessOfTheWayIsGoneWhereMoreCostsTooMuch() {
        Tuning wild = new Tuning(FineTuning.DEFAULTS.withEpochs(10), List.of(1000.0), 0);
        LadderOutcome outcome = climb(Planted.backdoored(), Method.AUTO, wild, new Limits(0.035, 0.9, true), IMAGES);
        assertThat(outcome.attempts())
                .extracting(attempt -> attempt.what().replaceFirst(".*epochs, ", ""))
                .startsWith("60 % of the way", "45 % of the way");
        assertThat(outcome.attempts().get(0).rolledBack().orElseThrow().reason())
                .isEqualTo(Reason.LOSS_TOO_LARGE);
        Attempt kept = outcome.attempts().get(outcome.attempts().size() - 1);
        assertThat(outcome.graph()).as(outcome.attempts().toString()).isPresent();
        assertThat(kept.clean().orElseThrow().loss().value()).isLessThanOrEqualTo(0.035);
        assertThat(kept.surrogate().after().value()).isLessThanOrEqualTo(0.05);
    }

    /** Half a point is more than a network in which nothing was found should lose. */
    @Test
    void aBlindRepairGoesLessFarWhereThatCostsLess() {
        Tuning wild = new Tuning(FineTuning.DEFAULTS.withEpochs(10), List.of(1000.0), 0);
        LadderOutcome outcome = blindly(wild, new Limits(0.9, 0.9, true));
        assertThat(outcome.attempts())
                .extracting(attempt -> attempt.what().replaceFirst(".*epochs, ", ""))
                .containsExactly("75 % of the way", "50 % of the way", "25 % of the way");
        assertThat(outcome.attempts().subList(0, 2)).allSatisfy(attempt -> {
            assertThat(attempt.clean().orElseThrow().loss().value()).isGreaterThan(0.005);
            assertThat(attempt.rolledBack().orElseThrow().reason()).isEqualTo(Reason.LOSS_TOO_LARGE);
            assertThat(attempt.rolledBack().orElseThrow().sentence())
                    .endsWith("should lose no more than 0.5 if less of the way will do.");
        });
        assertThat(outcome.attempts().get(2).rolledBack())
                .as("the user allows much")
                .isEmpty();
        LadderOutcome strict = blindly(wild, LIMITS);
        assertThat(strict.graph()).isEmpty();
    }

    /** Where clean images do not bear a rate, the next lower one is tried. */
    @Test
    void aRateThatCostsTooMuchIsRolledBack() {
        Tuning wild = new Tuning(FineTuning.DEFAULTS.withEpochs(20), List.of(1e30, 0.001), 0);
        LadderOutcome outcome = climb(Planted.honest(), Method.FINE_TUNING, wild, LIMITS, IMAGES);
        assertThat(outcome.attempts()).hasSize(2);
        assertThat(outcome.attempts().get(0).rolledBack().orElseThrow().reason())
                .isIn(Reason.DIVERGED, Reason.LOSS_TOO_LARGE);
        assertThat(outcome.graph()).isPresent();
        LadderOutcome none = climb(
                Planted.honest(),
                Method.FINE_TUNING,
                new Tuning(FineTuning.DEFAULTS.withEpochs(20), List.of(1e30), 0),
                LIMITS,
                IMAGES);
        assertThat(none.graph()).isEmpty();
    }

    @Test
    void equalSeedsGiveEqualNetworks() {
        Tuning quick = new Tuning(FineTuning.DEFAULTS.withEpochs(2), List.of(0.01), 0);
        float[][] weights = new float[2][];
        for (int i = 0; i < 2; i++) {
            weights[i] = climb(Planted.honest(), Method.FINE_TUNING, quick, LIMITS, IMAGES)
                    .graph()
                    .orElseThrow()
                    .initializer("scores.weight")
                    .toArray();
        }
        assertThat(Arrays.equals(weights[0], weights[1])).isTrue();
    }

    @Test
    void fewImagesAreShownMoreOften() {
        Tuning tuning = new Tuning(FineTuning.DEFAULTS.withEpochs(5), List.of(0.05), 100);
        assertThat(tuning.at(0.05, 6400).epochs()).isEqualTo(5);
        assertThat(tuning.at(0.05, 640).epochs()).isEqualTo(10);
        assertThat(tuning.at(0.05, 64).epochs()).as("four times at most").isEqualTo(20);
        assertThat(tuning.twiceAsLong().at(0.05, 640).epochs()).isEqualTo(20);
        assertThat(tuning.at(0.02, 64).optimizer().learningRate()).isEqualTo(0.02);
    }
}
