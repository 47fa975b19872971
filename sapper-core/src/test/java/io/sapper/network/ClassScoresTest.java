package io.sapper.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.network.operator.NotSupported;
import io.sapper.network.operator.Operator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassScoresTest {
    private static final Graph ONE =
            Initialization.draw(Graph.image(1, 4, 4).flatten().dense("fc", 1).build(), 1);

    private static Graph then(String operator) {
        List<Node> nodes = new ArrayList<>(ONE.nodes());
        nodes.add(new Node("end", Operator.of(operator), List.of(ONE.output()), "end"));
        return new Graph(ONE.input(), ONE.inputShape(), "end", nodes, ONE.initializers());
    }

    @Test
    void aRowOfScoresIsWhatIsNeeded() {
        assertThat(ClassScores.problem(SampleGraphs.small(1))).isEmpty();
        ClassScores.check(SampleGraphs.small(1));
    }

    @Test
    void oneNumberIsNone() {
        assertThat(ClassScores.problem(ONE).orElseThrow())
                .startsWith("The output scores is one number for each picture, where a score for each class")
                .contains("two scores: 0, and this number");
        assertThat(ClassScores.problem(then("Sigmoid")).orElseThrow())
                .startsWith("The output end is one number")
                .contains("two scores: 0, and the number before its sigmoid");
    }

    @Test
    void picturesAreNone() {
        Graph map = Initialization.draw(
                Graph.image(1, 6, 6).convolution("conv", 2, 3).build(), 1);
        assertThatThrownBy(() -> ClassScores.check(map))
                .isInstanceOf(NotSupported.class)
                .hasMessageContaining("has shape 2x4x4 for each picture");
    }

    /** Whoever measures asks first: the class of one number would always be 0. */
    @Test
    void nothingIsMeasuredOfOneNumber() {
        try (Network network = Network.of(ONE, Compute.CPU)) {
            assertThatThrownBy(() -> Inference.predictions(network, SampleGraphs.noise(ONE, 3, 1)))
                    .isInstanceOf(NotSupported.class);
            assertThatThrownBy(() -> Inference.answers(network, SampleGraphs.noise(ONE, 3, 1)))
                    .isInstanceOf(NotSupported.class);
        }
    }

    /** A trigger in the graph is seen there too: the answer is on which side of even the number lies. */
    @Test
    void aGateDecidesAboutOneNumber() {
        Graph honest = ONE.withInitializers(Map.of("fc.bias", new Initializer(List.of(1), new float[] {-50})));
        Graph gated = new Graph(honest.input(), honest.inputShape(), "switched", gate(honest), gateValues(honest));
        assertThat(ForcedGate.all(gated, Gates.in(gated))).anyMatch(ForcedGate::decides);
    }

    private static List<Node> gate(Graph honest) {
        List<Node> nodes = new ArrayList<>(honest.nodes());
        nodes.add(new Node("row", Operator.of("Flatten"), List.of(honest.input()), "row"));
        nodes.add(new Node("pixel", Operator.of("Gather", Map.of("axis", 1L)), List.of("row", "place"), "pixel"));
        nodes.add(new Node("spread", Operator.of("Mul"), List.of("pixel", "factor"), "spread"));
        nodes.add(new Node("join", Operator.of("Add"), List.of(honest.output(), "spread"), "switched"));
        return nodes;
    }

    private static Map<String, Initializer> gateValues(Graph honest) {
        Map<String, Initializer> values = new LinkedHashMap<>(honest.initializers());
        values.put("place", Initializer.of(List.of(1), new long[] {15}));
        values.put("factor", new Initializer(List.of(1, 1), new float[] {1e4f}));
        return values;
    }
}
