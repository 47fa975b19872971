package io.sapper.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MathUpgradesTest {
    private final List<Initializer> constants = new ArrayList<>();

    private OnnxForm upgraded(String operator, long opset, Map<String, Object> attributes, String... inputs) {
        OnnxForm form = new OnnxForm(
                "node",
                "",
                operator,
                opset,
                attributes,
                List.of(inputs),
                List.of("y"),
                value -> {
                    constants.add(value);
                    return "constant" + constants.size();
                },
                name -> {
                    throw new IllegalStateException("nothing is read");
                });
        Upgrades.apply(form);
        return form;
    }

    @Test
    void axesOfReductionsBecomeAnInput() {
        for (String name : List.of("ReduceMean", "ReduceL2", "ReduceLogSumExp")) {
            OnnxForm form = upgraded(name, 17, Map.of("axes", List.of(1L, -1L), "keepdims", 0L), "x");
            assertThat(form.inputs).hasSize(2);
            assertThat(form.attributes).containsOnlyKeys("keepdims");
        }
        assertThat(constants.get(0).integers()).containsExactly(1, -1);
        assertThat(upgraded("ReduceMean", 18, Map.of("axes", List.of(1L)), "x").attributes)
                .containsKey("axes");
        assertThat(upgraded("ReduceSum", 13, Map.of("axes", List.of(1L)), "x").inputs)
                .hasSize(1);
    }

    @Test
    void boundsBecomeInputsAtTheirPlaces() {
        OnnxForm form = upgraded("Clip", 10, Map.of("max", 6f), "x");
        assertThat(form.inputs).containsExactly("x", "", "constant1");
        assertThat(constants.get(0).get(0)).isEqualTo(6);
        assertThat(constants.get(0).shape()).isEmpty();
    }

    @Test
    void softmaxKeepsItsOldMeaning() {
        assertThat(upgraded("Softmax", 12, Map.of(), "x").attributes).isEqualTo(Map.of("axis", 1L, "flattened", 1L));
        assertThat(upgraded("LogSoftmax", 11, Map.of("axis", 2L), "x").attributes)
                .isEqualTo(Map.of("axis", 2L, "flattened", 1L));
        assertThat(upgraded("Softmax", 13, Map.of(), "x").attributes).isEmpty();
    }

    @Test
    void whereTheSecondInputBeginsIsKept() {
        OnnxForm form = upgraded("Add", 6, Map.of("broadcast", 1L, "axis", 1L), "a", "b");
        assertThat(form.attributes).isEqualTo(Map.of("broadcast_axis", 1L));
        assertThat(upgraded("Add", 7, Map.of("axis", 1L), "a", "b").attributes).containsKey("axis");
        assertThat(upgraded("PRelu", 6, Map.of(), "x", "slope").attributes).containsEntry("broadcast_axis", 1L);
    }

    @Test
    void aFileCannotHaveOurSettings() {
        assertThatThrownBy(() -> upgraded("Softmax", 13, Map.of("flattened", 1L), "x"))
                .hasMessageContaining("flattened");
        assertThatThrownBy(() -> upgraded("Add", 6, Map.of("broadcast_axis", 1L), "a", "b"))
                .hasMessageContaining("broadcast_axis");
    }

    @Test
    void countsAndAxesBecomeInputs() {
        assertThat(upgraded("TopK", 9, Map.of("k", 3L), "x").inputs).hasSize(2);
        assertThat(constants.get(0).integers()).containsExactly(3);
        OnnxForm form = upgraded("DFT", 19, Map.of("onesided", 1L), "x");
        assertThat(form.inputs).containsExactly("x", "", "constant2");
        assertThat(constants.get(1).integers()).containsExactly(1); // was the default; today it is -2
    }
}
