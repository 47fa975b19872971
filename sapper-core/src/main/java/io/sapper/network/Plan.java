package io.sapper.network;

import io.sapper.network.operator.Call;
import io.sapper.network.operator.OperatorType;
import io.sapper.network.operator.OperatorType.Trait;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What to run to get some tensors of a graph from others that are known, and when each tensor on the way may be freed
 * or overwritten.
 */
final class Plan {
    private final List<Step> steps;

    private Plan(List<Step> steps) {
        this.steps = steps;
    }

    /**
     * One node to run.
     *
     * @param node the node
     * @param kernel what computes it
     * @param overwrites the input that it may change in place, or {@link Call#NONE}: made on the way, which nobody else
     *     needs, no gradient either
     * @param dead tensors made on the way that no later step reads and nobody wants
     * @param prepared what the kernel keeps for the next time
     */
    record Step(Node node, OperatorType.Kernel kernel, int overwrites, List<String> dead, Call.Prepared prepared) {}

    /**
     * The nodes that the wanted tensors need and the known ones do not give, in order.
     *
     * @param known tensors that are given, or whose numbers are known beforehand
     * @throws IllegalArgumentException if a wanted tensor cannot be made of the known ones; names it
     */
    static Plan of(Graph graph, Set<String> known, Collection<String> wanted) {
        Set<String> needed = new HashSet<>(wanted);
        List<Node> nodes = new ArrayList<>();
        for (int i = graph.nodes().size() - 1; i >= 0; i--) {
            Node node = graph.nodes().get(i);
            if (node.made().stream().anyMatch(name -> needed.contains(name) && !known.contains(name))) {
                nodes.add(0, node);
                needed.addAll(node.reads());
            }
        }
        for (Input input : graph.inputs()) {
            if (needed.contains(input.name()) && !known.contains(input.name())) {
                throw new IllegalArgumentException("The tensors " + wanted + " cannot be made of " + known + " alone: "
                        + input.name() + " is needed too.");
            }
        }
        return new Plan(steps(graph, nodes, Set.copyOf(wanted)));
    }

    private static List<Step> steps(Graph graph, List<Node> nodes, Set<String> wanted) {
        Map<String, Node> lastReader = new HashMap<>();
        Map<String, Integer> readers = new HashMap<>();
        Map<String, Node> makers = new HashMap<>();
        for (Node node : nodes) {
            for (String made : node.made()) {
                makers.put(made, node);
                lastReader.put(made, node);
            }
            for (String read : node.reads()) {
                readers.merge(read, 1, Integer::sum);
                lastReader.computeIfPresent(read, (name, before) -> node);
            }
        }
        Map<Node, List<String>> dying = new HashMap<>();
        lastReader.forEach((name, node) -> {
            if (!wanted.contains(name)) {
                dying.computeIfAbsent(node, key -> new ArrayList<>()).add(name);
            }
        });
        List<Step> steps = new ArrayList<>();
        for (Node node : nodes) {
            Predicate<String> free = name -> readers.getOrDefault(name, 0) == 1 && !wanted.contains(name);
            steps.add(new Step(
                    node,
                    node.operator().type().kernel(),
                    overwrites(graph, node, makers, free),
                    dying.getOrDefault(node, List.of()),
                    new Call.Prepared()));
        }
        return List.copyOf(steps);
    }

    private static int overwrites(Graph graph, Node node, Map<String, Node> makers, Predicate<String> free) {
        int most = node.operator().is("Add") ? 2 : node.operator().is("Relu", "Clip") ? 1 : 0;
        for (int input = 0; input < most; input++) {
            Node maker = makers.get(node.input(input));
            if (maker != null && makesItsOwn(graph, maker) && free.test(node.input(input))) {
                return input;
            }
        }
        return Call.NONE;
    }

    /** Whether what a node makes lies in memory that is nobody else's, and its own gradient does not need it again. */
    private static boolean makesItsOwn(Graph graph, Node node) {
        return node.operator().is("Add", "BatchNormalization")
                || (graph.isLayer(node) && !node.operator().type().is(Trait.VIEW));
    }

    List<Step> steps() {
        return steps;
    }
}
