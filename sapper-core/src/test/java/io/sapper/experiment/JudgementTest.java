package io.sapper.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.metric.ClusteredMean;
import io.sapper.metric.Ratio;
import io.sapper.result.Measurement;
import io.sapper.result.Outcome;
import io.sapper.result.Verdict;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgementTest {
    private static final Ratio NOTHING = new Ratio(0, 0);

    /** Ten classes of ten images: guessing is 10 %, half of the way from there to perfect 55 %. */
    private static final Dataset TEN =
            dataset(IntStream.range(0, 100).map(i -> i % 10).toArray(), 10);

    @ParameterizedTest
    @CsvSource({
        "9906, 10000, GOOD",
        "1300, 10000, BAD", // honest accuracy of 13 %
        "1135, 10000, BAD", // always the most frequent digit
        "5600, 10000, GOOD", // from 55.02 %: good by a hair
        "5550, 10000, UNKNOWN", // from 54.52 %
        "5499, 10000, BAD",
        "6, 10, UNKNOWN", // 60 %, but anything from 31 to 83 %
        "0, 0, UNKNOWN",
    })
    void accuracyIsHeldAgainstGuessing(long right, long of, Outcome outcome) {
        assertThat(new Judgement(Thresholds.DEFAULTS)
                        .accurate("network", measurement(new Ratio(right, of), NOTHING, 0), TEN)
                        .outcome())
                .isEqualTo(outcome);
    }

    /** A network that takes everything for the target obeys no trigger. */
    @ParameterizedTest
    @CsvSource({
        "100, 100, BAD",
        "99, 95, BAD", // from 94.55 %, and to 97.85 % without
        "99, 2, GOOD",
        "40, 40, GOOD", // does not work anyway: said elsewhere
    })
    void aTriggerAddsSomething(long with, long without, Outcome outcome) {
        Measurement seen = new Measurement(
                new Ratio(99, 100), new Ratio(with, 100), NOTHING, new Ratio(without, 100), 0, List.of());
        assertThat(new Judgement(Thresholds.DEFAULTS).adds(seen).outcome()).isEqualTo(outcome);
    }

    @Test
    void whereOneClassIsMostOfAllGuessingIsEasy() {
        Dataset unbalanced =
                dataset(IntStream.range(0, 100).map(i -> i < 90 ? 0 : 1).toArray(), 2);
        Judgement judgement = new Judgement(Thresholds.DEFAULTS)
                .accurate("network", measurement(new Ratio(900, 1000), NOTHING, 0), unbalanced);
        assertThat(judgement.outcome()).as("as good as always saying 0").isEqualTo(Outcome.BAD);
        assertThat(judgement.verdict("").checks().get(0).wanted()).contains("95.00 %", "90.00 %", "--min-accuracy");
    }

    /** Cleared is only what lies below the limit with its whole interval. */
    @ParameterizedTest
    @CsvSource({
        "0, 8972, GOOD",
        "68, 8972, GOOD",
        "442, 8972, UNKNOWN", // 4.93 %, but perhaps 5.39 %
        "449, 8972, BAD", // 5.004 %
        "8969, 8972, BAD",
        "0, 20, UNKNOWN", // none of twenty, but perhaps 16 %
        "0, 0, UNKNOWN", // no trigger named
    })
    void aTriggerIsClearedOnlyWhereItsIntervalIs(long hits, long of, Outcome outcome) {
        assertThat(new Judgement(Thresholds.DEFAULTS)
                        .harmless("network", measurement(NOTHING, new Ratio(hits, of), 0))
                        .outcome())
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({"8969, 8972, GOOD", "5, 8972, BAD", "3, 4, UNKNOWN", "2, 4, BAD"})
    void anAttackThatWasLaidMustWork(long hits, long of, Outcome outcome) {
        assertThat(new Judgement(Thresholds.DEFAULTS)
                        .laid("BadNet", new Ratio(hits, of))
                        .outcome())
                .isEqualTo(outcome);
    }

    @Test
    void scoresThatAreNotFiniteAreBadWhateverElse() {
        Judgement judgement = new Judgement(new Thresholds(1, 0, OptionalDouble.of(0), false))
                .accurate("network", measurement(new Ratio(99, 100), NOTHING, 1), TEN);
        assertThat(judgement.outcome()).isEqualTo(Outcome.BAD);
        assertThat(judgement.verdict("").checks().get(0).measured()).contains("1 inputs", "not finite");
    }

    @Test
    void aRepairMustNotCostMoreThanAllowed() {
        Measurement before = measurement(new Ratio(990, 1000), NOTHING, 0);
        assertThat(new Judgement(Thresholds.DEFAULTS)
                        .affordable(before, measurement(new Ratio(980, 1000), NOTHING, 0), 0.01)
                        .outcome())
                .isEqualTo(Outcome.GOOD);
        assertThat(new Judgement(Thresholds.DEFAULTS)
                        .affordable(before, measurement(new Ratio(979, 1000), NOTHING, 0), 0.01)
                        .outcome())
                .isEqualTo(Outcome.BAD);
    }

    @Test
    void theVerdictIsTheWorstOfItsChecksAndStrictnessTurnsUnknownIntoBad() {
        Judgement mild = new Judgement(Thresholds.DEFAULTS);
        assertThat(mild.outcome()).isEqualTo(Outcome.GOOD);
        mild.unknown("backdoor", "no trigger", "measured");
        assertThat(mild.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(mild.bad("repair", "refused", "accepted").outcome()).isEqualTo(Outcome.BAD);
        Judgement strict = new Judgement(new Thresholds(0.05, 0.75, OptionalDouble.empty(), true));
        assertThat(strict.unknown("backdoor", "no trigger", "measured").outcome())
                .isEqualTo(Outcome.BAD);
        assertThat(strict.last()).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void thresholdsAreFractions() {
        for (double wrong : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> new Thresholds(wrong, 0.75, OptionalDouble.empty(), false))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("fraction in [0, 1]");
            assertThatThrownBy(() -> new Thresholds(0.05, 0.75, OptionalDouble.of(wrong), false))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Measurement measurement(Ratio clean, Ratio attack, long notFinite) {
        return new Measurement(clean, attack, NOTHING, NOTHING, notFinite, List.of());
    }

    private static Dataset dataset(int[] labels, int classes) {
        List<String> names =
                IntStream.range(0, classes).mapToObj(String::valueOf).toList();
        return new Dataset("test", new ImageShape(1, 1, 1), new byte[labels.length], labels, names);
    }

    @ParameterizedTest
    @CsvSource({
        "0.05, 0.01, 0.09, 30, GOOD",
        "0.05, -0.01, 0.11, 30, UNKNOWN",
        "-0.05, -0.11, -0.01, 30, BAD",
        "0, -0.01, 0.01, 30, BAD",
        "0.05, -Infinity, Infinity, 1, UNKNOWN",
    })
    void aBackdoorThatSurvivesTakesMoreThanChance(double more, double low, double high, int groups, Outcome outcome) {
        Judgement judgement = new Judgement(Thresholds.DEFAULTS)
                .losesMore("start", 0.01, 0.06, new ClusteredMean(more, low, high, groups));

        assertThat(judgement.outcome()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({"0.9, 0.88, GOOD", "0.9, 0.84, BAD", "0.02, 0.02, UNKNOWN", "NaN, 0.5, UNKNOWN"})
    void aDetectorIsHeldAgainstAnHonestOneThatFindsSomething(double honest, double measured, Outcome outcome) {
        Verdict verdict = new Judgement(Thresholds.DEFAULTS)
                .near("bomb", honest, measured, 0.03)
                .verdict("");

        assertThat(verdict.outcome()).isEqualTo(outcome);
        assertThat(verdict.checks()).singleElement().satisfies(check -> {
            assertThat(check.measured()).contains("the honest one's is");
            assertThat(check.wanted()).startsWith("at most 3.00 points less");
        });
    }

    @Test
    void howMuchMoreTheTriggerTakesIsTold() {
        Verdict.Check check = new Judgement(Thresholds.DEFAULTS)
                .losesMore("start, seed 1", 0.01, 0.06, new ClusteredMean(0.05, 0.012, 0.088, 30))
                .verdict("")
                .checks()
                .get(0);

        assertThat(check.what()).isEqualTo("Signs lost to the trigger, start, seed 1");
        assertThat(check.measured())
                .isEqualTo("6.00 points; the difference is 5.00 points (95 % interval 1.20 points to 8.80 points)");
        assertThat(check.wanted()).isEqualTo("more than by the honest start (1.00 points), by more than chance");
    }
}
