package io.sapper.network.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class NormalizationTest extends KernelTest {
    private static final Offset<Float> NEAR = within(1e-4f);

    /** Mean 2, variance of the batch itself 1 (its estimate would be 2). */
    @Test
    void statisticsOfTheBatch() {
        Tensor x = shaped(shape(2, 1), 1, 3);
        List<Tensor> made = all(
                "",
                "BatchNormalization",
                3,
                Map.of("training_mode", 1L, "momentum", 0.75f, "epsilon", 0f),
                x,
                floats(2),
                floats(10),
                floats(4),
                floats(5));
        assertThat(numbers(made.get(0))).containsExactly(8, 12);
        assertThat(numbers(made.get(1))).containsExactly(3.5f); // 0.75 * 4 + 0.25 * 2
        assertThat(numbers(made.get(2))).containsExactly(4);
    }

    @Test
    void layersGiveTheirStatistics() {
        Tensor x = shaped(shape(1, 2, 2), 1, 3, 5, 7); // mean 4, variance 5
        List<Tensor> made = all(
                "",
                "LayerNormalization",
                3,
                Map.of("axis", 1L, "epsilon", 0f),
                x,
                shaped(shape(2, 2), 1, 1, 1, 2),
                shaped(shape(2, 2), 0, 0, 0, 1));
        float unit = (float) (1 / Math.sqrt(5));
        assertThat(numbers(made.get(0))).containsExactly(new float[] {-3 * unit, -unit, unit, 6 * unit + 1}, NEAR);
        assertThat(made.get(1).shape()).containsExactly(1, 1, 1);
        assertThat(numbers(made.get(1))).containsExactly(4);
        assertThat(numbers(made.get(2))).containsExactly(new float[] {unit}, NEAR);
    }

    @Test
    void rootMeanSquareKeepsTheMean() {
        Tensor made = run("RMSNormalization", Map.of("epsilon", 0f), floats(1, 7), floats(1, 2)); // root of 25
        assertThat(numbers(made)).containsExactly(new float[] {0.2f, 2.8f}, NEAR);
    }

    /** Opset 18 had one parameter for each group, opset 21 has one for each channel. */
    @Test
    void groupsWithBothKindsOfParameters() {
        Tensor x = shaped(shape(1, 4, 1), 1, 3, 10, 30);
        Map<String, Object> two = Map.of("num_groups", 2L, "epsilon", 0f);
        assertThat(numbers(run("GroupNormalization", two, x, floats(1, 2), floats(0, 5))))
                .containsExactly(new float[] {-1, 1, 3, 7}, NEAR);
        assertThat(numbers(run("GroupNormalization", two, x, floats(1, 2, 3, 4), floats(0, 0, 0, 5))))
                .containsExactly(new float[] {-1, 2, -3, 9}, NEAR);
    }

    /** Of an even size, one channel more behind than before. */
    @Test
    void neighbouringChannels() {
        Tensor x = shaped(shape(1, 3, 1, 1), 1, 2, 3);
        Tensor made = run("LRN", Map.of("size", 2L, "alpha", 2f, "beta", 1f, "bias", 0f), x);
        assertThat(numbers(made)).containsExactly(new float[] {1 / 5f, 2 / 13f, 3 / 9f}, NEAR);
    }

    @Test
    void nothingStaysNothing() {
        assertThat(numbers(run("LpNormalization", floats(0, 0)))).containsExactly(0, 0);
        assertThat(numbers(run("LpNormalization", Map.of("p", 1L), floats(1, -3))))
                .containsExactly(0.25f, -0.75f);
        Map<String, Object> over = Map.of("axes", List.of(0L));
        assertThat(numbers(run("MeanVarianceNormalization", over, floats(1, 3))))
                .containsExactly(new float[] {-1, 1}, NEAR);
    }

    @Test
    void droppingOutByChanceIsRefused() {
        Tensor training = longs(1).to(ScalarType.Bool);
        assertThat(numbers(run("Dropout", floats(1, 2), floats(0), training))).containsExactly(1, 2);
        assertThatThrownBy(() -> run("Dropout", floats(1, 2), floats(0.5), training))
                .hasMessageContaining("training_mode");
        List<Tensor> made = all("", "Dropout", 2, Map.of(), floats(1, 2));
        assertThat(numbers(made.get(1))).containsExactly(1, 1);
    }

    /** Root of 25; with what is added: (3 4) + (1 -1) + (2 2), root of the mean of 36 and 25. */
    @Test
    void simplifiedOnesTakeNothingOff() {
        Tensor x = shaped(shape(1, 2), 1, 7);
        List<Tensor> made = all("", "SimplifiedLayerNormalization", 2, Map.of("epsilon", 0f), x, floats(1, 2));
        assertThat(numbers(made.get(0))).containsExactly(new float[] {0.2f, 2.8f}, NEAR);
        assertThat(numbers(made.get(1))).containsExactly(new float[] {0.2f}, NEAR);
        List<Tensor> sum = all(
                "com.microsoft",
                "SkipSimplifiedLayerNormalization",
                4,
                Map.of("epsilon", 0f),
                shaped(shape(1, 2), 3, 4),
                shaped(shape(1, 2), 1, -1),
                floats(1, 10),
                floats(2, 2));
        float root = (float) Math.sqrt(30.5);
        assertThat(numbers(sum.get(0))).containsExactly(new float[] {6 / root, 50 / root}, NEAR);
        assertThat(numbers(sum.get(2))).containsExactly(new float[] {1 / root}, NEAR);
        assertThat(numbers(sum.get(3))).containsExactly(6, 5);
    }
}
