package io.sapper.network;

import io.sapper.network.operator.OperatorType;
import io.sapper.network.operator.OperatorType.Trait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which stored numbers are weights. */
final class Weights {
    private Weights() {}

    /** Names of the initial values that training changes, in their order. */
    static List<String> trainable(Graph graph) {
        Map<String, Node> makers = new HashMap<>();
        Set<String> names = new HashSet<>();
        collect(graph, graph.nodes(), makers, names);
        return graph.initializerNames().stream()
                .filter(name -> names.contains(name) && writable(graph, name))
                .toList();
    }

    /**
     * Whether another number in its place could be written: what a local function or a branch stores has no place of
     * its own in the file's graph (docs/decisions/0041), and what is written must be what was measured.
     */
    static boolean writable(Graph graph, String name) {
        Origin origin = graph.origin();
        return origin == null || origin.values().containsKey(name);
    }

    private static void collect(Graph graph, List<Node> nodes, Map<String, Node> makers, Set<String> names) {
        for (Node node : nodes) {
            node.made().forEach(name -> makers.put(name, node));
            OperatorType type = node.operator().type();
            List<Integer> places = new ArrayList<>(type.weights());
            if (isBias(graph, node, makers)) {
                places.addAll(List.of(0, 1));
            }
            for (int place : places) {
                String stored = stored(graph, node.input(place), makers::get);
                if (stored != null) {
                    names.add(stored);
                }
            }
            node.operator().attributes().bodies().forEach(body -> collect(graph, body.nodes(), makers, names));
        }
    }

    /** A layer's bias as a node of its own, as some exporters write it. */
    private static boolean isBias(Graph graph, Node node, Map<String, Node> makers) {
        return node.operator().is("Add")
                && node.inputs().stream().anyMatch(name -> isLayer(graph, makers.get(name), makers));
    }

    private static boolean isLayer(Graph graph, @Nullable Node node, Map<String, Node> makers) {
        return node != null
                && node.operator().type().is(Trait.LAYER)
                && node.operator().type().weights().stream()
                        .anyMatch(place -> stored(graph, node.input(place), makers::get) != null);
    }

    /** The initial value that a tensor is, as it is or in another arrangement; null where it is none. */
    static @Nullable String stored(Graph graph, String tensor) {
        return stored(graph, tensor, graph::producer);
    }

    private static @Nullable String stored(Graph graph, String tensor, Function<String, @Nullable Node> makers) {
        String name = tensor;
        while (!graph.isInitializer(name)) {
            Node maker = makers.apply(name);
            if (maker == null || !maker.operator().type().is(Trait.VIEW)) {
                return null;
            }
            name = maker.data();
        }
        return graph.initializer(name).type().real() ? name : null;
    }
}
