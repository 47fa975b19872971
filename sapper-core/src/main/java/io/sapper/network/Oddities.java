package io.sapper.network;

import io.sapper.network.operator.OperatorType.Trait;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * What is odd about a network, one sentence each: its form, its weights, and what its file says ({@link FileOddities}).
 * Nothing is run for it.
 */
public final class Oddities {
    /** Trained weights are far smaller; only ever a filter that is to stay silent has such a bias. */
    private static final float SILENCING = -1e6f;

    private Oddities() {}

    /** All there are; in the order: weights, layers, nodes, training, the file. */
    public static List<String> of(Graph graph) {
        List<String> found = new ArrayList<>();
        for (NotFinite broken : NotFinite.in(graph)) {
            found.add("The weights " + broken.tensor() + " are not finite (" + broken.count() + " of " + broken.total()
                    + " are NaN or infinite).");
        }
        found.addAll(silenced(graph));
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
        graph.nodes().forEach(node -> node(graph, node, found));
        found.addAll(FileOddities.of(graph));
        return found.stream().distinct().toList();
    }

    /** Channels that no input can wake, as an attack keeps them out of pruning's way (Fine-Pruning, 4.2). */
    public static List<String> silenced(Graph graph) {
        List<String> found = new ArrayList<>();
        for (String layer : graph.layers()) {
            silenced(graph, graph.node(layer), "layer " + layer + " has a bias", found);
        }
        for (Node node : graph.nodes()) {
            if (node.operator().is("BatchNormalization")) {
                silenced(graph, node, "batch normalisation " + node.name() + " has a shift", found);
            }
        }
        return found;
    }

    /** The crude way of keeping a filter from being pruned: no input can wake it. */
    private static void silenced(Graph graph, Node node, String what, List<String> found) {
        if (node.input(2).isEmpty() || !graph.isInitializer(node.input(2))) {
            return;
        }
        Initializer bias = graph.initializer(node.input(2));
        for (int i = 0; i < bias.size(); i++) {
            if (bias.get(i) < SILENCING) {
                found.add("Channel " + i + " of " + what + " of " + bias.get(i)
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
            if (node.reads().stream().noneMatch(behind::contains)
                    || node.operator().is("Shape", "Size")) {
                continue; // how large something is does not hang on weights
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

    /** Settings and stored values that make no sense. */
    private static void node(Graph graph, Node node, List<String> found) {
        String variance = node.operator().is("BatchNormalization") ? node.input(4) : "";
        if (graph.isInitializer(variance) && negative(graph.initializer(variance))) {
            found.add("Node " + node.name() + " has negative variances, of which no number comes.");
        }
        if (LongStream.of(node.operator().attributes().integers("pads")).anyMatch(pad -> pad < 0)) {
            found.add("Node " + node.name() + " has pads below 0, which cut off what they should add.");
        }
        String ratio = node.operator().is("Dropout") ? node.input(1) : "";
        if (graph.isInitializer(ratio) && !share(graph.initializer(ratio))) {
            found.add("Node " + node.name() + " drops a share that is none of 0 to 1.");
        }
        for (String read : node.inputs()) {
            if (graph.isInitializer(read)
                    && node.operator().type().is(Trait.LAYER)
                    && graph.initializer(read).size() == 0) {
                found.add("The weights " + read + " of node " + node.name() + " are empty.");
            }
        }
    }

    private static boolean share(Initializer value) {
        return value.size() == 1 && value.get(0) >= 0 && value.get(0) <= 1;
    }

    private static boolean negative(Initializer values) {
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) < 0) {
                return true;
            }
        }
        return false;
    }
}
