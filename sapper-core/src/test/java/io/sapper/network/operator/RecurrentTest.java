package io.sapper.network.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** With functions that do nothing, so that steps can be worked out by hand. */
class RecurrentTest extends KernelTest {
    private static Map<String, Object> plain(int functions, Object... more) {
        Map<String, Object> settings = new TreeMap<>(
                Map.of("hidden_size", 1L, "activations", java.util.Collections.nCopies(functions, "Affine")));
        for (int i = 0; i < more.length; i += 2) {
            settings.put((String) more[i], more[i + 1]);
        }
        return settings;
    }

    private static Tensor weights(double... rows) {
        return shaped(shape(1, rows.length, 1), rows);
    }

    /** x plus ten times what was: 1 2 3 becomes 1 12 123. */
    private static List<Tensor> steps(Map<String, Object> settings, Tensor... more) {
        Tensor x = shaped(shape(3, 1, 1), 1, 2, 3);
        Tensor[] inputs = new Tensor[more.length + 3];
        inputs[0] = x;
        inputs[1] = weights(1);
        inputs[2] = weights(10);
        System.arraycopy(more, 0, inputs, 3, more.length);
        return all("", "RNN", 2, settings, inputs);
    }

    @Test
    void directions() {
        List<Tensor> forward = steps(plain(1));
        assertThat(numbers(forward.get(0))).containsExactly(1, 12, 123);
        assertThat(numbers(forward.get(1))).containsExactly(123);
        List<Tensor> backward = steps(plain(1, "direction", "reverse"));
        assertThat(numbers(backward.get(0))).containsExactly(321, 32, 3);
        assertThat(numbers(backward.get(1))).containsExactly(321);
        assertThatThrownBy(() -> steps(plain(1, "direction", "sideways"))).hasMessageContaining("sideways");
        assertThatThrownBy(() -> steps(plain(2))).hasMessageContaining("2 activations");
    }

    /** A sequence of two steps: the third is no part of it, from neither end. */
    @Test
    void lengths() {
        List<Tensor> forward = steps(plain(1), null, longs(2));
        assertThat(numbers(forward.get(0))).containsExactly(1, 12, 0);
        assertThat(numbers(forward.get(1))).containsExactly(12);
        List<Tensor> backward = steps(plain(1, "direction", "reverse"), null, longs(2));
        assertThat(numbers(backward.get(0))).containsExactly(21, 2, 0);
        assertThat(numbers(backward.get(1))).containsExactly(21);
    }

    @Test
    void bothDirectionsAndTheBatchFirst() {
        Tensor x = shaped(shape(1, 2, 1), 1, 2);
        Tensor in = shaped(shape(2, 1, 1), 1, 5);
        Tensor again = shaped(shape(2, 1, 1), 10, 100);
        Map<String, Object> both = plain(2, "direction", "bidirectional", "layout", 1L);
        List<Tensor> made = all("", "RNN", 2, both, x, in, again);
        assertThat(made.get(0).shape()).containsExactly(1, 2, 2, 1);
        assertThat(numbers(made.get(0))).containsExactly(1, 1005, 12, 10);
        assertThat(made.get(1).shape()).containsExactly(1, 2, 1);
        assertThat(numbers(made.get(1))).containsExactly(12, 1005);
    }

    /** Input 2, before it 3; update 0, reset 2, and 1 added to what is remembered: before or after the reset. */
    @Test
    void theResetActsBeforeOrAfterTheWeights() {
        Tensor x = shaped(shape(1, 1, 1), 2);
        Tensor bias = shaped(shape(1, 6), 0, 0, 0, 0, 0, 1);
        Tensor first = shaped(shape(1, 1, 1), 3);
        Tensor late = all("", "GRU", 1, plain(2), x, weights(0, 1, 1), weights(0, 0, 1), bias, null, first)
                .get(0);
        assertThat(numbers(late)).containsExactly(2 + 2 * 3 + 1);
        Map<String, Object> linear = plain(2, "linear_before_reset", 1L);
        Tensor early = all("", "GRU", 1, linear, x, weights(0, 1, 1), weights(0, 0, 1), bias, null, first)
                .get(0);
        assertThat(numbers(early)).containsExactly(2 + 2 * (3 + 1));
    }

    private static List<Tensor> memory(Map<String, Object> settings, Tensor... peepholes) {
        Tensor zero = shaped(shape(1, 1, 1), 0);
        Tensor cell = shaped(shape(1, 1, 1), 5);
        Tensor x = shaped(shape(1, 1, 1), 1);
        Tensor[] in = {x, weights(1, 2, 3, 4), weights(0, 0, 0, 0), null, null, zero, cell};
        Tensor[] inputs = java.util.Arrays.copyOf(in, in.length + peepholes.length);
        System.arraycopy(peepholes, 0, inputs, in.length, peepholes.length);
        return all("", "LSTM", 3, settings, inputs);
    }

    /** Gates input 1, output 2, forget 3, cell 4, and a cell state of 5. */
    @Test
    void gatesOfTheLongMemory() {
        List<Tensor> made = memory(plain(3));
        assertThat(numbers(made.get(2))).containsExactly(3 * 5 + 4);
        assertThat(numbers(made.get(1))).containsExactly(2 * 19);
        List<Tensor> coupled = memory(plain(3, "input_forget", 1L)); // forgets 1 - 1
        assertThat(numbers(coupled.get(1))).containsExactly(2 * 4);
        List<Tensor> clipped = memory(plain(3, "clip", 2f)); // gates only: the state is 12
        assertThat(numbers(clipped.get(1))).containsExactly(2 * 12);
    }

    /** Input and forget gates see the state before, the output gate that after. */
    @Test
    void peepholes() {
        List<Tensor> made = memory(plain(3), shaped(shape(1, 3), 1, 1, 0));
        assertThat(numbers(made.get(2))).containsExactly(3 * 5 + 6 * 4);
        assertThat(numbers(made.get(1))).containsExactly((2 + 39) * 39);
    }
}
