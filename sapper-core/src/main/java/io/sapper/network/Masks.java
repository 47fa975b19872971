package io.sapper.network;

import io.sapper.network.operator.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Pruning as a mask on a feature map (design D4): one factor per channel, 0 or 1, behind the layer's activation. So a
 * pruned channel gives nothing, whatever its filter, its normalisation or a shortcut would add.
 */
public final class Masks {
    private static final String SUFFIX = ".mask";

    private Masks() {}

    /**
     * Masks channels of a layer, in addition to those that are masked already.
     *
     * @param layer name of a layer, or of any node that makes features
     * @param pruned channels to turn off, each 0 to the layer's channels - 1
     */
    public static Graph prune(Graph graph, String layer, Set<Integer> pruned) {
        Channels there = Channels.of(graph, layer);
        int channels = there.count();
        for (int channel : pruned) {
            if (channel < 0 || channel >= channels) {
                throw new IllegalArgumentException(
                        "Layer " + layer + " has channels 0 to " + (channels - 1) + ", not " + channel + ".");
            }
        }
        Graph masked = graph.isInitializer(layer + SUFFIX) ? graph : insert(graph, layer, there);
        return masked.mapInitializer(layer + SUFFIX, values -> {
            pruned.forEach(channel -> values[channel] = 0);
            return values;
        });
    }

    private static Graph insert(Graph graph, String layer, Channels channels) {
        String name = layer + SUFFIX;
        String tensor = channels.tensor();
        Node node = new Node(name, Operator.of("Mul"), List.of(tensor, name), name + ".out");
        Initializer ones = Initializer.ones(ElementTypes.of(graph, tensor), List.of(channels.shapeOfMask()));
        return graph.insertAfter(tensor, node, Map.of(name, ones));
    }

    /** Which channels of a layer are masked; empty where the layer has no mask. */
    public static List<Integer> pruned(Graph graph, String layer) {
        List<Integer> found = new ArrayList<>();
        if (graph.isInitializer(layer + SUFFIX)) {
            Initializer mask = graph.initializer(layer + SUFFIX);
            for (int channel = 0; channel < mask.size(); channel++) {
                if (mask.get(channel) == 0) {
                    found.add(channel);
                }
            }
        }
        return found;
    }

    /** How many channels a mask switches off. */
    public static int off(Initializer mask) {
        return (int) IntStream.range(0, mask.size())
                .filter(channel -> mask.get(channel) == 0)
                .count();
    }

    /**
     * Folds masks into the weights where that is exact: convolution or dense layer, then at most a batch normalisation,
     * then ReLU, each with a single consumer, and weights that no other node reads. Other masks stay as {@code Mul}
     * nodes.
     */
    public static Graph fold(Graph graph) {
        Graph folded = graph;
        for (Node node : graph.nodes()) {
            if (isMask(graph, node)) {
                folded = foldOne(folded, folded.node(node.name()));
            }
        }
        return folded;
    }

    private static Graph foldOne(Graph graph, Node mask) {
        String layer = layer(mask);
        List<Node> between = new ArrayList<>();
        String tensor = graph.node(layer).output();
        for (Node next = graph.onlyConsumer(tensor);
                next != null && !next.equals(mask);
                next = graph.onlyConsumer(tensor)) {
            between.add(next);
            tensor = next.output();
        }
        if (!mask.data().equals(tensor) || !exact(between) || !channelsFirst(graph, graph.node(layer))) {
            return graph;
        }
        List<String> parameters = new ArrayList<>(
                graph.node(layer).inputs().subList(1, graph.node(layer).inputs().size()));
        between.stream()
                .filter(node -> node.operator().is("BatchNormalization"))
                .forEach(node -> parameters.addAll(node.inputs().subList(1, 3)));
        if (parameters.stream().anyMatch(name -> graph.consumers(name).size() > 1)) {
            return graph;
        }
        return zero(graph, parameters, pruned(graph, layer)).without(mask);
    }

    /** Whether the first dimension of the stored weights is the layer's channels. */
    private static boolean channelsFirst(Graph graph, Node layer) {
        return (layer.operator().is("Conv")
                        || (layer.operator().is("Gemm")
                                && layer.operator().attributes().flag("transB")))
                && layer.inputs().stream()
                        .skip(1)
                        .allMatch(name ->
                                graph.isInitializer(name) && first(graph, name) == first(graph, layer.input(1)));
    }

    private static int first(Graph graph, String value) {
        List<Integer> shape = graph.initializer(value).shape();
        return shape.isEmpty() ? 1 : shape.get(0);
    }

    /** Zero stays zero through the normalisation (its scale and bias are zeroed too) and through ReLU. */
    private static boolean exact(List<Node> between) {
        return !between.isEmpty()
                && between.size() <= 2
                && between.get(between.size() - 1).operator().is("Relu")
                && (between.size() == 1 || between.get(0).operator().is("BatchNormalization"));
    }

    private static Graph zero(Graph graph, List<String> parameters, List<Integer> channels) {
        Map<String, Initializer> changed = new HashMap<>();
        for (String name : parameters) {
            Initializer old = graph.initializer(name);
            float[] values = old.toArray();
            int perChannel = values.length / old.shape().get(0);
            for (int channel : channels) {
                Arrays.fill(values, channel * perChannel, (channel + 1) * perChannel, 0f);
            }
            changed.put(name, old.with(values));
        }
        return graph.withInitializers(changed);
    }

    /** Foreign networks may use any name, so the name alone does not make a mask. */
    static boolean isMask(Graph graph, Node node) {
        return node.operator().is("Mul")
                && node.name().endsWith(SUFFIX)
                && node.inputs().get(1).equals(node.name())
                && graph.isInitializer(node.name())
                && isSwitches(graph.initializer(node.name()))
                && graph.isNode(layer(node));
    }

    private static boolean isSwitches(Initializer factors) {
        return IntStream.range(0, factors.size()).allMatch(i -> factors.get(i) == 0 || factors.get(i) == 1);
    }

    private static String layer(Node mask) {
        return mask.name().substring(0, mask.name().length() - SUFFIX.length());
    }
}
