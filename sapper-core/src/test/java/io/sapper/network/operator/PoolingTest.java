package io.sapper.network.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class PoolingTest extends KernelTest {
    private static Map<String, Object> window(long kernel, long stride, Object... more) {
        Map<String, Object> settings =
                new java.util.TreeMap<>(Map.of("kernel_shape", List.of(kernel), "strides", List.of(stride)));
        for (int i = 0; i < more.length; i += 2) {
            settings.put((String) more[i], more[i + 1]);
        }
        return settings;
    }

    /** 1 2 3 4 5 with windows of two, two apart: the last window holds the 5 alone. */
    @Test
    void aLastWindowMayReachOverTheEnd() {
        Tensor x = shaped(shape(1, 1, 5), 1, 2, 3, 4, 5);
        assertThat(numbers(run("MaxPool", window(2, 2), x))).containsExactly(2, 4);
        assertThat(numbers(run("MaxPool", window(2, 2, "ceil_mode", 1L), x))).containsExactly(2, 4, 5);
        assertThat(numbers(run("AveragePool", window(2, 2, "ceil_mode", 1L), x)))
                .containsExactly(1.5f, 3.5f, 5);
        assertThat(numbers(run("AveragePool", window(2, 2, "ceil_mode", 1L, "count_include_pad", 1L), x)))
                .containsExactly(1.5f, 3.5f, 5); // what lies beyond the padding is no padding
    }

    @Test
    void paddingCountsOnlyOnRequest() {
        Tensor x = shaped(shape(1, 1, 3), 3, 6, 9);
        List<Long> uneven = List.of(1L, 0L);
        assertThat(numbers(run("AveragePool", window(2, 1, "pads", uneven), x))).containsExactly(3, 4.5f, 7.5f);
        assertThat(numbers(run("AveragePool", window(2, 1, "pads", uneven, "count_include_pad", 1L), x)))
                .containsExactly(1.5f, 4.5f, 7.5f);
    }

    @Test
    void paddingIsNeverTheLargest() {
        Tensor x = shaped(shape(1, 1, 2), -3, -6);
        assertThat(numbers(run("MaxPool", window(2, 1, "pads", List.of(1L, 1L)), x)))
                .containsExactly(-3, -3, -6);
    }

    /** Places count over images and channels, and in columns where the node says so. */
    @Test
    void placesOfTheLargest() {
        Tensor x = shaped(shape(1, 2, 2, 3), 9, 1, 1, 1, 1, 8, 1, 1, 7, 6, 1, 1);
        Map<String, Object> rows = Map.of("kernel_shape", List.of(2L, 2L));
        List<Tensor> made = all("", "MaxPool", 2, rows, x);
        assertThat(numbers(made.get(0))).containsExactly(9, 8, 6, 7);
        assertThat(whole(made.get(1))).containsExactly(0, 5, 9, 8);
        Map<String, Object> columns = Map.of("kernel_shape", List.of(2L, 2L), "storage_order", 1L);
        assertThat(whole(all("", "MaxPool", 2, columns, x).get(1))).containsExactly(0, 5, 7, 10);
    }

    @Test
    void whatWasPooledGoesBackToItsPlace() {
        Tensor made = run(
                "MaxUnpool",
                window(2, 2),
                shaped(shape(1, 1, 2), 5, 7),
                longs(1, 2).reshape(1, 1, 2));
        assertThat(numbers(made)).containsExactly(0, 5, 7, 0);
        Tensor larger = run(
                "MaxUnpool",
                window(2, 2),
                shaped(shape(1, 1, 2), 5, 7),
                longs(1, 2).reshape(1, 1, 2),
                longs(1, 1, 5));
        assertThat(numbers(larger)).containsExactly(0, 5, 7, 0, 0);
    }

    @Test
    void normsHaveASlopeAtZero() {
        Tensor x = shaped(shape(1, 1, 4), 3, -4, 0, 0).requires_grad_(true);
        Tensor made = run("LpPool", window(2, 2), x);
        assertThat(numbers(made)).containsExactly(5, 0);
        made.sum().backward();
        assertThat(numbers(x.grad())).containsExactly(new float[] {0.6f, -0.8f, 0, 0}, within(1e-6f));
        assertThat(numbers(run("GlobalLpPool", Map.of("p", 1L), x))).containsExactly(7);
    }

    @Test
    void windowsThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> run("MaxPool", window(6, 1), shaped(shape(1, 1, 5), 1, 2, 3, 4, 5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("spans 6");
    }
}
