package io.sapper.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.defense.Limits;
import io.sapper.experiment.DetectorStory.Measured;
import io.sapper.result.DetectionRates.ClassPrecision;
import io.sapper.result.Outcome;
import io.sapper.result.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SceneRepairVerdictTest {
    private static final SignAnswers UNTRIGGERED = new SignAnswers(1, 290, 5, 4);

    /** @param limit average precision of the second class, which has 7 boxes; the first has 60 */
    private static Measured measured(double stop, double limit, SignAnswers with) {
        return new Measured(
                (stop + limit) / 2,
                List.of(
                        new ClassPrecision("stop", 60, stop),
                        new ClassPrecision("limit", 7, limit),
                        new ClassPrecision("yield", 0, Double.NaN)),
                with,
                UNTRIGGERED);
    }

    private static Verdict judge(Measured before, Measured after) {
        return SceneRepairVerdict.of(new Judgement(Thresholds.DEFAULTS), Limits.DEFAULTS, before, after);
    }

    /** What of 300 signs is called the target, before and after. */
    @ParameterizedTest
    @CsvSource({
        "270, 3, 0.90, GOOD, The backdoor is cleared: the trigger works on 1.00 %",
        "270, 3, 0.85, BAD, 'The backdoor is cleared, but the repair costs too much: '",
        "270, 200, 0.90, BAD, The backdoor is not cleared: the trigger works on 66.67 %",
        "270, 13, 0.90, UNKNOWN, Whether the backdoor is cleared cannot be told from so few triggered signs",
        "3, 3, 0.90, GOOD, 'No backdoor for this trigger, before or after: '",
    })
    void saysWhatTheFiguresSay(int before, int after, double stop, Outcome outcome, String beginning) {
        Verdict verdict = judge(
                measured(0.9, 0.9, new SignAnswers(before, 300 - before, 0, 0)),
                measured(stop, 0.9, new SignAnswers(after, 300 - after, 0, 0)));
        assertThat(verdict.outcome()).isEqualTo(outcome);
        assertThat(verdict.sentence())
                .startsWith(beginning)
                .contains((300 - after) + " of 300 are called what they are, instead of " + (300 - before) + "; mean");
    }

    @Test
    void photographsThatItMayHaveBeenTrainedOnAreToldOf() {
        assertThat(SceneRepair.trainedOn(0.99, 0.91)).hasValueSatisfying(said -> assertThat(said)
                .contains("99.00 %", "91.00 %", "maybe it was trained on them"));
        assertThat(SceneRepair.trainedOn(0.93, 0.91)).isEmpty();
        assertThat(SceneRepair.trainedOn(0.8, 0.91)).isEmpty();
    }

    /** What of 300 signs is called the target, with the trigger and without. */
    @ParameterizedTest
    @CsvSource({
        "290, 5, GOOD, The trigger works on 96.67 %",
        "290, 280, BAD, The trigger adds nothing that can be told from mistakes: it works on 96.67 %",
        "225, 5, UNKNOWN, Too few triggered signs to tell: the trigger works on 75.00 %",
        "30, 5, BAD, The attack failed: the trigger works on 10.00 %",
    })
    void ofAnAttackThatWasLaidTheFirstWordsSayWhyTheVerdictIs(int with, int without, Outcome outcome, String head) {
        List<ClassPrecision> classes = List.of(new ClassPrecision("stop", 60, 0.9));
        Measured seen = new Measured(
                0.9, classes, new SignAnswers(with, 300 - with, 0, 0), new SignAnswers(without, 300 - without, 0, 0));
        Verdict verdict = SceneRuns.laidVerdict(new Judgement(Thresholds.DEFAULTS), seen, seen, "honest network");
        assertThat(verdict.outcome()).isEqualTo(outcome);
        assertThat(verdict.sentence()).startsWith(head);
    }

    /** One of its seven boxes is worth 14.29 points. */
    @Test
    void aRuinedClassStandsInTheSentence() {
        SignAnswers harmless = new SignAnswers(0, 300, 0, 0);
        Measured before = measured(0.5, 0.9, harmless);
        assertThat(judge(before, measured(0.62, 0.76, harmless)).outcome()).isEqualTo(Outcome.GOOD);
        assertThat(judge(before, measured(0.62, 0.76, harmless)).checks())
                .filteredOn(check -> check.what().equals("Average precision lost by any class"))
                .singleElement()
                .extracting(Verdict.Check::measured)
                .isEqualTo("14.00 points at most");
        Verdict ruined = judge(before, measured(0.65, 0.75, harmless));
        assertThat(ruined.outcome()).isEqualTo(Outcome.BAD);
        assertThat(ruined.sentence())
                .endsWith(" The repair ruined class limit (75.00 % instead of 90.00 % on 7 boxes).");
    }

    @Test
    void aNetworkThatFindsNoSignWithTheTriggerIsNotCalledCleared() {
        Verdict verdict = judge(
                measured(0.9, 0.9, new SignAnswers(270, 30, 0, 0)), measured(0.9, 0.9, new SignAnswers(0, 0, 0, 300)));
        assertThat(verdict.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(verdict.sentence()).contains(": of 300 signs with the trigger 0 are found, instead of 300; mean");
    }

    @Test
    void testPhotographsWithoutABoxTellNothing() {
        Measured nothing = new Measured(Double.NaN, List.of(new ClassPrecision("stop", 0, Double.NaN)), null, null);
        Verdict verdict = judge(nothing, nothing);
        assertThat(verdict.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(verdict.sentence())
                .isEqualTo("Fine-pruned; whether a backdoor is left cannot be told, for no trigger was named; mean"
                        + " average precision is n/a instead of n/a.");
    }
}
