package io.sapper.network.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlicingTest extends KernelTest {
    /** As Python's x[start:end:step] of 0 1 2 3 4. */
    @ParameterizedTest
    @CsvSource({
        "1, 3, 1, 12",
        "-2, 100, 1, 34",
        "-100, 2, 1, 01",
        "0, 5, 2, 024",
        "4, -100, -1, 43210",
        "-1, -9223372036854775808, -2, 420",
        "100, 0, -3, 41",
        "3, 1, -1, 32",
        "3, 3, 1, ''",
        "0, -1, -1, ''",
        "0, 9223372036854775807, 9223372036854775807, 0",
    })
    void cutsLikePython(long start, long end, long step, String expected) {
        Tensor made = run("Slice", longs(0, 1, 2, 3, 4), longs(start), longs(end), longs(-1), longs(step));
        StringBuilder digits = new StringBuilder();
        for (long digit : whole(made)) {
            digits.append(digit);
        }
        assertThat(digits).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "constant, 2, 2, 0012300",
        "edge, 2, 2, 1112333",
        "reflect, 2, 2, 3212321",
        "reflect, 0, 5, 12321232",
        "wrap, 2, 2, 2312312",
        "reflect, -1, 1, 232",
        "wrap, -1, 2, 2323",
        "edge, 1, -2, 11",
    })
    void fillsUpAround(String mode, long before, long after, String expected) {
        Tensor made = run("Pad", Map.of("mode", mode), longs(1, 2, 3), longs(before, after));
        StringBuilder digits = new StringBuilder();
        for (long digit : whole(made)) {
            digits.append(digit);
        }
        assertThat(digits).hasToString(expected);
    }

    @Test
    void fillsUpNamedDimensionsWithANumberOfItsType() {
        Tensor x = longs(1, 2).reshape(1, 2);
        Tensor made = run("Pad", x, longs(1, 0), longs(1L << 60), longs(-2));
        assertThat(made.shape()).containsExactly(2, 2);
        assertThat(whole(made)).containsExactly(1L << 60, 1L << 60, 1, 2);
        assertThatThrownBy(() -> run("Pad", Map.of("mode", "mirror"), x, longs(1, 1, 1, 1)))
                .hasMessageContaining("mirror");
    }

    @Test
    void ofAnOddDifferenceTheLargerPartLiesBehind() {
        assertThat(whole(run("CenterCropPad", longs(1, 2, 3, 4), longs(1)))).containsExactly(2);
        assertThat(whole(run("CenterCropPad", longs(1, 2), longs(5)))).containsExactly(0, 1, 2, 0, 0);
    }

    @Test
    void sequencesAreTurnedRoundAsFarAsTheyGo() {
        Tensor x = longs(1, 2, 3, 4, 5, 6).reshape(2, 3);
        Map<String, Object> rows = Map.of("time_axis", 1L, "batch_axis", 0L);
        assertThat(whole(run("ReverseSequence", rows, x, longs(2, 3)))).containsExactly(2, 1, 3, 6, 5, 4);
        assertThat(whole(run("ReverseSequence", x, longs(1, 2, 1)))).containsExactly(1, 5, 3, 4, 2, 6);
    }

    @Test
    void triangles() {
        Tensor x = longs(1, 2, 3, 4).reshape(2, 2);
        assertThat(whole(run("Trilu", x))).containsExactly(1, 2, 0, 4);
        assertThat(whole(run("Trilu", Map.of("upper", 0L), x, longs(-1)))).containsExactly(0, 0, 3, 0);
    }
}
