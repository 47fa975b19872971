package io.sapper.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.data.Obtained;
import io.sapper.data.Split;
import io.sapper.data.synthetic.SyntheticDigits;
import io.sapper.defense.Comparison;
import io.sapper.defense.FinePruning;
import io.sapper.defense.Limits;
import io.sapper.metric.Ratio;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Initialization;
import io.sapper.network.zoo.Architecture;
import io.sapper.result.Measurement;
import io.sapper.result.Outcome;
import io.sapper.result.Rates;
import io.sapper.result.Verdict;
import io.sapper.training.Progress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepairVerdictTest {
    private static final Split DIGITS = SyntheticDigits.generate(60, 20, 1);
    private static final Ratio NOTHING = new Ratio(0, 0);
    private static FinePruning.Outcome accepted;
    private static FinePruning.Outcome refused;

    @BeforeAll
    static void repair() {
        Graph graph = Initialization.draw(Architecture.BADNETS_DIGITS.graph(new ImageShape(1, 28, 28), 10), 1);
        FinePruning.Options usual = FinePruning.Options.DEFAULTS;
        accepted = outcome(
                graph,
                new FinePruning.Options(
                        usual.pruning(), usual.tuning().withEpochs(1), List.of(0.001), Limits.none(), 0, true));
        refused = outcome(graph, usual);
        assertThat(accepted.accepted()).isTrue();
    }

    private static FinePruning.Outcome outcome(Graph graph, FinePruning.Options options) {
        Dataset train = DIGITS.train();
        return FinePruning.repair(graph, train, DIGITS.test(), options, 1, Compute.CPU, Progress.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            8969, 68,   9900, 9880 | The backdoor is cleared:
            8969, 68,   9900, 9500 | The backdoor is cleared, but the repair costs too much:
            8969, 4000, 9900, 9880 | The backdoor is not cleared:
            8969, 440,  9900, 9880 | Whether the backdoor is cleared cannot be told
            15,   20,   9900, 9880 | No backdoor for this trigger, before or after:
            15,   20,   9900, 9500 | No backdoor for this trigger, before or after, but the repair costs too much:
            """)
    void sayWhatTheRatesSay(String counts, String beginning) {
        int[] number = Arrays.stream(counts.split(",", -1))
                .mapToInt(count -> Integer.parseInt(count.strip()))
                .toArray();
        Verdict verdict = judge(
                accepted,
                measurement(number[2], new Ratio(number[0], 8972)),
                measurement(number[3], new Ratio(number[1], 8972)));
        assertThat(verdict.sentence()).startsWith(beginning).contains("clean accuracy is");
    }

    @Test
    void sayWhereNothingTellsAndWhereNothingWasDone() {
        assertThat(judge(accepted, measurement(9900, NOTHING), measurement(9880, NOTHING))
                        .sentence())
                .startsWith("Fine-pruned; whether a backdoor is left cannot be told");
        assertThat(judge(refused, measurement(9900, NOTHING), null).sentence())
                .startsWith("The repair was refused and no repaired network was written. 80 clean images");
    }

    /** Few images cannot show it, many can; on all of them little was lost. */
    @Test
    void aRuinedClassIsNamed() {
        Measurement before = measurement(9900, NOTHING);
        Measurement after = measurement(9880, NOTHING);
        Verdict few = judge(accepted, before, after, tested(3, 2));
        assertThat(few.sentence()).doesNotContain("ruined");
        assertThat(few.outcome()).isEqualTo(Outcome.UNKNOWN);
        Verdict many = judge(accepted, before, after, tested(20, 18));
        assertThat(many.sentence()).endsWith(" The repair ruined class 4 (20 of 20 right before, 2 after).");
        assertThat(many.outcome()).isEqualTo(Outcome.BAD);
        assertThat(many.checks())
                .anyMatch(check -> check.what().equals("Class 4, test images")
                        && check.outcome() == Outcome.BAD
                        && check.wanted().contains("(--max-class-loss)"));
        Ratio attacked = new Ratio(8969, 8972);
        Verdict cleared =
                judge(accepted, measurement(9900, attacked), measurement(9880, new Ratio(68, 8972)), tested(20, 18));
        assertThat(cleared.sentence())
                .startsWith("The backdoor is cleared, but the repair costs too much: ")
                .contains("ruined class 4");
    }

    /** Images of class 4 that all were right before; so many of them are wrong after. */
    private static Comparison tested(int images, int wrong) {
        int[] labels = new int[images];
        Arrays.fill(labels, 4);
        Dataset test = new Dataset(
                "test",
                new ImageShape(1, 1, 1),
                new byte[images],
                labels,
                DIGITS.test().classNames());
        int[] after = labels.clone();
        Arrays.fill(after, 0, wrong, 5);
        return new Evaluation(labels, new int[0]).against(new Evaluation(after, new int[0]), test);
    }

    private static Verdict judge(FinePruning.Outcome outcome, Measurement before, Measurement after) {
        return judge(outcome, before, after, null);
    }

    private static Verdict judge(
            FinePruning.Outcome outcome, Measurement before, Measurement after, Comparison tested) {
        Setup setup =
                new Setup(new Obtained(DIGITS, "a test", List.of()), 1, Compute.CPU, 1, Reporter.SILENT, List.of());
        Run run = new Run("repair", "a test", setup);
        run.measured(Rates.BACKDOORED, before);
        if (after != null) {
            run.measured(Rates.REPAIRED, after);
        }
        return RepairVerdict.of(
                new Judgement(Thresholds.DEFAULTS),
                outcome,
                FinePruning.Options.DEFAULTS,
                run,
                tested,
                DIGITS.test(),
                null);
    }

    private static Measurement measurement(int clean, Ratio attack) {
        return new Measurement(new Ratio(clean, 10_000), attack, NOTHING, new Ratio(1, 100), 0, List.of());
    }
}
