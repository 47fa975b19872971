package io.sapper.defense;

import io.sapper.network.DefaultLayer;
import io.sapper.network.Graph;
import java.util.List;
import java.util.Optional;

/** Which layer is pruned, decided and checked before anything is computed. */
final class PrunedLayer {
    private PrunedLayer() {}

    /**
     * The layer to prune; empty where nobody named one and the network has none: then it can only be tuned.
     *
     * @param named by the user; empty for the default
     * @throws IllegalArgumentException if there is no such layer, it has no channels to switch off, or its channels are
     *     the class scores: without them a class could never be answered again
     */
    static Optional<String> find(Graph graph, String named) {
        return named.isEmpty() ? DefaultLayer.in(graph).map(DefaultLayer::name) : Optional.of(checked(graph, named));
    }

    /** As {@link #find}, where there must be one. */
    static String of(Graph graph, String named) {
        return named.isEmpty() ? graph.prunedByDefault() : checked(graph, named);
    }

    private static String checked(Graph graph, String named) {
        String found = graph.node(named).name();
        if (DefaultLayer.hiddenFeature(graph).filter(found::equals).isPresent()) {
            return found;
        }
        if (!graph.layers().contains(found)) {
            throw new IllegalArgumentException("'" + found + "' is a "
                    + graph.node(found).operator().text() + ", which has no channels of its own to prune."
                    + others(graph));
        }
        if (graph.makesScores(found)) {
            throw new IllegalArgumentException("The layer '" + found
                    + "' makes the class scores; pruning it would take classes away." + others(graph));
        }
        return found;
    }

    private static String others(Graph graph) {
        List<String> prunable = graph.layers().stream()
                .filter(layer -> !graph.makesScores(layer))
                .toList();
        return prunable.isEmpty()
                ? " The network has no other layer that can be pruned."
                : " Layers that can be pruned: " + String.join(", ", prunable) + ".";
    }
}
