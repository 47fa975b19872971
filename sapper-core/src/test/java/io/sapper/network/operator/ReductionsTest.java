package io.sapper.network.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReductionsTest extends KernelTest {
    /** Rows (3, -4) and (1, 2), each to one number. */
    @ParameterizedTest
    @CsvSource({
        "ReduceSum,       -1,        3",
        "ReduceMean,      -0.5,      1.5",
        "ReduceMax,       3,         2",
        "ReduceMin,       -4,        1",
        "ReduceProd,      -12,       2",
        "ReduceL1,        7,         3",
        "ReduceL2,        5,         2.236068",
        "ReduceSumSquare, 25,        5",
        "ReduceLogSumExp, 3.0009115, 2.3132617",
    })
    void rowsBecomeNumbers(String name, float first, float second) {
        Tensor x = shaped(shape(2, 2), 3, -4, 1, 2);
        Tensor made = run(name, Map.of("keepdims", 0L), x, longs(-1));
        assertThat(made.shape()).containsExactly(2);
        assertThat(numbers(made)).containsExactly(new float[] {first, second}, within(1e-5f));
        assertThat(run(name, x, longs(1)).shape()).containsExactly(2, 1);
        assertThat(run(name, x).shape()).containsExactly(1, 1);
    }

    /** The steps around the reduction are done all the same. */
    @ParameterizedTest
    @CsvSource({"ReduceSum, -4", "ReduceL1, 4", "ReduceL2, 4", "ReduceSumSquare, 16", "ReduceLogSumExp, -4"})
    void noAxesMeanNothingToReduceOnRequest(String name, float expected) {
        Tensor x = floats(-4);
        Map<String, Object> on = Map.of("noop_with_empty_axes", 1L, "keepdims", 0L);
        assertThat(run(name, on, x).shape()).containsExactly(1);
        assertThat(numbers(run(name, on, x, torch.empty(0).to(ScalarType.Long))))
                .containsExactly(expected);
        assertThat(run(name, Map.of("keepdims", 0L), x).shape()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ReduceSum, 0",
        "ReduceProd, 1",
        "ReduceMax, -Infinity",
        "ReduceMin, Infinity",
        "ReduceL2, 0",
        "ReduceLogSum, -Infinity",
        "ReduceLogSumExp, -Infinity"
    })
    void noNumbersHaveTheResultOfTheSpecification(String name, float expected) {
        assertThat(numbers(run(name, torch.zeros(2, 0), longs(1)))).containsExactly(expected, expected);
    }

    @Test
    void wholeNumbersStayWhole() {
        Tensor x = longs(-3, -4).to(ScalarType.Int);
        assertThat(whole(run("ReduceMean", x))).containsExactly(-3);
        assertThat(whole(run("ReduceL2", longs(1, 2)))).containsExactly(2);
        assertThat(run("ReduceSum", x).scalar_type().intern()).isEqualTo(ScalarType.Int);
        assertThat(whole(run("ReduceMax", torch.zeros(1, 0).to(ScalarType.Int), longs(1))))
                .containsExactly(Integer.MIN_VALUE);
    }

    @Test
    void theNormOfZerosHasAGradient() {
        Tensor x = floats(0, 0).requires_grad_(true);
        run("ReduceL2", Map.of("keepdims", 0L), x).backward();
        assertThat(numbers(x.grad())).containsExactly(0, 0);
    }

    @Test
    void axesThatAreNoneAreRefused() {
        assertThatThrownBy(() -> run("ReduceSum", floats(1), longs(1))).hasMessageContaining("axis 1");
        assertThatThrownBy(() -> run("ReduceSum", floats(1), longs(0, -1))).hasMessageContaining("twice");
    }

    @Test
    void sumsSoFar() {
        Tensor x = floats(1, 2, 3);
        Tensor axis = longs(0);
        assertThat(numbers(run("CumSum", x, axis))).containsExactly(1, 3, 6);
        assertThat(numbers(run("CumSum", Map.of("exclusive", 1L), x, axis))).containsExactly(0, 1, 3);
        assertThat(numbers(run("CumSum", Map.of("reverse", 1L), x, axis))).containsExactly(6, 5, 3);
        assertThat(numbers(run("CumSum", Map.of("exclusive", 1L, "reverse", 1L), x, axis)))
                .containsExactly(5, 3, 0);
        Tensor infinite = floats(Double.POSITIVE_INFINITY, 1);
        assertThat(numbers(run("CumSum", Map.of("exclusive", 1L), infinite, axis)))
                .containsExactly(0, Float.POSITIVE_INFINITY);
    }

    @Test
    void theFirstOrTheLastOfEqualOnesIsTheGreatest() {
        Tensor x = floats(2, 5, 5, 2);
        assertThat(whole(run("ArgMax", x))).containsExactly(1);
        assertThat(whole(run("ArgMax", Map.of("select_last_index", 1L), x))).containsExactly(2);
        assertThat(whole(run("ArgMin", Map.of("select_last_index", 1L, "keepdims", 0L), x)))
                .containsExactly(3);
    }

    @Test
    void ofEqualOnesTheFirstComesFirst() {
        List<Tensor> top = all("", "TopK", 2, Map.of(), floats(1, 3, 2, 3, 3), longs(4));
        assertThat(numbers(top.get(0))).containsExactly(3, 3, 3, 2);
        assertThat(whole(top.get(1))).containsExactly(1, 3, 4, 2);
        List<Tensor> least = all("", "TopK", 2, Map.of("largest", 0L), floats(2, 1, 1), longs(2));
        assertThat(whole(least.get(1))).containsExactly(1, 2);
        assertThatThrownBy(() -> all("", "TopK", 2, Map.of(), floats(2, 1), longs(3)))
                .hasMessageContaining("K");
    }
}
