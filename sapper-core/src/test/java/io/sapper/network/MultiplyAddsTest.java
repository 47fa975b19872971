package io.sapper.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.network.operator.Attributes;
import io.sapper.network.operator.Operator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counted by hand. */
class MultiplyAddsTest {
    private static final int IN = 3;
    private static final int HIDDEN = 2;

    /** Five steps of three numbers each; gates, both directions. */
    @ParameterizedTest
    @CsvSource({"RNN, 1, forward, 1", "GRU, 3, reverse, 1", "LSTM, 4, bidirectional, 2"})
    void eachStepOfARecurrentNetworkCounts(String name, int gates, String direction, int directions) {
        Attributes set = Attributes.NONE
                .with("hidden_size", (long) HIDDEN)
                .with("direction", direction)
                .with("layout", 1L);
        Graph graph = new Graph(
                "x",
                List.of(5, IN),
                "y",
                List.of(new Node("memory", Operator.of(name, set), List.of("x", "w", "r"), "y")),
                Map.of(
                        "w", Initializer.filled(1, directions, gates * HIDDEN, IN),
                        "r", Initializer.filled(1, directions, gates * HIDDEN, HIDDEN)));
        assertThat(graph.multiplyAdds())
                .isEqualTo(new MultiplyAdds(5L * directions * gates * HIDDEN * (IN + HIDDEN), true));
    }

    private static Node dense(String weights) {
        return new Node("dense." + weights, Operator.of("MatMul"), List.of("x", weights), weights + ".out");
    }

    @Test
    void theLargerBranchCounts() {
        Body small = new Body(List.of(), List.of("small.out"), List.of(dense("small")));
        Body large = new Body(List.of(), List.of("large.out"), List.of(dense("large")));
        Operator branches = Operator.of("If", Map.of("then_branch", small, "else_branch", large));
        Graph graph = new Graph(
                "x",
                List.of(IN),
                "y",
                List.of(new Node("if", branches, List.of("on"), "y")),
                Map.of(
                        "on", Initializer.of(List.of(1), new long[] {1}),
                        "small", Initializer.filled(1, IN, 4),
                        "large", Initializer.filled(1, IN, 7)));
        assertThat(graph.multiplyAdds()).isEqualTo(new MultiplyAdds(IN * 7, true));
    }

    private static Graph loop(List<String> inputs, Map<String, Initializer> values) {
        Node round = new Node("round", Operator.of("MatMul"), List.of("state", "w"), "next");
        Node on = new Node("on", Operator.of("Identity"), List.of("condition"), "still");
        Body body = new Body(List.of("i", "condition", "state"), List.of("still", "next"), List.of(round, on));
        return new Graph(
                "x",
                List.of(IN),
                "y",
                List.of(new Node("loop", Operator.of("Loop", Map.of("body", body)), inputs, "y")),
                values);
    }

    /** A loop that only its condition ends counts once, and the sum is said to be a part. */
    @Test
    void eachRoundOfALoopCountsWhereTheyAreKnown() {
        Initializer weights = Initializer.filled(1, IN, IN);
        Initializer rounds = Initializer.of(List.of(), 6);
        assertThat(loop(List.of("n", "", "x"), Map.of("w", weights, "n", rounds))
                        .multiplyAdds())
                .isEqualTo(new MultiplyAdds(6 * IN * IN, true));
        assertThat(loop(List.of("", "on", "x"), Map.of("w", weights, "on", rounds))
                        .multiplyAdds())
                .isEqualTo(new MultiplyAdds(IN * IN, false));
    }

    /** Over five rows of three numbers. */
    @Test
    void eachRowOfAScanCounts() {
        Node row = new Node("row", Operator.of("MatMul"), List.of("part", "w"), "made");
        Operator scan = Operator.of(
                "Scan",
                Map.of(
                        "body",
                        new Body(List.of("part"), List.of("made"), List.of(row)),
                        "num_scan_inputs",
                        1L,
                        "scan_input_axes",
                        Attributes.list(-2)));
        Graph graph = new Graph(
                "x",
                List.of(5, IN),
                "y",
                List.of(new Node("scan", scan, List.of("x"), "y")),
                Map.of("w", Initializer.filled(1, IN, 4)));
        assertThat(graph.multiplyAdds()).isEqualTo(new MultiplyAdds(5 * IN * 4, true));
    }

    /** Products of two things that flow, as in attention. */
    @Test
    void productsWithoutWeightsCount() {
        Graph graph = new Graph(
                "x",
                List.of(5, IN),
                "y",
                List.of(
                        new Node(
                                "turn",
                                Operator.of("Transpose", Map.of("perm", Attributes.list(0, 2, 1))),
                                List.of("x"),
                                "t"),
                        new Node("product", Operator.of("MatMul"), List.of("x", "t"), "y")),
                Map.of());
        assertThat(graph.multiplyAdds()).isEqualTo(new MultiplyAdds(5 * 5 * IN, true));
    }
}
