package io.sapper.network.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.network.Body;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ControlFlowTest extends KernelTest {
    private static Body body(int inputs, int outputs) {
        return new Body(
                java.util.Collections.nCopies(inputs, "in"), java.util.Collections.nCopies(outputs, "out"), List.of());
    }

    private static Tensor flag(boolean on) {
        return longs(on ? 1 : 0).reshape().to(ScalarType.Bool);
    }

    private static List<Tensor> run(
            String name, Map<String, Object> settings, int outputs, Call.Bodies bodies, @Nullable Tensor... inputs) {
        Call call = new Call(Attributes.of(settings), Arrays.asList(inputs), outputs, Call.NONE, bodies);
        return Operators.find("", name).orElseThrow().kernel().run(call);
    }

    @Test
    void eitherBranch() {
        Body yes = body(0, 1);
        Map<String, Object> branches =
                Map.of("then_branch", yes, "else_branch", new Body(List.of(), List.of("o"), List.of()));
        Call.Bodies which = (body, given) -> List.of(longs(body.equals(yes) ? 1 : 2));
        assertThat(whole(run("If", branches, 1, which, flag(true)).get(0))).containsExactly(1);
        assertThat(whole(run("If", branches, 1, which, flag(false)).get(0))).containsExactly(2);
        assertThatThrownBy(() -> run("If", branches, 1, which, longs(1, 0))).hasMessageContaining("2 numbers");
    }

    /** What a branch hands on from around it stays another's: the result is freed by itself. */
    @Test
    void whatABranchHandsOnIsATensorOfItsOwn() {
        Tensor around = longs(7);
        Map<String, Object> branches = Map.of("then_branch", body(0, 1), "else_branch", body(0, 1));
        run("If", branches, 1, (body, given) -> List.of(around), flag(true))
                .get(0)
                .close();
        assertThat(whole(around)).containsExactly(7);
    }

    private static List<Tensor> doubling(@Nullable Tensor rounds, @Nullable Tensor condition, long until) {
        Call.Bodies twice = (body, given) -> List.of(
                flag(whole(given.get(0))[0] + 1 < until),
                given.get(2).mul(new Scalar(2L)),
                given.get(0).add(given.get(2)));
        return run("Loop", Map.of("body", body(3, 3)), 2, twice, rounds, condition, longs(1));
    }

    @Test
    void loopsCountOrWaitForACondition() {
        List<Tensor> counted = doubling(longs(3), null, 1); // without a condition, what the body says is nothing
        assertThat(whole(counted.get(0))).containsExactly(8);
        assertThat(counted.get(1).shape()).containsExactly(3, 1);
        assertThat(whole(counted.get(1))).containsExactly(1, 3, 6);
        assertThat(whole(doubling(longs(9), flag(true), 2).get(0))).containsExactly(4);
        assertThat(whole(doubling(null, flag(true), 2).get(0))).containsExactly(4);
    }

    @Test
    void endlessAndEmptyLoopsAreRefused() {
        assertThatThrownBy(() -> doubling(null, null, 9)).hasMessageContaining("10000");
        assertThatThrownBy(() -> doubling(longs(0), null, 9)).hasMessageContaining("not gone round once");
        assertThatThrownBy(() -> doubling(longs(3), flag(false), 9)).hasMessageContaining("not gone round once");
    }

    /** Sums of the columns of 1 2 3 / 10 20 30 from the last on, put together from behind in the second dimension. */
    @Test
    void scansGoAnyWay() {
        Tensor x = longs(1, 2, 3, 10, 20, 30).reshape(2, 3);
        Map<String, Object> settings = Map.of(
                "body", body(2, 2),
                "num_scan_inputs", 1L,
                "scan_input_axes", List.of(-1L),
                "scan_input_directions", List.of(1L),
                "scan_output_axes", List.of(1L),
                "scan_output_directions", List.of(1L));
        Call.Bodies sum = (body, given) -> {
            Tensor next = given.get(0).add(given.get(1));
            return List.of(next, next.alias()); // each its own, as the engine gives them
        };
        List<Tensor> made = run("Scan", settings, 2, sum, longs(0, 0), x);
        assertThat(whole(made.get(0))).containsExactly(6, 60);
        assertThat(whole(made.get(1))).containsExactly(6, 5, 3, 60, 50, 30);
    }
}
