package io.sapper.defense;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoldsTest {
    /** 60 images that carry their number as their one pixel; class 2 has five. */
    private static final Dataset DATA = new Dataset(
            "numbered",
            new ImageShape(1, 1, 1),
            bytes(60),
            IntStream.range(0, 60).map(i -> i < 5 ? 2 : i % 2).toArray(),
            List.of("a", "b", "c"));

    @Test
    void everyImageIsHeldBackOnceAndNeverTunedOnThen() {
        List<Byte> held = new ArrayList<>();
        for (Folds.Fold fold : Folds.of(DATA, 5, 1)) {
            assertThat(fold.held().size()).isEqualTo(12);
            assertThat(fold.held().classSizes()[2])
                    .as("classes are spread evenly")
                    .isEqualTo(1);
            List<Byte> both = new ArrayList<>(numbers(fold.held()));
            held.addAll(both);
            both.addAll(numbers(fold.rest()));
            assertThat(both).containsExactlyInAnyOrderElementsOf(numbers(DATA));
        }
        assertThat(held).containsExactlyInAnyOrderElementsOf(numbers(DATA));
    }

    @Test
    void theSeedDecides() {
        assertThat(numbers(Folds.of(DATA, 5, 1).get(0).held()))
                .isEqualTo(numbers(Folds.of(DATA, 5, 1).get(0).held()))
                .isNotEqualTo(numbers(Folds.of(DATA, 5, 2).get(0).held()));
    }

    @Test
    void fewImagesMakeFewParts() {
        assertThat(Folds.of(DATA.subset("three", new int[] {0, 6, 7}), 5, 1)).hasSize(3);
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    private static List<Byte> numbers(Dataset data) {
        return IntStream.range(0, data.size()).mapToObj(i -> data.image(i)[0]).toList();
    }
}
