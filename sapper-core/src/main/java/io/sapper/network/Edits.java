package io.sapper.network;

import io.sapper.network.operator.NotSupported;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Changed copies of a graph. */
final class Edits {
    private Edits() {}

    /** The same network with another course or other values. */
    private static Graph changed(
            Graph graph, List<String> outputs, List<Node> nodes, Map<String, Initializer> initializers) {
        return new Graph(graph.inputs(), outputs, nodes, initializers, graph.origin());
    }

    static Graph withInitializers(Graph graph, Map<String, Initializer> changed) {
        Map<String, Initializer> all = new LinkedHashMap<>(graph.initializers());
        changed.forEach((name, value) -> {
            List<Integer> before = graph.initializer(name).shape();
            if (!before.equals(value.shape())) {
                throw new IllegalArgumentException(name + " has shape " + before + ", not " + value.shape() + ".");
            }
            all.put(name, value);
        });
        return changed(graph, graph.outputs(), graph.nodes(), all);
    }

    static Graph withInputShape(Graph graph, List<Integer> shape) {
        Input first = graph.inputs().get(0);
        List<Long> sizes = new ArrayList<>(List.of(first.batch()));
        shape.forEach(size -> sizes.add((long) size));
        return withFirstInput(graph, sizes);
    }

    private static Graph withFirstInput(Graph graph, List<Long> sizes) {
        Input first = graph.inputs().get(0);
        List<Input> inputs = new ArrayList<>(graph.inputs());
        inputs.set(0, new Input(first.name(), first.type(), sizes));
        return new Graph(inputs, graph.outputs(), graph.nodes(), graph.initializers(), graph.origin());
    }

    static Graph withFreeBatch(Graph graph) {
        Input first = graph.inputs().get(0);
        boolean branches = graph.nodes().stream()
                .anyMatch(node -> !node.operator().attributes().bodies().isEmpty());
        if (first.batch() == Input.FREE
                || graph.inputs().size() > 1
                || first.dimensions().size() < 2
                || branches
                || graph.open()) {
            return graph;
        }
        List<Long> sizes = new ArrayList<>(first.dimensions());
        sizes.set(0, Input.FREE);
        try {
            Graph free = withFirstInput(graph, sizes);
            return takesAnyBatch(free) ? free : graph;
        } catch (IllegalArgumentException e) {
            return graph; // something in it wants the size that it has
        }
    }

    private static boolean takesAnyBatch(Graph free) {
        for (long batch : new long[] {1, 2, 7}) {
            long[] made = free.sizing(batch).shape(free.output());
            long[] before = free.sizing(1).shape(free.output());
            if (made == null || before == null || made.length == 0 || made[0] != batch * before[0]) {
                return false;
            }
        }
        return true;
    }

    /** The initial values that some nodes read. */
    static Map<String, Initializer> only(Graph graph, List<Node> some) {
        Set<String> read = new HashSet<>();
        some.forEach(node -> read.addAll(node.reads()));
        Map<String, Initializer> kept = new LinkedHashMap<>();
        graph.initializers().forEach((name, value) -> {
            if (read.contains(name)) {
                kept.put(name, value);
            }
        });
        return kept;
    }

    static Graph insertAfter(Graph graph, String tensor, Node added, Map<String, Initializer> values) {
        List<Node> changed = new ArrayList<>();
        if (graph.inputs().stream().anyMatch(input -> input.name().equals(tensor))) {
            changed.add(added);
        }
        for (Node node : graph.nodes()) {
            changed.add(renamed(node, tensor, added.output()));
            if (node.outputs().contains(tensor)) {
                changed.add(added);
            }
        }
        Map<String, Initializer> all = new LinkedHashMap<>(graph.initializers());
        all.putAll(values);
        return changed(graph, replaced(graph.outputs(), tensor, added.output()), changed, all);
    }

    private static Node renamed(Node node, String before, String after) {
        if (!node.operator().attributes().bodies().isEmpty()
                && !node.inputs().contains(before)
                && node.reads().contains(before)) {
            throw new NotSupported("The branches of node " + node.name() + " read " + before
                    + ", so nothing can be put in between. Maybe name another layer with --layer.");
        }
        return node.with(replaced(node.inputs(), before, after), node.outputs());
    }

    private static List<String> replaced(List<String> names, String before, String after) {
        return names.stream().map(name -> name.equals(before) ? after : name).toList();
    }

    static Graph without(Graph graph, Node removed) {
        List<Node> changed = graph.nodes().stream()
                .filter(node -> !node.name().equals(removed.name()))
                .map(node -> renamed(node, removed.output(), removed.data()))
                .toList();
        return changed(
                graph, replaced(graph.outputs(), removed.output(), removed.data()), changed, only(graph, changed));
    }
}
