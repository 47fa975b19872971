package io.sapper.network.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndexingTest extends KernelTest {
    @Test
    void positionsCountFromTheEndToo() {
        Tensor x = longs(1, 2, 3, 4, 5, 6).reshape(2, 3);
        Tensor made = run("Gather", Map.of("axis", 1L), x, longs(-1, 0).reshape(1, 2));
        assertThat(made.shape()).containsExactly(2, 1, 2);
        assertThat(whole(made)).containsExactly(3, 1, 6, 4);
        assertThat(whole(run("GatherElements", x, longs(-1, 0, 1).reshape(1, 3))))
                .containsExactly(4, 2, 6);
        assertThatThrownBy(() -> run("Gather", x, longs(2))).hasMessageContaining("position 2 lies outside of 2");
        assertThatThrownBy(() -> run("Gather", x, longs(-3))).hasMessageContaining("position -3");
    }

    /** A coordinate too large must not slip into the next row. */
    @Test
    void tuplesOfCoordinates() {
        Tensor x = longs(0, 1, 2, 3, 4, 5, 6, 7).reshape(2, 2, 2);
        assertThat(whole(run("GatherND", x, longs(0, 1, -1, 0).reshape(2, 2)))).containsExactly(2, 3, 4, 5);
        Tensor perBatch =
                run("GatherND", Map.of("batch_dims", 1L), x, longs(1, 0).reshape(2, 1));
        assertThat(perBatch.shape()).containsExactly(2, 2);
        assertThat(whole(perBatch)).containsExactly(2, 3, 4, 5);
        assertThatThrownBy(() -> run("GatherND", x, longs(0, 2).reshape(1, 2))).hasMessageContaining("position 2");
    }

    @ParameterizedTest
    @CsvSource({"none, 9", "add, 15", "mul, 90", "max, 9", "min, 2"})
    void scatteredNumbersAreCombined(String reduction, long expected) {
        Map<String, Object> settings = Map.of("reduction", reduction);
        boolean once = reduction.equals("none");
        Tensor x = longs(1, 5, 7);
        long second = once ? 0 : -2; // the same place twice has no meaning without a reduction
        long middle = once ? expected : 9;
        Tensor made =
                switch (reduction) {
                    case "add" -> run("ScatterElements", settings, x, longs(1, -2), longs(8, 2));
                    case "mul" -> run("ScatterElements", settings, x, longs(1, -2), longs(9, 2));
                    default -> run("ScatterElements", settings, x, longs(1, second), longs(middle, 2));
                };
        assertThat(whole(made)[1]).isEqualTo(expected);
        assertThat(whole(x)).containsExactly(1, 5, 7);
    }

    @Test
    void wholeRowsAreScattered() {
        Tensor x = torch.zeros(3, 2).requires_grad_(true);
        Tensor updates = shaped(shape(2, 2), 1, 2, 3, 4).requires_grad_(true);
        Tensor at = longs(-1, 2).reshape(2, 1);
        Tensor made = run("ScatterND", Map.of("reduction", "add"), x, at, updates);
        assertThat(numbers(made)).containsExactly(0, 0, 0, 0, 4, 6);
        made.sum().backward();
        assertThat(numbers(updates.grad())).containsExactly(1, 1, 1, 1);
        assertThatThrownBy(() -> run("ScatterND", Map.of("reduction", "mean"), x, at, updates))
                .hasMessageContaining("mean");
    }

    @Test
    void oneOfMany() {
        Tensor made = run("OneHot", Map.of("axis", 0L), longs(1, -1, 3), longs(3), longs(5, 8));
        assertThat(made.shape()).containsExactly(3, 3);
        assertThat(whole(made)).containsExactly(5, 5, 5, 8, 5, 5, 5, 8, 5);
    }

    @Test
    void whatIsNotZeroAndWhatIsMarked() {
        Tensor x = longs(0, 5, 7, 0).reshape(2, 2);
        Tensor places = run("NonZero", x);
        assertThat(places.shape()).containsExactly(2, 2);
        assertThat(whole(places)).containsExactly(0, 1, 1, 0);
        Tensor mark = longs(0, 1).to(ScalarType.Bool);
        assertThat(whole(run("Compress", Map.of("axis", 1L), x, mark))).containsExactly(5, 0);
        assertThat(whole(run("Compress", x, mark))).containsExactly(5);
        OperatorType type = Operators.find("", "NonZero").orElseThrow();
        assertThatThrownBy(() -> type.sizes().of(new Shapes(Attributes.NONE, x)))
                .isInstanceOf(Known.NotKnown.class);
    }

    @Test
    void diagonals() {
        Tensor made = run("EyeLike", Map.of("k", 1L, "dtype", 7L), torch.zeros(2, 3));
        assertThat(made.scalar_type().intern()).isEqualTo(ScalarType.Long);
        assertThat(whole(made)).containsExactly(0, 1, 0, 0, 0, 1);
    }
}
