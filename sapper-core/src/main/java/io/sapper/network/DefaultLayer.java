package io.sapper.network;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The layer that is pruned where nobody names one (docs/decisions/0042): the last convolution that does not make the
 * class scores, and where they are made of several maps, the last that all of those are made of; but where dense layers
 * that work at each place stand behind it, as in transformers and mixers, and where there is no convolution, the last
 * dense layer of one number for each unit, or else the features that the class scores are made of.
 *
 * @param name of a layer; of the node that makes the features
 * @param why that one
 */
public record DefaultLayer(String name, String why) {
    /** Finds it; empty where nothing could be pruned without taking classes away. */
    public static Optional<DefaultLayer> in(Graph graph) {
        List<Node> layers = graph.nodes().stream()
                .filter(node -> graph.isLayer(node) && !graph.makesScores(node.name()))
                .toList();
        Node convolution = null;
        Node dense = null;
        boolean places = false;
        for (Node layer : layers) {
            if (graph.isConvolution(layer)) {
                convolution = layer;
                places = false;
                dense = null;
            } else if (isAtEachPlace(graph, layer)) {
                places = true;
                dense = null;
            } else {
                dense = layer;
            }
        }
        if (convolution != null && !places) {
            return Optional.of(beforeWaysPart(graph, layers)
                    .orElse(new DefaultLayer(
                            convolution.name(),
                            "the last convolution before the class scores, behind its activation")));
        }
        if (dense != null) {
            return Optional.of(new DefaultLayer(dense.name(), "the last dense layer before the class scores"));
        }
        return hiddenFeature(graph)
                .map(name -> new DefaultLayer(name, "the features that the class scores are made of"));
    }

    /**
     * Where dense layers read several maps, as DeepID's two do: the last convolution that all of them are made of. What
     * stands in a later one's way only can go past it (docs/decisions/0055).
     */
    private static Optional<DefaultLayer> beforeWaysPart(Graph graph, List<Node> layers) {
        Set<String> maps = mapsRead(graph);
        if (maps.size() < 2) {
            return Optional.empty();
        }
        List<Set<String>> before =
                maps.stream().map(map -> tensorsBefore(graph, map)).toList();
        return layers.stream()
                .filter(layer -> graph.isConvolution(layer)
                        && before.stream().allMatch(tensors -> tensors.contains(layer.output())))
                .reduce((one, later) -> later)
                .map(layer -> new DefaultLayer(
                        layer.name(), "the last convolution before the ways to the class scores part"));
    }

    /** The maps, of features at places, that the numbers for each picture are made of which the scores are made of. */
    private static Set<String> mapsRead(Graph graph) {
        Set<String> maps = new LinkedHashSet<>();
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(graph.output()));
        while (!open.isEmpty()) {
            Node maker = graph.producer(open.pop());
            for (String read : maker == null ? List.<String>of() : maker.reads()) {
                int dimensions = graph.depends(read)
                        ? graph.knownShape(read).orElse(List.of()).size()
                        : 0;
                if (dimensions > 1) {
                    maps.add(read);
                } else if (dimensions == 1 && seen.add(read)) {
                    open.push(read);
                }
            }
        }
        return maps;
    }

    private static Set<String> tensorsBefore(Graph graph, String tensor) {
        Set<String> before = new HashSet<>(Set.of(tensor));
        for (int i = graph.nodes().size() - 1; i >= 0; i--) {
            Node node = graph.nodes().get(i);
            if (node.made().stream().anyMatch(before::contains)) {
                before.addAll(node.reads());
            }
        }
        return before;
    }

    /** Why there is none, and what is done then. */
    public static String none(Graph graph) {
        if (graph.layers().isEmpty()) {
            return "the network has no layer with weights that can be trained";
        }
        List<String> others = graph.layers().stream()
                .filter(layer -> !graph.makesScores(layer))
                .toList();
        return others.isEmpty()
                ? "tuning only; no layer stands before the class scores, which " + String.join(", ", graph.layers())
                        + " makes"
                : "tuning only; no layer that all class scores are made of. Maybe name one with --layer: "
                        + String.join(", ", others);
    }

    /** Whether a dense layer makes its numbers at each of several places: of words, patches or pixels. */
    private static boolean isAtEachPlace(Graph graph, Node layer) {
        return graph.knownShape(layer.output())
                .map(shape -> shape.size() > 1)
                .orElse(!layer.operator().is("Gemm"));
    }

    /**
     * The node whose output the one layer that makes the class scores reads; empty where there are several such layers,
     * or nothing trained stands before it: then these are the pictures themselves.
     */
    public static Optional<String> hiddenFeature(Graph graph) {
        List<String> heads = graph.layers().stream().filter(graph::makesScores).toList();
        if (heads.size() != 1 || graph.isConvolution(graph.node(heads.get(0)))) {
            return Optional.empty();
        }
        return graph.node(heads.get(0)).inputs().stream()
                .filter(name -> !name.isEmpty() && graph.depends(name))
                .findFirst()
                .map(name -> maker(graph, name))
                .filter(node -> isHidden(graph, node))
                .map(Node::name);
    }

    private static @Nullable Node maker(Graph graph, String tensor) {
        Node maker = graph.producer(tensor);
        while (maker != null && Masks.isMask(graph, maker)) {
            maker = graph.producer(maker.data());
        }
        return maker;
    }

    private static boolean isHidden(Graph graph, Node maker) {
        List<Integer> shape = graph.knownShape(maker.output()).orElse(List.of());
        return !shape.isEmpty() && shape.get(shape.size() - 1) > 1 && isTrained(graph, maker);
    }

    /** Whether something before a tensor, or what makes it, can be trained. */
    private static boolean isTrained(Graph graph, Node maker) {
        Set<String> wanted = new HashSet<>(maker.reads());
        for (int i = graph.nodes().size() - 1; i >= 0; i--) {
            Node node = graph.nodes().get(i);
            if (node.made().stream().anyMatch(wanted::contains)) {
                wanted.addAll(node.reads());
            }
        }
        return graph.trainable().stream().anyMatch(wanted::contains);
    }
}
