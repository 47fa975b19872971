package io.sapper.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.network.operator.Operator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Images of 1x2x3, in free batches, and what branches and loops make of them. */
class InnerSizesTest {
    private static final Map<String, Initializer> STORED = Map.of(
            "zero", Initializer.of(List.of(1), 0),
            "two", Initializer.of(List.of(1), 2),
            "six", Initializer.of(List.of(2), -1, 6),
            "pairs", Initializer.of(List.of(3), -1, 3, 2),
            "many", Initializer.of(List.of(3), 1L << 12, 1L << 12, 1L << 12),
            "rounds", Initializer.of(List.of(), 3));

    @AfterEach
    void usualLimit() {
        MemoryLimit.set(MemoryLimit.USUAL);
    }

    private static Node node(String name, String operator, String... inputs) {
        return new Node(name, Operator.of(operator), List.of(inputs), name);
    }

    private static Body body(Node... nodes) {
        return new Body(List.of(), List.of(nodes[nodes.length - 1].output()), List.of(nodes));
    }

    private static Node branches(String condition, Body then, Body otherwise) {
        Operator operator = Operator.of("If", Map.of("then_branch", then, "else_branch", otherwise));
        return new Node("out", operator, List.of(condition), "out");
    }

    private static Graph graph(Node... nodes) {
        return new Graph("image", List.of(1, 2, 3), nodes[nodes.length - 1].output(), List.of(nodes), STORED);
    }

    /** Whether the images' sum is above 0: known only when they are. */
    private static final List<Node> ASKED = List.of(
            new Node("sum", Operator.of("ReduceSum", Map.of("keepdims", 0L)), List.of("image"), "sum"),
            node("asked", "Greater", "sum", "nought"));

    private static Graph asked(Body then, Body otherwise, Node... behind) {
        List<Node> nodes = new ArrayList<>(ASKED);
        nodes.add(branches("asked", then, otherwise));
        nodes.addAll(List.of(behind));
        Map<String, Initializer> stored = new LinkedHashMap<>(STORED);
        stored.put("nought", new Initializer(List.of(), new float[1]));
        return new Graph("image", List.of(1, 2, 3), nodes.get(nodes.size() - 1).output(), nodes, stored);
    }

    private static final Body FLAT = body(node("a", "Reshape", "image", "six"));
    private static final Body PAIRS = body(node("b", "Reshape", "image", "pairs"));

    @Test
    void whatBothBranchesAgreeOnIsKnown() {
        Graph graph = asked(FLAT, body(node("c", "Relu", "image"), node("d", "Reshape", "c", "six")));
        assertThat(graph.knownShape("out")).contains(List.of(6));
        assertThat(graph.knownClassCount()).hasValue(6);
    }

    @Test
    void whatTheyDoNotAgreeOnIsNot() {
        assertThat(asked(FLAT, PAIRS).knownShape("out")).isEmpty();
    }

    /** Exporters leave a Squeeze of a size that is not 1 behind: that branch is never the one that is taken. */
    @Test
    void aBranchThatDoesNotFitSaysNothing() {
        Body squeeze = body(node("c", "Squeeze", "image", "two"), node("d", "Reshape", "c", "pairs"));
        assertThat(asked(squeeze, FLAT).knownShape("out")).contains(List.of(6));
        assertThat(asked(FLAT, squeeze).knownShape("out")).contains(List.of(6));
        assertThatThrownBy(() -> asked(squeeze, squeeze)).hasMessageContaining("Node c (Squeeze)");
    }

    /** The first size is the batch: with one image it is the one branch, with more the other. */
    @Test
    void theBranchThatSizesChooseIsTheOneThatCounts() {
        Graph graph = new Graph(
                "image",
                List.of(1, 2, 3),
                "out",
                List.of(
                        node("sizes", "Shape", "image"),
                        node("size", "Gather", "sizes", "at"),
                        node("same", "Equal", "size", "one"),
                        branches("same", FLAT, PAIRS)),
                with("one", Initializer.of(List.of(), 1), "at", Initializer.of(List.of(), 0)));
        assertThat(graph.sizing(1).shape("out")).containsExactly(1, 6);
        assertThat(graph.sizing(2).shape("out")).containsExactly(2, 3, 2);
    }

