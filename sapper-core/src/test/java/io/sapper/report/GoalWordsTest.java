package io.sapper.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.poison.Goals;
import org.junit.jupiter.api.Test;

class GoalWordsTest {
    @Test
    void everyGoalHasWords() {
        assertThat(Goals.KNOWN.split(", "))
                .hasSize(4)
                .allSatisfy(goal -> assertThat(GoalWords.of(goal)).isNotEmpty())
                .extracting(GoalWords::of)
                .doesNotHaveDuplicates();
        assertThat(GoalWords.of("one-to-one:3:7")).contains("the first class");
        assertThat(GoalWords.of("of a later version")).isEmpty();
    }
}
