package io.sapper.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeedsTest {
    @Test
    void theSameSeedAndPurposeGiveTheSameNumbers() {
        assertThat(first(3, "order").toArray()).isEqualTo(first(3, "order").toArray());
        assertThat(first(3, "order").toArray()).isNotEqualTo(first(3, "weights").toArray());
    }

    /** Five seeds are five samples only if none of them repeats another's numbers, shifted or not. */
    @Test
    void neighbouringSeedsShareNoNumbers() {
        Set<Long> seen = new HashSet<>();
        for (long seed = -5; seed < 20; seed++) {
            RandomGenerator random = Seeds.generator(seed, "weights conv1.weight");
            for (int i = 0; i < 1_000; i++) {
                assertThat(seen.add(random.nextLong()))
                        .as("seed %s, number %s", seed, i)
                        .isTrue();
            }
        }
    }

    @Test
    void aPermutationHasEachNumberOnce() {
        int[] order = Seeds.permutation(1_000, Seeds.generator(1, "x"));
        assertThat(IntStream.of(order).sorted().toArray())
                .isEqualTo(IntStream.range(0, 1_000).toArray());
        assertThat(order).isNotEqualTo(IntStream.range(0, 1_000).toArray());
    }

    private static IntStream first(long seed, String purpose) {
        return Seeds.generator(seed, purpose).ints(20);
    }
}
