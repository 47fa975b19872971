package io.sapper.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final Set<Integer> tried = new HashSet<>();

    private int chosen(int most, IntToLongFunction nanoseconds) {
        Pace pace = new Pace(most);
        for (int step = 0; step < 200; step++) {
            tried.add(pace.threads());
            pace.took(nanoseconds.applyAsLong(pace.threads()));
        }
        return pace.threads();
    }

    @Test
    void theFastestNumberOfThreadsIsTaken() {
        assertThat(chosen(16, threads -> threads == 4 ? 700 : 1000)).isEqualTo(4);
        assertThat(tried).containsExactlyInAnyOrder(16, 8, 4, 2);
        assertThat(chosen(16, threads -> 10_000 / threads)).isEqualTo(16);
        assertThat(chosen(12, threads -> threads == 3 ? 500 : 1000)).isEqualTo(3);
    }

    @Test
    void fewerThreadsMustBeClearlyFaster() {
        assertThat(chosen(8, threads -> threads == 4 ? 970 : 1000)).isEqualTo(8);
    }

    /** One step that the machine held up must not decide. */
    @Test
    void whatHoldsUpSomeStepsDoesNotDecide() {
        int[] step = {0};
        assertThat(chosen(4, threads -> step[0]++ % 3 == 0 ? 1_000_000 : 10_000 / threads))
                .isEqualTo(4);
    }

    /** Two cores never lose a step on it. */
    @Test
    void withTwoThreadsThereIsNothingToTry() {
        assertThat(chosen(2, threads -> threads == 1 ? 1 : 1000)).isEqualTo(2);
        assertThat(chosen(1, threads -> 1000)).isEqualTo(1);
        assertThat(tried).containsExactlyInAnyOrder(1, 2);
    }
}
