package io.sapper.network;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** When tensors that flow through a graph may be freed or overwritten. */
final class Liveness {
    private Liveness() {}

    /** For each node, the tensors (never the input or output) that no later node reads. */
    static Map<Node, Set<String>> deadAfter(Graph graph) {
        Map<String, Node> lastReader = new HashMap<>();
        for (Node node : graph.nodes()) {
            lastReader.put(node.output(), node);
            node.inputs().stream()
                    .filter(name -> lastReader.containsKey(name))
                    .forEach(name -> lastReader.put(name, node));
        }
        lastReader.remove(graph.output());
        Map<Node, Set<String>> dead = new HashMap<>();
        graph.nodes().forEach(node -> dead.put(node, new HashSet<>()));
        lastReader.forEach((tensor, node) ->
                dead.computeIfAbsent(node, unused -> new HashSet<>()).add(tensor));
        return dead;
    }

    /** The ReLUs that may work in place: alone in reading a layer's output, which no gradient needs. */
    static Set<Node> overwriting(Graph graph) {
        Set<Node> found = new HashSet<>();
        for (Node node : graph.nodes()) {
            Node before = graph.producer(node.data());
            if (node.operator() instanceof Operator.Relu
                    && before != null
                    && Graph.isLayer(before)
                    && node.equals(graph.onlyConsumer(node.data()))) {
                found.add(node);
            }
        }
        return found;
    }
}
