package io.sapper.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.metric.Ratio;
import io.sapper.network.Inference;
import io.sapper.poison.AllToOne;
import io.sapper.poison.OneToOne;
import io.sapper.poison.RandomTarget;
import io.sapper.result.Measurement;
import io.sapper.trigger.SinglePixel;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTest {
    /** Six images of classes 0 0 1 1 2 2. */
    private static final Dataset TEST = new Dataset(
            "six", new ImageShape(1, 2, 2), new byte[24], new int[] {0, 0, 1, 1, 2, 2}, List.of("a", "b", "c"));

    @Test
    void countsByHand() {
        Task task = Task.attacked(TEST, new SinglePixel(), new AllToOne(2));
        // Of the triggered ones only classes 0 and 1 count: images 0 to 3.
        Evaluation seen = new Evaluation(new int[] {0, 1, 1, 1, 2, 0}, new int[] {2, 0, 1, 2});
        assertThat(seen.cleanAccuracy(task)).isEqualTo(new Ratio(4, 6));
        assertThat(seen.attackSuccess(task)).isEqualTo(new Ratio(2, 4));
        assertThat(seen.recovered(task)).isEqualTo(new Ratio(2, 4));
        assertThat(seen.passes()).isEqualTo(10);
        Measurement measurement = seen.measurement(task);
        assertThat(measurement.classes())
                .containsExactly(
                        new Measurement.ClassRow("a", new Ratio(1, 2), new Ratio(1, 2), new Ratio(1, 2)),
                        new Measurement.ClassRow("b", new Ratio(2, 2), new Ratio(1, 2), new Ratio(1, 2)),
                        new Measurement.ClassRow("c", new Ratio(1, 2), new Ratio(0, 0), new Ratio(0, 0)));
    }

    /** Scores that are not finite name no class: never right, never a success, not even of what wants any wrong one. */
    @Test
    void whatIsNotFiniteIsNeitherRightNorASuccess() {
        int none = Inference.NOT_FINITE;
        Evaluation seen = new Evaluation(new int[] {none, 0, 1, 1, 2, 2}, new int[] {none, none, 1, 1, 2, none});
        Measurement measurement = seen.measurement(Task.attacked(TEST, new SinglePixel(), new RandomTarget()));
        assertThat(measurement.notFinite()).isEqualTo(4);
        assertThat(measurement.cleanAccuracy()).isEqualTo(new Ratio(5, 6));
        assertThat(measurement.attackSuccessRate()).isEqualTo(new Ratio(0, 6));
        assertThat(measurement.recoveredAccuracy()).isEqualTo(new Ratio(3, 6));
        assertThat(measurement.successWithoutTrigger()).isEqualTo(new Ratio(0, 6));
    }

    /**
     * What the same images are taken for without the trigger: the mistakes that the attacker would be credited with.
     */
    @Test
    void successWithoutTheTriggerIsOfTheSameImages() {
        Task task = Task.attacked(TEST, new SinglePixel(), new AllToOne(2));
        Evaluation seen = new Evaluation(new int[] {2, 0, 1, 1, 2, 2}, new int[] {2, 2, 2, 2});
        assertThat(seen.measurement(task).successWithoutTrigger()).isEqualTo(new Ratio(1, 4));
    }

    /** BadNets, figure 4: the backdoor error of a pair counts test images of the source class only. */
    @Test
    void aPairCountsItsSourceClassOnly() {
        Task task = Task.attacked(TEST, new SinglePixel(), new OneToOne(1, 0));
        Evaluation seen = new Evaluation(new int[6], new int[] {0, 1});
        assertThat(seen.attackSuccess(task)).isEqualTo(new Ratio(1, 2));
    }

    @Test
    void withoutAnAttackItsRatesAreUndefined() {
        Evaluation seen = new Evaluation(new int[6], new int[0]);
        Task task = Task.clean(TEST);
        assertThat(seen.cleanAccuracy(task)).isEqualTo(new Ratio(2, 6));
        assertThat(seen.attackSuccess(task)).isEqualTo(new Ratio(0, 0));
        assertThat(seen.recovered(task)).isEqualTo(new Ratio(0, 0));
    }
}
