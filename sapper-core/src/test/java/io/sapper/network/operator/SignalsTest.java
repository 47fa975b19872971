package io.sapper.network.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalsTest extends KernelTest {
    /** Four samples: at no, a quarter, half and three quarters of a turn; or, symmetric, five at quarters. */
    @ParameterizedTest
    @CsvSource({"HannWindow, 0, 0.5, 1", "HammingWindow, 0.08695652, 0.54347826, 1", "BlackmanWindow, 0, 0.34, 1"})
    void windowsTurnOnce(String name, float end, float quarter, float middle) {
        assertThat(numbers(run(name, longs(4))))
                .containsExactly(new float[] {end, quarter, middle, quarter}, within(1e-6f));
        assertThat(numbers(run(name, Map.of("periodic", 0L), longs(5))))
                .containsExactly(new float[] {end, quarter, middle, quarter, end}, within(1e-6f));
        assertThat(run(name, Map.of("output_datatype", 11L), longs(4))
                        .scalar_type()
                        .intern())
                .isEqualTo(ScalarType.Double);
    }

    /** Signal 1 2 3 4: sums 10, -2+2i, -2, -2-2i. */
    @Test
    void aTransformAndItsWayBack() {
        Tensor x = shaped(shape(1, 4, 1), 1, 2, 3, 4);
        Tensor made = run("DFT", x);
        assertThat(numbers(made)).containsExactly(new float[] {10, 0, -2, 2, -2, 0, -2, -2}, within(1e-5f));
        assertThat(numbers(run("DFT", Map.of("inverse", 1L), made)))
                .containsExactly(new float[] {1, 0, 2, 0, 3, 0, 4, 0}, within(1e-5f));
        Tensor half = run("DFT", Map.of("onesided", 1L), x);
        assertThat(half.shape()).containsExactly(1, 3, 2);
        Tensor back = run("DFT", Map.of("onesided", 1L, "inverse", 1L), half);
        assertThat(back.shape()).containsExactly(1, 4, 1);
        assertThat(numbers(back)).containsExactly(new float[] {1, 2, 3, 4}, within(1e-5f));
    }

    @Test
    void aTransformAlongAnotherDimensionAndOfAnotherLength() {
        Tensor x = shaped(shape(2, 2, 1), 1, 2, 3, 4);
        assertThat(numbers(run("DFT", x, null, longs(0))))
                .containsExactly(new float[] {4, 0, 6, 0, -2, 0, -2, 0}, within(1e-5f));
        assertThat(run("DFT", x, longs(5)).shape()).containsExactly(2, 5, 2);
        Known empty = new Shapes(Attributes.NONE, x, longs(4), torch.empty(0));
        assertThatThrownBy(() -> Part.sizes("DFT", empty, 0, 1, 2)).hasMessageContaining("one axis");
        assertThatThrownBy(() -> run("DFT", x, null, longs(-1))).hasMessageContaining("real and imaginary");
    }

    /** Frames (1 2), (2 3), (3 4): sum and difference. */
    @Test
    void framesAreTransformedOneByOne() {
        Tensor x = shaped(shape(1, 4, 1), 1, 2, 3, 4);
        Tensor made = run("STFT", x, longs(1), floats(1, 1));
        assertThat(made.shape()).containsExactly(1, 3, 2, 2);
        assertThat(numbers(made)).containsExactly(new float[] {3, 0, -1, 0, 5, 0, -1, 0, 7, 0, -1, 0}, within(1e-5f));
        assertThat(numbers(run("STFT", Map.of("onesided", 0L), x, longs(2), floats(1, 0), longs(2))))
                .containsExactly(new float[] {1, 0, 1, 0, 3, 0, 3, 0}, within(1e-5f));
        assertThat(run("STFT", x, longs(3), null, longs(3)).shape()).containsExactly(1, 1, 2, 2);
    }

    /** Eight bands over nine bins, as the specification's own example has them: its first and its last row. */
    @Test
    void bandsOfMelsOverlap() {
        Tensor made =
                run("MelWeightMatrix", longs(8), longs(16), longs(8192), shaped(shape(), 0), shaped(shape(), 4096));
        assertThat(made.shape()).containsExactly(9, 8);
        assertThat(numbers(made.select(0, 0))).containsExactly(1, 1, 0, 0, 0, 0, 0, 0);
        assertThat(numbers(made.select(0, 1))).containsExactly(0, 0, 1, 1, 0, 0, 0, 0);
        assertThat(numbers(made.select(0, 8))).containsOnly(0);
    }

    @Test
    void wholeNumbersAreNoSignal() {
        assertThatThrownBy(() -> run("DFT", longs(1).reshape(1, 1, 1))).hasMessageContaining("whole numbers");
    }
}
