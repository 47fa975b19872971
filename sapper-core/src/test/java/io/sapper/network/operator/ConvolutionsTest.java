package io.sapper.network.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class ConvolutionsTest extends KernelTest {
    private static final Map<String, Object> TWO = Map.of("strides", List.of(2L));

    private static Map<String, Object> two(String name, Object value) {
        return Map.of("strides", List.of(2L), name, value);
    }

    /** 1 2 with kernel 1 10 100, two apart, spreads to 1 10 102 20 200. */
    @Test
    void spreadsEachNumber() {
        Tensor x = shaped(shape(1, 1, 2), 1, 2);
        Tensor kernel = shaped(shape(1, 1, 3), 1, 10, 100);
        assertThat(numbers(run("ConvTranspose", TWO, x, kernel))).containsExactly(1, 10, 102, 20, 200);
        assertThat(numbers(run("ConvTranspose", two("pads", List.of(1L, 0L)), x, kernel)))
                .containsExactly(10, 102, 20, 200);
        assertThat(numbers(run("ConvTranspose", two("auto_pad", "SAME_UPPER"), x, kernel)))
                .containsExactly(1, 10, 102, 20);
        assertThat(numbers(run("ConvTranspose", two("auto_pad", "SAME_LOWER"), x, kernel)))
                .containsExactly(10, 102, 20, 200);
    }

    /** Where nothing is spread to, the bias stands. */
    @Test
    void resultsMayBeLargerThanWhatIsSpread() {
        Tensor x = shaped(shape(1, 1, 2), 1, 2);
        Tensor kernel = shaped(shape(1, 1, 3), 1, 10, 100);
        assertThat(numbers(run("ConvTranspose", two("output_padding", List.of(1L)), x, kernel, floats(5))))
                .containsExactly(6, 15, 107, 25, 205, 5);
        assertThat(numbers(run("ConvTranspose", two("output_shape", List.of(7L)), x, kernel, floats(5))))
                .containsExactly(6, 15, 107, 25, 205, 5, 5);
    }

    @Test
    void groupsStayApart() {
        Tensor x = shaped(shape(1, 2, 1), 1, 2);
        Tensor kernel = shaped(shape(2, 1, 2), 1, 10, 100, 1000);
        assertThat(numbers(run("ConvTranspose", Map.of("group", 2L), x, kernel)))
                .containsExactly(1, 10, 200, 2000);
    }

    @Test
    void sizesAreKnownBefore() {
        Tensor x = shaped(shape(1, 1, 2), 1, 2);
        Tensor kernel = shaped(shape(1, 1, 3), 1, 10, 100);
        OperatorType type = Operators.find("", "ConvTranspose").orElseThrow();
        Attributes huge = Attributes.of(Map.of("output_shape", List.of(1L << 40)));
        assertThat(type.sizes().of(new Shapes(huge, x, kernel))).containsExactly(shape(1, 1, 1L << 40));
        assertThatThrownBy(() -> type.sizes().of(new Shapes(Attributes.NONE, x, shaped(shape(2, 1, 1), 1, 2))))
                .hasMessageContaining("do not fit");
    }

    @Test
    void unevenPaddingOfConvolutions() {
        Tensor x = shaped(shape(1, 1, 3), 1, 2, 3);
        Tensor kernel = shaped(shape(1, 1, 2), 1, 10);
        assertThat(numbers(run("Conv", Map.of("auto_pad", "SAME_UPPER"), x, kernel)))
                .containsExactly(21, 32, 3);
        assertThat(numbers(run("Conv", Map.of("auto_pad", "SAME_LOWER"), x, kernel)))
                .containsExactly(10, 21, 32);
    }
}
