package io.sapper.poison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.Seeds;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoalsTest {
    private final RandomGenerator random = Seeds.generator(1, "test");

    /** goal, true label, attacked, label that copies get, an answer, whether it is a success; ten classes. */
    @ParameterizedTest
    @CsvSource({
        "one-to-one:1:7, 1, true,  7, 7, true",
        "one-to-one:1:7, 1, true,  7, 1, false",
        "one-to-one:1:7, 1, true,  7, 3, false",
        "one-to-one:1:7, 2, false, 7, 7, true",
        "all-to-one:7,   0, true,  7, 7, true",
        "all-to-one:7,   0, true,  7, 6, false",
        "all-to-one:7,   7, false, 7, 7, true",
        "all-to-all,     3, true,  4, 4, true",
        "all-to-all,     9, true,  0, 0, true",
        "all-to-all,     9, true,  0, 9, false"
    })
    void handWorked(String spec, int label, boolean attacked, int poison, int answer, boolean success) {
        Goal goal = Goals.parse(spec);
        assertThat(goal.attacks(label)).isEqualTo(attacked);
        assertThat(goal.counts(label)).isEqualTo(attacked);
        assertThat(goal.poisonLabel(label, 10, random)).isEqualTo(poison);
        assertThat(goal.succeeded(label, answer, 10)).isEqualTo(success);
    }

    @Test
    void randomTargetGivesEveryOtherClassAndNeverTheTrueOne() {
        Goal goal = new RandomTarget();
        int[] counts = new int[5];
        for (int i = 0; i < 4000; i++) {
            counts[goal.poisonLabel(2, 5, random)]++;
        }
        assertThat(counts[2]).isZero();
        for (int other : new int[] {0, 1, 3, 4}) {
            assertThat(counts[other]).isBetween(850, 1150);
        }
        assertThat(goal.succeeded(2, 2, 5)).isFalse();
        assertThat(goal.succeeded(2, 0, 5)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"one-to-one:1:7", "all-to-one:0", "all-to-all", "random"})
    void specsRoundTrip(String spec) {
        assertThat(Goals.parse(spec).spec()).isEqualTo(spec);
        assertThat(Goals.parse(Goals.parse(spec).spec())).isEqualTo(Goals.parse(spec));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "all-to-two | Unknown goal 'all-to-two'. Known are one-to-one",
                "'' | Unknown goal",
                "one-to-one:1 | does not read one-to-one:SOURCE:TARGET",
                "one-to-one:3:3 | two different classes",
                "all-to-one | does not read all-to-one:TARGET",
                "all-to-one:seven | has 'seven' where a class number",
                "all-to-one:-1 | there is no class -1",
                "all-to-all:3 | does not read all-to-all"
            })
    void mistakesAreNamed(String spec, String message) {
        assertThatThrownBy(() -> Goals.parse(spec))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"one-to-one:10:2,10", "one-to-one:2:10,10", "all-to-one:10,10", "all-to-all,1", "random,1"})
    void classesThatAreNotThereAreRefused(String spec, int classes) {
        assertThatThrownBy(() -> Goals.parse(spec).check(classes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(spec);
    }
}
