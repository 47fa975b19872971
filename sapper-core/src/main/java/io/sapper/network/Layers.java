package io.sapper.network;

import io.sapper.network.operator.NotSupported;
import io.sapper.network.operator.OperatorType.Trait;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The layers of a graph, as people count them: nodes with weights of their own, and the feature maps they end in. */
final class Layers {
    private Layers() {}

    /** Names, in order. */
    static List<String> names(Graph graph) {
        return graph.nodes().stream()
                .filter(node -> isLayer(graph, node))
                .map(Node::name)
                .toList();
    }

    static boolean isLayer(Graph graph, Node node) {
        return node.operator().type().is(Trait.LAYER)
                && node.operator().type().weights().stream()
                        .anyMatch(place -> Weights.stored(graph, node.input(place)) != null);
    }

    static boolean isConvolution(Graph graph, Node node) {
        return (node.operator().is("Conv", "ConvTranspose")
                        || node.operator().name().equals("FusedConv"))
                && isLayer(graph, node);
    }

    static Node firstConvolution(Graph graph) {
        return graph.nodes().stream()
                .filter(node -> isConvolution(graph, node))
                .findFirst()
                .orElseThrow(() -> lacks(graph, "no convolution"));
    }

    static String prunedByDefault(Graph graph) {
        return DefaultLayer.in(graph)
                .map(DefaultLayer::name)
                .orElseThrow(() -> lacks(graph, "no hidden layer that could be pruned"));
    }

    private static NotSupported lacks(Graph graph, String what) {
        return new NotSupported("The network has " + what + ". Its layers: " + String.join(", ", names(graph))
                + ". Maybe name one of them with --layer.");
    }

    static boolean makesScores(Graph graph, String layer) {
        Set<String> reached = new HashSet<>(Set.of(graph.node(layer).output()));
        for (Node node : graph.nodes()) {
            if (!isLayer(graph, node) && node.reads().stream().anyMatch(reached::contains)) {
                reached.addAll(node.made());
            }
        }
        return reached.contains(graph.output());
    }

    static String activation(Graph graph, String layer) {
        String tensor = graph.node(layer).output();
        for (Node next = graph.onlyConsumer(tensor);
                next != null && continues(graph, next);
                next = graph.onlyConsumer(tensor)) {
            tensor = next.output();
        }
        return tensor;
    }

    private static boolean continues(Graph graph, Node next) {
        return next.operator().is("BatchNormalization")
                || next.operator().type().is(Trait.POINTWISE)
                || (next.operator().is("Add") && keepsShape(graph, next))
                || Masks.isMask(graph, next);
    }

    private static boolean keepsShape(Graph graph, Node next) {
        return graph.knownShape(next.output()).equals(graph.knownShape(next.data()));
    }

    static String weights(Graph graph, String layer) {
        Node node = graph.node(layer);
        for (int place : node.operator().type().weights().stream().sorted().toList()) {
            String stored = Weights.stored(graph, node.input(place));
            if (stored != null) {
                return stored;
            }
        }
        throw new IllegalArgumentException("Layer " + layer + " has no weights of its own.");
    }
}
