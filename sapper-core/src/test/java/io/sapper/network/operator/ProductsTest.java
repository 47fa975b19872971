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

class ProductsTest extends KernelTest {

    private static Tensor counted(long... shape) {
        double[] values = new double[(int) Sizes.count(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = i + 1;
        }
        return shaped(shape, values);
    }

    @Test
    void generalProductHasItsFactorsAndTurns() {
        Tensor a = counted(3, 2); // turned: (1 3 5) (2 4 6)
        Tensor b = counted(2, 3); // turned: (1 4) (2 5) (3 6)
        Map<String, Object> set = Map.of("transA", 1L, "transB", 1L, "alpha", 0.5f, "beta", 2f);
        // (1 3 5) x (1 2 3) = 22, x (4 5 6) = 49; (2 4 6): 28, 64
        assertThat(numbers(run("Gemm", set, a, b, shaped(shape(2, 1), 10, 20)))).containsExactly(31, 44.5f, 54, 72);
        assertThat(whole(run("Gemm", longs(2).reshape(1, 1), longs(3).reshape(1, 1), longs(4))))
                .containsExactly(10);
    }

    @Test
    void wholeNumbersAreNotMultipliedByFractions() {
        Tensor one = longs(1).reshape(1, 1);
        assertThatThrownBy(() -> run("Gemm", Map.of("alpha", 0.5f), one, one)).hasMessageContaining("0.5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ij,jk->ik        | 2 3     | 3 2   | 2 2     | 22 28 49 64",
                "ij , jk          | 2 3     | 3 2   | 2 2     | 22 28 49 64",
                "ba,ca            | 1 2     | 2 2   | 1 2     | 5 11",
                "i,j->ji          | 2       | 2     | 2 2     | 1 2 2 4",
                "...ij,jk->...ki  | 1 1 2   | 2 1   | 1 1 1   | 5",
                "ij,ij->          | 2 2     | 2 2   |         | 30",
            })
    void sumsOverNamedDimensions(String equation, String first, String second, String shape, String expected) {
        Tensor a = counted(list(first));
        Tensor b = counted(list(second));
        Tensor made = run("Einsum", Map.of("equation", equation), a, b);
        long[] sizes = shape == null ? new long[0] : list(shape);
        assertThat(made.shape()).containsExactly(sizes);
        assertThat(whole(made)).containsExactly(list(expected));
        assertThat(sizes("Einsum", equation, a, b)).containsExactly(sizes);
    }

    private static long[] list(String text) {
        return java.util.Arrays.stream(text.trim().split(" "))
                .mapToLong(Long::parseLong)
                .toArray();
    }

    private static long[] sizes(String name, String equation, Tensor... inputs) {
        OperatorType.SizeRule rule = Operators.of(Operator.of(name)).sizes();
        return rule == null
                ? new long[] {-1}
                : rule.of(new Shapes(Attributes.of(Map.of("equation", equation)), inputs))
                        .get(0);
    }

    @Test
    void theDiagonalAndContradictions() {
        Tensor x = counted(2, 2);
        assertThat(numbers(run("Einsum", Map.of("equation", "ii->i"), x))).containsExactly(1, 4);
        assertThat(sizes("Einsum", "ii", x)).isEmpty();
        assertThatThrownBy(() -> sizes("Einsum", "ij,jk", counted(2, 3), x)).hasMessageContaining("two sizes");
        assertThatThrownBy(() -> sizes("Einsum", "ij->k", x)).hasMessageContaining("dimension k");
        assertThatThrownBy(() -> sizes("Einsum", "ijk", x)).hasMessageContaining("does not fit");
    }

    @Test
    void determinants() {
        assertThat(numbers(run("Det", shaped(shape(1, 2, 2), 1, 2, 3, 4))))
                .containsExactly(new float[] {-2}, within(1e-6f));
    }

    private static Tensor bytes(long... values) {
        return longs(values).to(ScalarType.Byte);
    }

    @Test
    void zeroPointsOfRowsAndColumns() {
        Tensor a = bytes(5, 6, 7, 8).reshape(2, 2);
        Tensor b = bytes(1, 2, 3, 4).reshape(2, 2);
        // (5-1 6-1) (7-2 8-2) times (1-1 2-0) (3-1 4-0)
        Tensor made = run("MatMulInteger", a, b, bytes(1, 2), bytes(1, 0));
        assertThat(whole(made)).containsExactly(10, 28, 12, 34);
        assertThat(made.scalar_type().intern()).isEqualTo(ScalarType.Int);
    }

    @Test
    void quantizedProductsSaturate() {
        Tensor a = bytes(255, 128).reshape(1, 2);
        Tensor b = bytes(2, 0, 0, 3).reshape(2, 2);
        // (127 0) x ((1 -1) (-1 2)) = (127 -127), times 0.5 * 1 / 0.25, plus 128
        Tensor made =
                run("QLinearMatMul", a, floats(0.5), bytes(128), b, floats(1), bytes(1), floats(0.25), bytes(128));
        assertThat(whole(made)).containsExactly(255, 0);
    }

    /** Beyond the border lie real zeros, which are zero points of the input. */
    @Test
    void integerConvolutionPadsWithTheZeroPoint() {
        Tensor x = bytes(3, 4).reshape(1, 1, 1, 2);
        Tensor w = bytes(1, 1, 1).reshape(1, 1, 1, 3);
        Tensor made = run("ConvInteger", Map.of("pads", java.util.List.of(0L, 1L, 0L, 1L)), x, w, bytes(2));
        assertThat(whole(made)).containsExactly(3, 3);
    }
}
