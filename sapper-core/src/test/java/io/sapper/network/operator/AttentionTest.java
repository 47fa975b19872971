package io.sapper.network.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sapper.network.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Attention with right answers worked out by hand: heads of one number, so that a score is a product. */
class AttentionTest {
    private final PointerScope scope = new PointerScope();

    @AfterEach
    void close() {
        scope.close();
    }

    private static List<Tensor> run(Map<String, Object> settings, @Nullable Tensor... inputs) {
        Call call = new Call(Attributes.of(settings), Arrays.asList(inputs), 4, Call.NONE, (body, given) -> List.of());
        return Operators.find("", "Attention").orElseThrow().kernel().run(call);
    }

    /** One head, steps of one number. */
    private static Tensor steps(float... values) {
        return Tensor.create(values, 1, 1, values.length, 1);
    }

    private static float share(double score, double... scores) {
        return (float) (Math.exp(score) / Arrays.stream(scores).map(Math::exp).sum());
    }

    @Test
    void weighsValuesByTheScores() {
        Tensor y = run(Map.of(), steps(2), steps(1, -1), steps(10, 20)).get(0);
        float first = share(2, 2, -2);
        assertThat(Tensors.toArray(y)[0]).isCloseTo(10 * first + 20 * (1 - first), within(1e-4f));
    }

    /** The second query sees the past and both keys, the first one not the last key. */
    @Test
    void causalCountsFromBehindThePast() {
        List<Tensor> made = run(
                Map.of("is_causal", 1L, "qk_matmul_output_mode", 3L),
                steps(1, 1),
                steps(1, 2),
                steps(5, 6),
                null,
                steps(3),
                steps(4));
        assertThat(made.get(1).shape()).containsExactly(1, 1, 3, 1);
        assertThat(Tensors.toArray(made.get(2))).containsExactly(4, 5, 6);
        float[] shares = Tensors.toArray(made.get(3));
        assertThat(shares[2]).isZero();
        assertThat(shares[0]).isCloseTo(share(3, 3, 1), within(1e-5f));
        assertThat(shares[5]).isCloseTo(share(2, 3, 1, 2), within(1e-5f));
    }

    /** What a mask is too short for is masked; false masks too. */
    @Test
    void masksOfTruthAreShortOrWhole() {
        Tensor mask = Tensor.create(new float[] {1, 0}, 1, 2).to(ScalarType.Bool);
        Tensor y = run(Map.of(), steps(1), steps(1, 1, 1), steps(7, 8, 9), mask).get(0);
        assertThat(Tensors.toArray(y)[0]).isEqualTo(7f);
    }

    /** Four heads of queries, two of keys: the first two queries read the first head of values. */
    @Test
    void headsOfKeysAreShared() {
        Tensor q = Tensor.create(new float[] {1, 1, 1, 1}, 1, 1, 4);
        Tensor kv = Tensor.create(new float[] {3, 5}, 1, 1, 2);
        Map<String, Object> settings = Map.of("q_num_heads", 4L, "kv_num_heads", 2L);
        assertThat(Tensors.toArray(run(settings, q, kv, kv).get(0))).containsExactly(3, 3, 5, 5);
    }

    @Test
    void softcapAndScaleComeBeforeTheShares() {
        List<Tensor> made =
                run(Map.of("softcap", 2f, "scale", 0.5f, "qk_matmul_output_mode", 2L), steps(4), steps(3), steps(1));
        assertThat(Tensors.toArray(made.get(3))[0]).isCloseTo((float) (2 * Math.tanh(3)), within(1e-5f));
    }

    @Test
    void theScoresCountForTheMemoryAndShapesMustFit() {
        List<long[]> sizes = sizes(new long[] {2, 3, 100, 8}, new long[] {2, 3, 50, 8}, new long[] {2, 3, 50, 4});
        assertThat(sizes.get(0)).containsExactly(2, 3, 100, 4);
        assertThat(sizes.get(3)).containsExactly(2, 3, 100, 50);
        assertThatThrownBy(() -> sizes(new long[] {1, 3, 2, 8}, new long[] {1, 2, 2, 8}, new long[] {1, 2, 2, 8}))
                .hasMessageContaining("2 head(s) of keys do not fit 3");
    }

    private static List<long[]> sizes(long[]... shapes) {
        Tensor[] inputs = Arrays.stream(shapes)
                .map(shape -> Tensor.create(new float[(int) Sizes.count(shape)], shape))
                .toArray(Tensor[]::new);
        OperatorType type = Operators.find("", "Attention").orElseThrow();
        return type.sizes().of(new Shapes(Attributes.NONE, inputs));
    }
}
