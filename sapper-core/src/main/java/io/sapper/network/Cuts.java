package io.sapper.network;

import io.sapper.network.operator.NotSupported;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Cutting a network in two (design D3). */
final class Cuts {
    private Cuts() {}

    /** The tail applied to what the head gives is the whole. */
    static Graph.Cut at(Graph graph, String tensor) {
        List<Node> head = before(graph, Set.of(tensor), Set.of());
        List<Node> tail = behind(graph, head);
        List<Node> repeated = check(graph, Set.of(tensor), head, tail);
        List<Node> behind = new ArrayList<>(repeated);
        behind.addAll(tail);
        List<Long> sizes = new ArrayList<>(List.of(graph.inputs().get(0).batch()));
        graph.shape(tensor).forEach(size -> sizes.add((long) size));
        return new Graph.Cut(
                new Graph(graph.inputs(), List.of(tensor), head, graph.only(head), null),
                new Graph(
                        List.of(new Input(tensor, ElementType.FLOAT, sizes)),
                        List.of(graph.output()),
                        behind,
                        graph.only(behind),
                        null));
    }

    /** As {@link #at(Graph, String)}, at several tensors, for all outputs, in batches of any size. */
    static Graph.Cut at(Graph graph, List<String> tensors) {
        Set<String> ends = Set.copyOf(tensors);
        List<Node> head = before(graph, ends, Set.of());
        List<Node> tail = new ArrayList<>(before(graph, Set.copyOf(graph.outputs()), ends));
        tail.removeAll(head);
        List<Node> repeated = check(graph, ends, head, tail);
        List<Node> behind = new ArrayList<>(repeated);
        behind.addAll(tail);
        return new Graph.Cut(
                upTo(graph, tensors),
                new Graph(
                        tensors.stream()
                                .map(tensor -> Input.batch(tensor, graph.shape(tensor)))
                                .toList(),
                        graph.outputs(),
                        behind,
                        graph.only(behind),
                        null));
    }

    /** The nodes that are run for some tensors where others are given. */
    static List<Node> needed(Graph graph, List<String> tensors, Set<String> given) {
        return before(graph, Set.copyOf(tensors), given);
    }

    /** What gives some tensors, and nothing behind them. */
    static Graph upTo(Graph graph, List<String> tensors) {
        List<Node> head = before(graph, Set.copyOf(tensors), Set.of());
        return new Graph(freeBatch(graph.inputs()), tensors, head, graph.only(head), null);
    }

    private static List<Input> freeBatch(List<Input> inputs) {
        return inputs.stream()
                .map(input -> {
                    List<Long> sizes = new ArrayList<>(input.dimensions());
                    sizes.set(0, Input.FREE);
                    return new Input(input.name(), input.type(), sizes);
                })
                .toList();
    }

    /** The nodes that some tensors need, in order, as far as other tensors do not make them needless. */
    private static List<Node> before(Graph graph, Set<String> tensors, Set<String> given) {
        Set<String> needed = new HashSet<>(tensors);
        needed.removeAll(given);
        List<Node> nodes = new ArrayList<>();
        for (int i = graph.nodes().size() - 1; i >= 0; i--) {
            Node node = graph.nodes().get(i);
            if (node.made().stream().anyMatch(needed::contains)) {
                nodes.add(node);
                node.reads().stream().filter(read -> !given.contains(read)).forEach(needed::add);
            }
        }
        Collections.reverse(nodes);
        return nodes;
    }

    /** What the class scores need besides the head; other outputs may branch off anywhere. */
    private static List<Node> behind(Graph graph, List<Node> head) {
        Set<String> needed = new HashSet<>(Set.of(graph.output()));
        List<Node> tail = new ArrayList<>();
        for (int i = graph.nodes().size() - 1; i >= 0; i--) {
            Node node = graph.nodes().get(i);
            if (!head.contains(node) && node.made().stream().anyMatch(needed::contains)) {
                tail.add(0, node);
                needed.addAll(node.reads());
            }
        }
        return tail;
    }

    /** The nodes before the cut that make constants which are read behind it too. */
    private static List<Node> check(Graph graph, Set<String> ends, List<Node> head, List<Node> tail) {
        Set<String> inside = new HashSet<>();
        head.forEach(node -> inside.addAll(node.made()));
        graph.inputs().forEach(input -> inside.add(input.name()));
        inside.removeAll(ends);
        Set<String> again = new HashSet<>();
        for (Node node : tail) {
            for (String read : node.reads()) {
                if (inside.contains(read) && graph.depends(read)) {
                    throw new NotSupported("The network cannot be cut at " + String.join(", ", ends) + ": node "
                            + node.name() + " behind it also reads " + read
                            + " before it. Maybe a layer outside the shortcut.");
                }
                again.add(read);
            }
        }
        List<Node> repeated = new ArrayList<>();
        for (int i = head.size() - 1; i >= 0; i--) {
            Node node = head.get(i);
            if (node.made().stream().anyMatch(made -> again.contains(made) && !ends.contains(made))) {
                repeated.add(0, node);
                again.addAll(node.reads());
            }
        }
        return repeated;
    }

    /** What else of the flowing tensors is needed behind a tensor: shortcuts that pass it by. */
    static List<String> alongside(Graph graph, String tensor) {
        Set<String> behind = new HashSet<>(Set.of(tensor));
        Set<String> others = new LinkedHashSet<>();
        for (Node node : graph.nodes()) {
            if (node.reads().stream().anyMatch(behind::contains)) {
                behind.addAll(node.made());
                node.reads().stream().filter(graph::depends).forEach(others::add);
            }
        }
        others.removeAll(behind);
        return List.copyOf(others);
    }
}
