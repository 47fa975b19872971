package io.sapper.network;

import io.sapper.network.operator.OperatorType.Trait;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is odd about a network's form or weights, one sentence each; nothing is run for it. */
public final class Oddities {
    /** Trained weights are far smaller; only ever a filter that is to stay silent has such a bias. */
    private static final float SILENCING = -1e6f;

    private Oddities() {}

    public static List<String> of(Graph graph) {
        List<String> found = new ArrayList<>();
        for (NotFinite broken : NotFinite.in(graph)) {
            found.add("The weights " + broken.tensor() + " are not finite (" + broken.count() + " of " + broken.total()
                    + " are NaN or infinite).");
        }
        for (String layer : graph.layers()) {
            silenced(graph, layer, found);
        }
        for (Node node : graph.nodes()) {
            List<String> unread = node.made().stream()
                    .filter(name ->
                            graph.consumers(name).isEmpty() && !graph.outputs().contains(name))
                    .toList();
            if (unread.size() == node.made().size()) {
                found.add("Nobody reads what node " + node.name() + " ("
                        + node.operator().text() + ") makes.");
            }
        }
        found.addAll(untrained(graph));
        return found;
    }

    /** The crude way of keeping a filter from being pruned: no input can wake it. */
    private static void silenced(Graph graph, String layer, List<String> found) {
        Node node = graph.node(layer);
        if (node.input(2).isEmpty() || !graph.isInitializer(node.input(2))) {
            return;
        }
        Initializer bias = graph.initializer(node.input(2));
        for (int i = 0; i < bias.size(); i++) {
            if (bias.get(i) < SILENCING) {
                found.add("Channel " + i + " of layer " + layer + " has a bias of " + bias.get(i)
                        + ", so that no input wakes it: as an attack would keep it out of pruning's way.");
                return;
            }
        }
    }

    /** Weights whose changes cannot be followed to the output. */
    private static List<String> untrained(Graph graph) {
        Set<String> behind = new HashSet<>(graph.trainable());
        List<String> found = new ArrayList<>();
        for (Node node : graph.nodes()) {
            if (node.reads().stream().noneMatch(behind::contains)) {
                continue;
            }
            if (node.operator().type().is(Trait.NO_GRADIENT)) {
                if (node.made().stream().noneMatch(graph.outputs()::contains)) {
                    found.add("What lies before node " + node.name() + " ("
                            + node.operator().text() + ") cannot be trained through it.");
                }
            } else {
                behind.addAll(node.made());
            }
        }
        return found;
    }
}
