package io.sapper.network.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class ClassicalLearningTest extends KernelTest {
    private static Tensor made(String name, Map<String, Object> settings, Tensor... inputs) {
        return all("ai.onnx.ml", name, 1, settings, inputs).get(0);
    }

    @Test
    void featuresAreMovedThenStretched() {
        Map<String, Object> each = Map.of("offset", List.of(1f, 2f), "scale", List.of(10f, 0.5f));
        assertThat(numbers(made("Scaler", each, shaped(shape(2, 2), 1, 2, 3, 4))))
                .containsExactly(0, 0, 20, 1);
        Map<String, Object> one = Map.of("offset", List.of(1f), "scale", List.of(3f));
        Tensor whole = made("Scaler", one, longs(5, 6));
        assertThat(numbers(whole)).containsExactly(12, 15);
        assertThat(whole.scalar_type().intern()).isEqualTo(ScalarType.Float);
    }

    @Test
    void asManyNumbersAsFeatures() {
        Map<String, Object> three = Map.of("offset", List.of(1f, 2f, 3f), "scale", List.of(1f));
        assertThatThrownBy(() -> foretold(three))
                .hasMessageContaining("its offset has 3 number(s), not one or one for each of 2 feature(s)");
        assertThatThrownBy(() -> foretold(Map.of("offset", List.of(1f))))
                .hasMessageContaining("its scale has 0 number(s)");
    }

    /** How large a Scaler's result is for two features, or why there is none. */
    private static List<long[]> foretold(Map<String, Object> settings) {
        OperatorType.SizeRule rule = Objects.requireNonNull(
                Operators.find("ai.onnx.ml", "Scaler").orElseThrow().sizes());
        return rule.of(new Shapes(Attributes.of(settings), floats(1, 2)));
    }

    @Test
    void featuresArePickedOut() {
        Tensor rows = made("ArrayFeatureExtractor", Map.of(), shaped(shape(2, 3), 1, 2, 3, 4, 5, 6), longs(2, 0));
        assertThat(numbers(rows)).containsExactly(3, 1, 6, 4);
        assertThat(rows.shape()).containsExactly(2, 2);
        assertThat(made("ArrayFeatureExtractor", Map.of(), longs(7, 8, 9), longs(1))
                        .shape())
                .containsExactly(1, 1);
        assertThatThrownBy(() -> made("ArrayFeatureExtractor", Map.of(), longs(7, 8), longs(2)))
                .hasMessageContaining("feature 2 is none of 2");
    }
}
