package io.sapper.network.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class QuantizationTest extends KernelTest {
    private static Tensor number(double value) {
        return shaped(shape(), value);
    }

    private static Tensor bytes(long... values) {
        return longs(values).to(ScalarType.Byte);
    }

    @Test
    void roundsHalvesToEvenAndSaturates() {
        Tensor x = floats(0.5, 1.5, -2.5, 1000, -1000);
        assertThat(whole(run("QuantizeLinear", x, number(1), bytes(128)))).containsExactly(128, 130, 126, 255, 0);
        assertThat(whole(run("QuantizeLinear", Map.of("output_dtype", 3L), x, number(1))))
                .containsExactly(0, 2, -2, 127, -128);
        Tensor wide = run("QuantizeLinear", x, number(0.01), longs(7).to(ScalarType.Int));
        assertThat(whole(wide)).containsExactly(57, 157, 0, 65535, 0);
    }

    @Test
    void eachChannelHasItsScale() {
        Tensor x = shaped(shape(1, 2, 2), 1, 2, 3, 4);
        Tensor scales = floats(0.5, 2);
        Tensor made = run("QuantizeLinear", x, scales, bytes(0, 10));
        assertThat(whole(made)).containsExactly(2, 4, 12, 12);
        assertThat(numbers(run("DequantizeLinear", made, scales, bytes(0, 10)))).containsExactly(1, 2, 4, 4);
        assertThat(whole(run("QuantizeLinear", Map.of("axis", -1L), x, scales))).containsExactly(2, 1, 6, 2);
    }

    /** The last block may be short. */
    @Test
    void eachBlockHasItsScale() {
        Map<String, Object> blocks = Map.of("axis", 1L, "block_size", 2L);
        Tensor steps = bytes(1, 2, 3).reshape(1, 3);
        Tensor scales = shaped(shape(1, 2), 0.5, 10);
        assertThat(numbers(run("DequantizeLinear", blocks, steps, scales))).containsExactly(0.5f, 1, 30);
        assertThatThrownBy(() -> run("DequantizeLinear", blocks, steps, shaped(shape(1, 3), 1, 2, 3)))
                .hasMessageContaining("blocks of 2");
    }

    @Test
    void whatIsNoQuantizedTypeIsRefused() {
        assertThatThrownBy(() -> run("QuantizeLinear", Map.of("output_dtype", 17L), floats(1), number(1)))
                .hasMessageContaining("element type 17");
        assertThatThrownBy(() -> run("QuantizeLinear", Map.of("output_dtype", 7L), floats(1), number(1)))
                .hasMessageContaining("int64");
    }

    /** Range -1 to 4: scale 5/255 = 1/51, zero point 51. */
    @Test
    void theRangeIsFoundInTheData() {
        List<Tensor> made = all("", "DynamicQuantizeLinear", 3, Map.of(), floats(-1, 0, 4));
        assertThat(whole(made.get(0))).containsExactly(0, 51, 255);
        assertThat(numbers(made.get(1))).containsExactly(new float[] {1 / 51f}, within(1e-8f));
        assertThat(whole(made.get(2))).containsExactly(51);
        assertThat(whole(all("", "DynamicQuantizeLinear", 3, Map.of(), floats(1, 4))
                        .get(0)))
                .containsExactly(64, 255); // 0 belongs to it: 1 / (4 / 255) = 63.75
        assertThat(whole(all("", "DynamicQuantizeLinear", 3, Map.of(), floats(0, 0))
                        .get(0)))
                .containsExactly(0, 0);
    }

    @Test
    void castsCutToTheirOwnBits() {
        Tensor x = longs(-1, 70000, 5);
        assertThat(whole(run("Cast", Map.of("to", 4L), x))).containsExactly(65535, 4464, 5); // uint16
        assertThat(whole(run("Cast", Map.of("to", 12L), x))).containsExactly(4294967295L, 70000, 5); // uint32
        assertThat(whole(run("Cast", Map.of("to", 3L), x))).containsExactly(-1, 112, 5); // int8
        assertThat(whole(run("Cast", Map.of("to", 6L), floats(-1.9, 1.9)))).containsExactly(-1, 1);
        assertThat(whole(run("Cast", Map.of("to", 9L), floats(0, 0.1, Double.NaN))))
                .containsExactly(0, 1, 1);
        assertThat(run("CastLike", x, floats(1)).scalar_type().intern()).isEqualTo(ScalarType.Float);
        assertThatThrownBy(() -> run("Cast", Map.of("to", 8L), x)).hasMessageContaining("element type 8");
    }

    @Test
    void ranges() {
        assertThat(whole(run("Range", longs(10), longs(4), longs(-3)))).containsExactly(10, 7);
        assertThat(whole(run("Range", longs(1), longs(1), longs(1)))).isEmpty();
        assertThat(numbers(run("Range", number(1), number(2), number(0.5)))).containsExactly(1, 1.5f);
        assertThatThrownBy(() -> run("Range", longs(1), longs(2), longs(0))).hasMessageContaining("step of 0");
    }

    @Test
    void fusedOperatorsAreTheirParts() {
        Tensor x = shaped(shape(1, 1, 1, 2), 1, -1);
        Tensor weight = shaped(shape(1, 1, 1, 1), 2);
        Tensor more = shaped(shape(1, 1, 1, 2), 0, 1);
        Map<String, Object> leaky = Map.of("activation", "LeakyRelu", "activation_params", List.of(0.5f));
        assertThat(numbers(microsoft("FusedConv", leaky, x, weight, floats(1), more)))
                .containsExactly(3, 0);
        assertThat(numbers(microsoft("FusedConv", leaky, x, weight, floats(-1))))
                .containsExactly(1, -1.5f);
        assertThatThrownBy(() -> microsoft("FusedConv", Map.of("activation", "Selu"), x, weight))
                .hasMessageContaining("Selu");
        Tensor a = shaped(shape(1, 2), 1, -2);
        assertThat(numbers(microsoft("FusedGemm", Map.of("activation", "Relu", "transB", 1L), a, a.neg(), floats(9))))
                .containsExactly(4);
        assertThat(numbers(microsoft("FusedMatMul", Map.of("transB", 1L, "alpha", 2f), a, a)))
                .containsExactly(10);
        assertThat(numbers(microsoft("QuickGelu", Map.of("alpha", 1f), floats(2))))
                .containsExactly(new float[] {1.7615942f}, within(1e-6f));
    }

    /** (1 3) + (0 0): mean 2, deviation 1. */
    @Test
    void theSumIsNormalized() {
        Tensor x = shaped(shape(1, 2), 1, 3);
        List<Tensor> made = all(
                "com.microsoft",
                "SkipLayerNormalization",
                4,
                Map.of(),
                x,
                floats(0, 0).reshape(1, 2),
                floats(10, 10),
                floats(1, 2),
                floats(5, 5));
        assertThat(numbers(made.get(0))).containsExactly(new float[] {-9, 12}, within(1e-4f));
        assertThat(numbers(made.get(1))).containsExactly(7);
        assertThat(numbers(made.get(3))).containsExactly(6, 8);
    }

    private static Tensor microsoft(String name, Map<String, Object> settings, Tensor... inputs) {
        return all("com.microsoft", name, 1, settings, inputs).get(0);
    }
}
