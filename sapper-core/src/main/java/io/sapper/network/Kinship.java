package io.sapper.network;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How much alike the weights of two networks are. Those that were trained apart from each other, each from its own
 * random beginning, have hardly anything in common; one that was trained on from the other keeps nearly all.
 */
public final class Kinship {
    private Kinship() {}

    /**
     * The cosine of the angle between all weights of one and all of the other: 1 where they are the same, about 0 where
     * they were drawn apart.
     *
     * @return NaN where their weights have not the same shapes in the same order, so that nothing can be compared
     */
    public static double similarity(Graph one, Graph other) {
        List<Initializer> first = weights(one);
        List<Initializer> second = weights(other);
        if (!shapes(first).equals(shapes(second))) {
            return Double.NaN;
        }
        double product = 0;
        double squares = 0;
        double otherSquares = 0;
        for (int k = 0; k < first.size(); k++) {
            Initializer these = first.get(k);
            Initializer those = second.get(k);
            for (int i = 0; i < these.size(); i++) {
                double x = these.real(i);
                double y = those.real(i);
                product += x * y;
                squares += x * x;
                otherSquares += y * y;
            }
        }
        return product / Math.sqrt(squares * otherSquares);
    }

    /** In the order of use; what has one number for each channel is left out, for scales are alike in all networks. */
    private static List<Initializer> weights(Graph graph) {
        Set<String> names = new LinkedHashSet<>();
        graph.nodes().forEach(node -> names.addAll(node.inputs()));
        return names.stream()
                .filter(graph::isInitializer)
                .map(graph::initializer)
                .filter(weights -> weights.type().real()
                        && weights.shape().stream().filter(size -> size > 1).count() > 1)
                .toList();
    }

    private static List<List<Integer>> shapes(List<Initializer> weights) {
        return weights.stream().map(Initializer::shape).toList();
    }
}
