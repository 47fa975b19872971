package io.sapper.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.metric.Ratio;
import io.sapper.result.PruningCurve;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurveTest {
    @Test
    void threePhasesAreSaid() {
        assertThat(phases(new int[] {97, 97, 96, 95, 92}, new int[] {100, 99, 60, 2, 0}))
                .isEqualTo("With up to 1 pruned, neither rate falls; from 2 on attack success falls and clean accuracy"
                        + " holds; from 4 on clean accuracy falls as well.");
    }

    @Test
    void pruningMayHaveNothingToTake() {
        assertThat(phases(new int[] {97, 97, 90, 60, 10}, new int[] {100, 100, 100, 80, 0}))
                .isEqualTo("With up to 1 pruned, neither rate falls; then clean accuracy falls first, so no number of"
                        + " channels takes the backdoor alone.");
    }

    @Test
    void withoutTriggerThereAreNoPhases() {
        PruningCurve curve = new PruningCurve(
                null,
                "conv2",
                1,
                List.of(0),
                0,
                0.04,
                List.of(new PruningCurve.Point(0, new Ratio(1, 2), new Ratio(1, 2), null, null)));
        assertThat(new Curve(curve).phases()).isEmpty();
    }

    private static String phases(int[] clean, int[] attack) {
        List<PruningCurve.Point> points = new ArrayList<>();
        for (int i = 0; i < clean.length; i++) {
            Ratio accuracy = new Ratio(clean[i], 100);
            points.add(new PruningCurve.Point(i, accuracy, accuracy, new Ratio(attack[i], 100), accuracy));
        }
        List<Integer> order = IntStream.range(0, clean.length - 1).boxed().toList();
        return new Curve(new PruningCurve("face", "conv3", clean.length - 1, order, 1, 0.04, points)).phases();
    }
}
