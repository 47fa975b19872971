package io.sapper.network.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class ArithmeticTest extends KernelTest {
    @Test
    void wholeNumbersDivideTowardsZero() {
        Tensor made = run("Div", longs(-7, 7, -7, 7), longs(2, -2, -2, 2));
        assertThat(whole(made)).containsExactly(-3, -3, 3, 3);
        assertThat(made.scalar_type().intern()).isEqualTo(ScalarType.Long);
    }

    /** The example of the specification. */
    @Test
    void moduloHasTheSignOfTheDivisorOrOfTheDividend() {
        Tensor x = longs(-4, 7, 5, 4, -7, 8);
        Tensor y = longs(2, -3, 8, -2, 3, 5);
        assertThat(whole(run("Mod", x, y))).containsExactly(0, -2, 5, 0, 2, 3);
        assertThat(whole(run("Mod", Map.of("fmod", 1L), x, y))).containsExactly(0, 1, 5, 0, -1, 3);
        assertThatThrownBy(() -> run("Mod", floats(1), floats(2))).hasMessageContaining("fmod");
    }

    @Test
    void aPowerHasTheTypeOfItsBase() {
        Tensor made = run("Pow", longs(2, 3, 5), floats(0.5, 1.5, 2));
        assertThat(made.scalar_type().intern()).isEqualTo(ScalarType.Long);
        assertThat(whole(made)).containsExactly(1, 5, 25);
        assertThat(numbers(run("Pow", floats(-3, 2), shaped(shape(), 2)))).containsExactly(9, 4);
    }

    @Test
    void shiftsAreThoseOfUnsignedNumbers() {
        Map<String, Object> left = Map.of("direction", "LEFT");
        Map<String, Object> right = Map.of("direction", "RIGHT");
        Tensor top = longs(Long.MIN_VALUE, Long.MIN_VALUE);
        assertThat(whole(run("BitShift", right, top, longs(4, 0)))).containsExactly(1L << 59, Long.MIN_VALUE);
        Tensor sixteenBits = longs(60000).to(ScalarType.Int);
        assertThat(whole(run("BitShift", left, sixteenBits, longs(4).to(ScalarType.Int))))
                .containsExactly(60000 * 16 % 65536);
        assertThat(whole(run("BitShift", left, longs(3), longs(4)))).containsExactly(48);
    }

    /** Whether the number has 32 or 64 bits cannot be seen any more. */
    @Test
    void aShiftThatMayOverflowIsRefused() {
        assertThatThrownBy(() -> run("BitShift", Map.of("direction", "LEFT"), longs(1L << 31), longs(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not told apart");
    }

    @Test
    void bitsAreTurnedWhereTheirNumberIsCertain() {
        assertThat(whole(run("BitwiseNot", longs(0, 200).to(ScalarType.Byte)))).containsExactly(255, 55);
        assertThat(whole(run("BitwiseNot", longs(-1, 5)))).containsExactly(0, -6);
        assertThatThrownBy(() -> run("BitwiseNot", longs(5).to(ScalarType.Int))).hasMessageContaining("not told apart");
    }

    @Test
    void choosesByACondition() {
        Tensor condition = longs(1, 0).to(ScalarType.Bool);
        assertThat(numbers(run("Where", condition, floats(1, 2), shaped(shape(2, 1), 8, 9))))
                .containsExactly(1, 8, 1, 9);
        assertThatThrownBy(() -> run("Where", longs(1), floats(1), floats(2))).hasMessageContaining("bool");
    }

    /** In opset 6, the second input could begin at any dimension of the first. */
    @Test
    void theSecondInputOfOldNodesBeginsWhereTheySay() {
        Tensor x = shaped(shape(2, 2, 1), 1, 2, 3, 4);
        Tensor made = run("Add", Map.of(Aligned.FROM, 0L), x, floats(10, 20));
        assertThat(numbers(made)).containsExactly(11, 12, 23, 24);
        assertThat(numbers(run("PRelu", Map.of(Aligned.FROM, 1L), x.neg(), floats(10, 20))))
                .containsExactly(-10, -40, -30, -80);
    }

    @Test
    void manyInputsAreStretchedToEachOther() {
        Tensor column = shaped(shape(2, 1), 1, 5);
        Tensor row = floats(2, 3);
        assertThat(numbers(run("Max", column, row))).containsExactly(2, 3, 5, 5);
        assertThat(numbers(run("Mean", column, row, floats(0)))).containsExactly(1, 4 / 3f, 7 / 3f, 8 / 3f);
        assertThat(numbers(run("Sum", row))).containsExactly(2, 3);
    }

    @Test
    void halvesAreRoundedToEvenNumbers() {
        assertThat(numbers(run("Round", floats(0.5, 1.5, 2.5, -1.5, -2.5)))).containsExactly(0, 2, 2, -2, -2);
    }

    @Test
    void functionsOfRealNumbersRefuseWholeOnes() {
        assertThatThrownBy(() -> run("Sqrt", longs(4))).hasMessageContaining("whole numbers");
    }

    @Test
    void infinityIsFoundOnTheSideThatIsAskedFor() {
        Tensor x = floats(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1);
        assertThat(whole(run("IsInf", x))).containsExactly(0, 1, 1, 0);
        assertThat(whole(run("IsInf", Map.of("detect_negative", 0L), x))).containsExactly(0, 1, 0, 0);
        assertThat(whole(run("IsInf", Map.of("detect_positive", 0L), x))).containsExactly(0, 0, 1, 0);
        assertThat(whole(run("IsInf", Map.of("detect_positive", 0L, "detect_negative", 0L), x)))
                .containsExactly(0, 0, 0, 0);
        assertThat(whole(run("IsNaN", x))).containsExactly(1, 0, 0, 0);
    }
}
