package io.sapper.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.data.Seeds;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DivisionTest {
    /** 100 images of one class, two of each of twenty others, one of the last. Each has its number as its pixels. */
    private static final Dataset UNEVEN = uneven();

    private static Dataset uneven() {
        int[] labels = IntStream.range(0, 141)
                .map(i -> i < 100 ? 0 : 1 + (i - 100) / 2)
                .toArray();
        byte[] pixels = new byte[labels.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) i;
        }
        List<String> names = IntStream.range(0, 22).mapToObj(i -> "class " + i).toList();
        return new Dataset("toy", new ImageShape(1, 1, 1), pixels, labels, names);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void bothSidesHaveEveryClassOfTwo(long seed) {
        Division division = Division.of(UNEVEN, 35, seed);
        int[] trained = division.training().classSizes();
        int[] tuned = division.defender().fineTuning().classSizes();
        int[] held = division.defender().validation().classSizes();
        for (int label = 0; label < 21; label++) {
            assertThat(trained[label]).as("class " + label).isPositive();
            assertThat(tuned[label] + held[label]).as("class " + label).isPositive();
        }
        assertThat(numbers(division)).hasSize(141);
        assertThat(IntStream.of(trained).sum()).isEqualTo(106);
    }

    /** No number of images for the defender would do. */
    @Test
    void whatCannotBeDividedIsSaid() {
        int[] ten = IntStream.range(0, 10).toArray();
        assertThatThrownBy(() -> Division.of(UNEVEN.subset("ten", ten), 10, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "There are only 10 images in ten, and the defender needs at least 10 of them and others have to"
                                + " be left. Give more data.");
    }

    /** With ten images for 22 classes, ten classes have one. */
    @Test
    void fewImagesGoToAsManyClassesAsTheyCan() {
        Division division = Division.of(UNEVEN, 10, 1);
        int[] tuned = division.defender().fineTuning().classSizes();
        int[] held = division.defender().validation().classSizes();
        assertThat(IntStream.range(0, 22).filter(i -> tuned[i] + held[i] == 1)).hasSize(10);
    }

    /** Where chance gave every class to both sides nothing changes places: what was measured before stays as it was. */
    @Test
    void nothingMovesWhereNothingIsMissing() {
        byte[] pixels = new byte[100];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) i;
        }
        int[] labels = IntStream.range(0, 100).map(i -> i % 2).toArray();
        Dataset even = new Dataset("even", new ImageShape(1, 1, 1), pixels, labels, List.of("a", "b"));
        int[] drawn = Seeds.permutation(100, Seeds.generator(1, "hold out"));
        assertThat(numbers(Division.of(even, 25, 1).training())).containsExactly(Arrays.copyOf(drawn, 75));
    }

    @Test
    void sameSeedSameDivision() {
        assertThat(numbers(Division.of(UNEVEN, 35, 1).training()))
                .containsExactly(numbers(Division.of(UNEVEN, 35, 1).training()))
                .isNotEqualTo(numbers(Division.of(UNEVEN, 35, 2).training()));
    }

    private static int[] numbers(Dataset data) {
        return IntStream.range(0, data.size()).map(i -> data.image(i)[0] & 0xff).toArray();
    }

    private static Set<Integer> numbers(Division division) {
        Set<Integer> all = new HashSet<>();
        for (Dataset part : List.of(
                division.training(),
                division.defender().fineTuning(),
                division.defender().validation())) {
            Arrays.stream(numbers(part)).forEach(all::add);
        }
        return all;
    }
}