    private static Map<String, Initializer> with(String one, Initializer first, String two, Initializer second) {
        Map<String, Initializer> stored = new LinkedHashMap<>(STORED);
        stored.put(one, first);
        stored.put(two, second);
        return stored;
    }

    /** What a shape is computed from may come out of a branch. */
    @Test
    void numbersFromABranchAreKnownBehindIt() {
        Graph graph = graph(
                branches("two", body(node("a", "Identity", "six")), body(node("b", "Identity", "pairs"))),
                node("scores", "Reshape", "image", "out"));
        assertThat(graph.knownShape("scores")).contains(List.of(6));
    }

    @Test
    void aBranchThatAsksForTooMuchIsRefusedBeforeAnythingRuns() {
        Body large = body(node("a", "ConstantOfShape", "many"));
        assertThatThrownBy(() -> asked(FLAT, large))
                .isInstanceOf(MemoryLimit.TooLarge.class)
                .hasMessageContaining("Node a (ConstantOfShape)");
    }

    private static Node loop(Node... nodes) {
        Body body = new Body(
                List.of("round", "on", "before"), List.of("on", nodes[nodes.length - 1].output()), List.of(nodes));
        return new Node("out", Operator.of("Loop", Map.of("body", body)), List.of("rounds", "", "image"), "out");
    }

    @Test
    void whatALoopCarriesKeepsItsSizeIfNoRoundChangesIt() {
        assertThat(graph(loop(node("after", "Add", "before", "before"))).knownShape("out"))
                .contains(List.of(1, 2, 3));
        Node twice = new Node("after", Operator.of("Concat", Map.of("axis", 1L)), List.of("before", "before"), "after");
        assertThat(graph(loop(twice)).knownShape("out")).isEmpty();
    }

    @Test
    void oneRunOnZerosTellsTheClasses() {
        Body one = body(node("a", "Reshape", "image", "six"));
        Body two = body(node("b", "Reshape", "image", "pairs"), node("c", "Slice", "b", "zero", "two", "two"));
        Graph graph = asked(two, one); // of zeros the sum is not above 0
        assertThat(graph.knownClassCount()).isEmpty();
        assertThat(graph.classCount()).isEqualTo(6);
    }

    @Test
    void whatIsNoRowOfScoresIsRefused() {
        assertThatThrownBy(() -> asked(FLAT, PAIRS, node("last", "Relu", "out")).shape("nothing"))
                .hasMessageContaining("no tensor nothing");
        assertThatThrownBy(
                        () -> asked(FLAT, PAIRS, node("n", "Identity", "sum")).classCount())
                .hasMessageContaining("n has one number for each image");
        assertThatThrownBy(() -> asked(PAIRS, body(node("c", "Relu", "image"))).classCount())
                .hasMessageContaining("1x2x3 numbers for each image")
                .hasMessageContaining("class scores");
    }

    /** Where the run itself ends, the reason is said; so it is where memory would not do. */
    @Test
    void aRunThatFailsSaysWhy() {
        Graph graph = new Graph(
                "image",
                List.of(1, 2, 3),
                "out",
                List.of(
                        new Node("sum", Operator.of("ReduceSum", Map.of("keepdims", 0L)), List.of("image"), "sum"),
                        node("more", "Add", "sum", "three"),
                        new Node("index", Operator.of("Cast", Map.of("to", 7L)), List.of("more"), "index"),
                        node("row", "Reshape", "index", "zero1"),
                        node("out", "Squeeze", "image", "row")),
                with("three", new Initializer(List.of(), new float[] {3}), "zero1", Initializer.of(List.of(1), 1)));
        assertThatThrownBy(graph::classCount)
                .hasMessageContaining("The shape of out is not known before the network runs")
                .hasMessageContaining("Node out (Squeeze)");
        MemoryLimit.set(16);
        assertThatThrownBy(graph::classCount).isInstanceOf(MemoryLimit.TooLarge.class);
    }
}
