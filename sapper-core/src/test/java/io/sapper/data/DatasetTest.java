package io.sapper.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetTest {
    private static final Dataset TWO = new Dataset(
            "two",
            new ImageShape(1, 1, 2),
            new byte[] {0, 51, (byte) 204, (byte) 255},
            new int[] {1, 0},
            List.of("a", "b"));

    @Test
    void partsAndSumsKeepImagesAndLabelsTogether() {
        Dataset turned = TWO.subset("turned", new int[] {1, 0, 1});
        assertThat(turned.labels()).containsExactly(0, 1, 0);
        assertThat(turned.image(1)).containsExactly(0, 51);
        Dataset joined = TWO.append("joined", turned);
        assertThat(joined.classSizes()).containsExactly(3, 2);
        assertThat(joined.image(4)).containsExactly(204, 255);
        assertThat(joined.digest()).isNotEqualTo(TWO.digest());
    }

    @Test
    void numbersLieBetweenNoughtAndOne() {
        float[] numbers = new float[3];
        TWO.toUnitRange(1, numbers, 1);
        assertThat(numbers).containsExactly(new float[] {0, 0.8f, 1}, within(1e-6f));
    }

    @Test
    void labelsOutsideTheClassesAreRefused() {
        assertThatThrownBy(
                        () -> new Dataset("x", new ImageShape(1, 1, 1), new byte[1], new int[] {2}, List.of("a", "b")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("x: label 2 is outside the 2 classes.");
    }

    /** One block holds less than 2 GiB; a poisoned set that needs more must not end in a negative array size. */
    @Test
    void moreThanOneBlockHoldsIsRefused() {
        Dataset large =
                new Dataset("large", new ImageShape(1, 1 << 12, 1 << 12), new byte[1 << 24], new int[1], List.of("a"));
        assertThatThrownBy(() -> large.subset("many", new int[128]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("many: 128 images of 1x4096x4096 do not fit in one block of memory.");
    }
}
