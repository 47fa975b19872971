package io.sapper.defense;

import io.sapper.network.Graph;
import java.util.List;

/** Which layer is pruned, decided and checked before anything is computed. */
final class PrunedLayer {
    private PrunedLayer() {}

    /**
     * The layer to prune.
     *
     * @param named by the user; empty for the last convolution before the class scores
     * @throws IllegalArgumentException if there is no such layer, it has no channels to switch off, or its channels are
     *     the class scores: without them a class could never be answered again
     */
    static String of(Graph graph, String named) {
        if (named.isEmpty()) {
            return graph.prunedByDefault();
        }
        String found = graph.node(named).name();
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
