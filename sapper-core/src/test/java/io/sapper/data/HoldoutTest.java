package io.sapper.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoldoutTest {
    /** 120 images of one pixel that says which they are; 60 of class a, 40 of b, 20 of c, in blocks. */
    private static final Dataset CLEAN = clean();

    private static Dataset clean() {
        byte[] pixels = new byte[120];
        int[] labels = new int[120];
        for (int i = 0; i < 120; i++) {
            pixels[i] = (byte) i;
            labels[i] = i < 60 ? 0 : i < 100 ? 1 : 2;
        }
        return new Dataset("toy", new ImageShape(1, 1, 1), pixels, labels, List.of("a", "b", "c"));
    }

    @Test
    void partsAreDisjointAndOfTheSizesAskedFor() {
        Holdout parts = Holdout.of(CLEAN, 30, 24, 7);
        Set<Byte> seen = new HashSet<>();
        for (Dataset part : List.of(parts.fineTuning(), parts.validation())) {
            for (int i = 0; i < part.size(); i++) {
                assertThat(seen.add(part.image(i)[0])).isTrue();
            }
        }
        assertThat(parts.fineTuning().size()).isEqualTo(30);
        assertThat(parts.validation().size()).isEqualTo(24);
    }

    @Test
    void eachPartHasTheClassesInProportion() {
        for (long seed = 0; seed < 20; seed++) {
            Holdout parts = Holdout.of(CLEAN, 30, 24, seed);
            int[] tuning = parts.fineTuning().classSizes(); // 15, 10, 5 would be exact
            int[] validation = parts.validation().classSizes(); // 12, 8, 4
            assertThat(tuning[0]).isBetween(13, 17);
            assertThat(tuning[1]).isBetween(8, 12);
            assertThat(tuning[2]).isBetween(3, 7);
            assertThat(validation[0]).isBetween(10, 14);
            assertThat(validation[2]).isBetween(2, 6);
        }
    }

    @Test
    void seedDecides() {
        String first = Holdout.of(CLEAN, 30, 24, 1).fineTuning().digest();
        assertThat(Holdout.of(CLEAN, 30, 24, 1).fineTuning().digest()).isEqualTo(first);
        assertThat(Holdout.of(CLEAN, 30, 24, 2).fineTuning().digest()).isNotEqualTo(first);
    }

    @Test
    void moreImagesKeepTheFirstOnes() {
        Dataset small = Holdout.of(CLEAN, 10, 24, 1).fineTuning();
        Dataset large = Holdout.of(CLEAN, 40, 24, 1).fineTuning();
        for (int i = 0; i < small.size(); i++) {
            assertThat(small.image(i)).isEqualTo(large.image(i));
        }
    }

    @ParameterizedTest
    @CsvSource({"0,10", "10,0", "-1,10", "100,21", "2147483647,2147483647"})
    void impossibleSizesAreRefused(int tuning, int validation) {
        assertThatThrownBy(() -> Holdout.of(CLEAN, tuning, validation, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("120");
    }
}
