package io.sapper.network.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class FusedQuantizedTest extends KernelTest {
    private static Tensor number(double value) {
        return shaped(shape(), value);
    }

    private static Tensor byteOf(long value) {
        return bytes(value).reshape();
    }

    private static Tensor bytes(long... values) {
        return longs(values).to(ScalarType.Byte);
    }

    private static Tensor microsoft(String name, Map<String, Object> settings, Tensor... inputs) {
        return all("com.microsoft", name, 1, settings, inputs).get(0);
    }

    /** (10 - 8) / 2 + (5 - 1) / 4 = 2 and -4 + 25, in steps of a half from 7. */
    @Test
    void sumsInSteps() {
        Tensor made = microsoft(
                "QLinearAdd",
                Map.of(),
                bytes(10, 0),
                number(0.5),
                byteOf(8),
                bytes(5, 101),
                number(0.25),
                byteOf(1),
                number(0.5),
                byteOf(7));
        assertThat(whole(made)).containsExactly(11, 49);
    }

    @Test
    void partsHaveTheirOwnSteps() {
        Tensor made = microsoft(
                "QLinearConcat",
                Map.of("axis", 0L),
                number(0.5),
                byteOf(1),
                bytes(4),
                number(1),
                byteOf(0),
                bytes(4),
                number(2),
                byteOf(3));
        assertThat(whole(made)).containsExactly(9, 5);
    }

    /** Zero points of columns, of a matrix that is turned: (2 3) x ((4-1) (5-1)) = 18 and (2 3) x ((6-2) (7-2)) = 23. */
    @Test
    void aGeneralProduct() {
        Tensor a = bytes(3, 4).reshape(1, 2);
        Tensor b = bytes(4, 5, 6, 7).reshape(2, 2);
        Tensor made = microsoft(
                "QGemm",
                Map.of("transB", 1L, "alpha", 2f),
                a,
                number(0.5),
                byteOf(1),
                b,
                floats(1, 0.5),
                bytes(1, 2),
                longs(2, 1).to(ScalarType.Int));
        assertThat(numbers(made)).containsExactly(20, 12);
    }

    @Test
    void theInputIsQuantizedOnTheWay() {
        Tensor made = microsoft(
                "DynamicQuantizeMatMul", Map.of(), floats(0, 255).reshape(1, 2), bytes(9, 3).reshape(2, 1), number(2));
        assertThat(numbers(made)).containsExactly(new float[] {1530}, within(1e-3f));
    }

    @Test
    void channelsInTheLastDimensionAreRefused() {
        Tensor x = bytes(1).reshape(1, 1, 1, 1);
        assertThatThrownBy(() -> microsoft(
                        "QLinearGlobalAveragePool",
                        Map.of("channels_last", 1L),
                        x,
                        number(1),
                        byteOf(0),
                        number(1),
                        byteOf(0)))
                .hasMessageContaining("last dimension");
    }
}
