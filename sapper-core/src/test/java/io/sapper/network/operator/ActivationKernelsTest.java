package io.sapper.network.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivationKernelsTest extends KernelTest {
    /** By the formulas of the specification, with its defaults, at -1.5 and at 2. */
    @ParameterizedTest
    @CsvSource({
        "Relu,            0,           2",
        "LeakyRelu,       -0.015,      2",
        "Elu,             -0.77686984, 2",
        "Selu,            -1.3658143,  2.1014020",
        "Celu,            -0.77686984, 2",
        "Sigmoid,         0.18242552,  0.88079708",
        "HardSigmoid,     0.2,         0.9",
        "HardSwish,       -0.375,      1.6666666",
        "Swish,           -0.27363828, 1.7615942",
        "Softplus,        0.20141328,  2.1269280",
        "Softsign,        -0.6,        0.6666667",
        "Tanh,            -0.90514825, 0.96402758",
        "Mish,            -0.29809976, 1.9439590",
        "Gelu,            -0.10021080, 1.9544997",
        "ThresholdedRelu, 0,           2",
        "Shrink,          -1.5,        2",
    })
    void activationsFollowTheirFormulas(String name, double atMinus, double atPlus) {
        float[] made = numbers(run(name, floats(-1.5, 2)));
        assertThat(made[0]).isCloseTo((float) atMinus, within(1e-6f));
        assertThat(made[1]).isCloseTo((float) atPlus, within(1e-6f));
    }

    @Test
    void settingsCount() {
        Tensor x = floats(-2, 3);
        assertThat(numbers(run("LeakyRelu", Map.of("alpha", 0.5f), x))).containsExactly(-1, 3);
        assertThat(numbers(run("HardSigmoid", Map.of("alpha", 0.25f, "beta", 0.25f), x)))
                .containsExactly(0, 1);
        assertThat(numbers(run("ThresholdedRelu", Map.of("alpha", 3f), x))).containsExactly(0, 0);
        assertThat(numbers(run("Shrink", Map.of("lambd", 2.5f, "bias", 1f), x))).containsExactly(0, 2);
        float tanhForm = numbers(run("Gelu", Map.of("approximate", "tanh"), x))[1];
        assertThat(tanhForm).isCloseTo(2.9963627f, within(1e-6f)); // 1.5 (1 + tanh(sqrt(2/pi) (3 + 0.044715 * 27)))
    }

    @Test
    void clipKeepsTheTypeAndObeysTheUpperBoundLast() {
        Tensor x = longs(-5, 0, 9);
        assertThat(whole(run("Clip", x, shaped(shape(), -2).to(ScalarType.Long), null)))
                .containsExactly(-2, 0, 9);
        assertThat(whole(run("Clip", x, null, floats(3)))).containsExactly(-5, 0, 3);
        assertThat(numbers(run("Clip", floats(-5, 0, 9), floats(2), floats(-1))))
                .containsExactly(-1, -1, -1);
        Tensor trained = floats(1).requires_grad_(true);
        assertThat(numbers(run("Clip", floats(-5, 9), null, trained))).containsExactly(-5, 1);
    }

    /** Up to opset 12 all dimensions from the axis on were one. */
    @Test
    void theOldSoftmaxRunsOverAllDimensionsFromItsAxis() {
        Tensor x = shaped(shape(1, 2, 2), 0, 0, 0, Math.log(3));
        assertThat(numbers(run("Softmax", Map.of("axis", 1L, Softmaxes.FLAT, 1L), x)))
                .containsExactly(new float[] {1 / 6f, 1 / 6f, 1 / 6f, 3 / 6f}, within(1e-6f));
        assertThat(numbers(run("Softmax", Map.of("axis", 1L), x)))
                .containsExactly(new float[] {0.5f, 0.25f, 0.5f, 0.75f}, within(1e-6f));
        assertThat(numbers(run("Softmax", x))).containsExactly(new float[] {0.5f, 0.5f, 0.25f, 0.75f}, within(1e-6f));
    }

    @Test
    void hardmaxMarksTheFirstOfEqualOnes() {
        Tensor x = shaped(shape(2, 3), 1, 3, 3, 2, 2, 1);
        assertThat(numbers(run("Hardmax", x))).containsExactly(0, 1, 0, 1, 0, 0);
        assertThat(numbers(run("Hardmax", Map.of("axis", 1L, Softmaxes.FLAT, 1L), x.reshape(1, 2, 3))))
                .containsExactly(0, 1, 0, 0, 0, 0);
    }

    @Test
    void gradientsFlow() {
        Tensor x = floats(-1, 2).requires_grad_(true);
        Tensor slope = floats(0.25, 0.5).requires_grad_(true);
        run("PRelu", x, slope).sum().backward();
        assertThat(numbers(x.grad())).containsExactly(0.25f, 1);
        assertThat(numbers(slope.grad())).containsExactly(-1, 0);
    }

    @Test
    void wholeNumbersAreRefusedWhereTheyMakeNoSense() {
        assertThatThrownBy(() -> run("Sigmoid", longs(1))).hasMessageContaining("whole numbers");
    }
}
