package io.sapper.network;

import io.sapper.network.operator.OperatorType.Trait;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds {@link Gate gates}: joins of what passed the layers with something that did not and that narrows to one number
 * or one truth value for each input. Shortcuts do not narrow; normalisations and attention in a block come from where
 * the block's own data come from; rescaling stands before every layer; so none of these is a gate.
 */
public final class Gates {
    private final Graph graph;
    private final Map<String, Integer> depths = new HashMap<>();
    private final long batch;
    private final @Nullable Sizing sizing;

    private Gates(Graph graph) {
        this.graph = graph;
        long fixed = graph.inputs().isEmpty() ? 1 : graph.inputs().get(0).batch();
        this.batch = fixed == Input.FREE ? 3 : Math.max(1, fixed); // 3, so that a batch is not taken for one number
        this.sizing = graph.open() ? null : graph.sizing(batch);
    }

    /** All gates, in the order of the graph. */
    public static List<Gate> in(Graph graph) {
        return new Gates(graph).find();
    }

    private List<Gate> find() {
        graph.inputs().forEach(input -> depths.put(input.name(), 0));
        Map<String, Gate> found = new LinkedHashMap<>();
        for (Node node : graph.nodes()) {
            if (node.operator().is("Shape", "Size")) {
                continue; // hangs on how large the input is, not on what it is
            }
            int deepest = -1;
            for (String read : node.reads()) {
                deepest = Math.max(deepest, depth(read));
            }
            if (deepest < 0) {
                continue; // depends on no input
            }
            for (String read : node.reads()) {
                if (depth(read) >= 0 && depth(read) < deepest) {
                    Gate gate = gate(node, read, deepest);
                    if (gate != null) {
                        found.putIfAbsent(gate.tensor(), gate);
                    }
                }
            }
            int after = deepest + (graph.isLayer(node) ? 1 : 0);
            node.made().forEach(made -> depths.put(made, after));
        }
        return List.copyOf(found.values());
    }

    /** Trained layers on the longest way from an input; -1 where nothing of an input comes in. */
    private int depth(String tensor) {
        return depths.getOrDefault(tensor, -1);
    }

    private @Nullable Gate gate(Node join, String side, int decided) {
        boolean condition = join.operator().is("If", "Where") && join.input(0).equals(side);
        String narrow = condition ? side : narrow(side);
        if (narrow == null || !reachesOutput(join)) {
            return null;
        }
        return new Gate(narrow, join.name(), condition, depth(narrow), decided, path(narrow, join));
    }

    /**
     * The last tensor on the way to one that joins that is one number, or a truth value, for each input: what comes
     * after only spreads it. The way back ends at a tensor that is wider.
     */
    private @Nullable String narrow(String side) {
        Deque<String> open = new ArrayDeque<>(List.of(side));
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty()) {
            String tensor = open.removeFirst();
            if (!seen.add(tensor) || depth(tensor) < 0) {
                continue;
            }
            if (isOneNumber(tensor)) {
                return tensor;
            }
            Node maker = graph.producer(tensor);
            if (maker != null && !graph.isLayer(maker) && spreads(maker)) {
                open.addAll(maker.reads());
            }
        }
        return null;
    }

    /** Whether a node only makes more of the same numbers: arithmetic, views, no layer. */
    private static boolean spreads(Node maker) {
        return maker.operator().type().is(Trait.POINTWISE)
                || maker.operator().type().is(Trait.VIEW)
                || maker.operator()
                        .is(
                                "Add",
                                "Sub",
                                "Mul",
                                "Div",
                                "Expand",
                                "Tile",
                                "Concat",
                                "Where",
                                "MatMul",
                                "Gemm",
                                "Min",
                                "Max",
                                "Pow",
                                "And",
                                "Or",
                                "Not",
                                "Xor",
                                "Greater",
                                "Less",
                                "Equal",
                                "GreaterOrEqual",
                                "LessOrEqual");
    }

    private boolean isOneNumber(String tensor) {
        long[] shape = sizing == null ? null : sizing.shape(tensor);
        if (shape == null
                || graph.inputs().stream().anyMatch(input -> input.name().equals(tensor))) {
            return false;
        }
        long count = 1;
        for (long size : shape) {
            count *= size;
        }
        return count == 1 || (count == batch && shape.length > 0 && shape[0] == batch);
    }

    private boolean reachesOutput(Node join) {
        return way(join.output(), new HashSet<>(graph.outputs())) != null;
    }

    /** From an input to the tensor, on to the join and to an output, as few nodes as may be. */
    private List<String> path(String tensor, Node join) {
        List<String> path = new ArrayList<>(back(tensor));
        List<Node> on = way(tensor, new HashSet<>(join.made()));
        List<Node> out = way(join.output(), new HashSet<>(graph.outputs()));
        if (on != null) {
            on.forEach(node -> path.add(node.name()));
        }
        if (out != null) {
            out.forEach(node -> path.add(node.name()));
        }
        return path;
    }

    /** The nodes from an input to a tensor. */
    private List<String> back(String tensor) {
        Map<String, String> from = new HashMap<>();
        Deque<String> open = new ArrayDeque<>(List.of(tensor));
        while (!open.isEmpty()) {
            String now = open.removeFirst();
            Node maker = graph.producer(now);
            if (maker == null) {
                List<String> names = new ArrayList<>();
                for (String at = from.get(now); at != null; at = from.get(at)) {
                    Node node = graph.producer(at);
                    if (node != null) {
                        names.add(node.name());
                    }
                }
                return names;
            }
            for (String read : maker.reads()) {
                if (depth(read) >= 0 && !from.containsKey(read) && !read.equals(tensor)) {
                    from.put(read, now);
                    open.add(read);
                }
            }
        }
        return List.of();
    }

    /** The nodes from a tensor to one of others, the fewest; null where there is no way. */
    private @Nullable List<Node> way(String tensor, Set<String> goals) {
        Map<String, Node> by = new HashMap<>();
        Map<String, String> from = new HashMap<>();
        Deque<String> open = new ArrayDeque<>(List.of(tensor));
        Set<String> seen = new HashSet<>(open);
        while (!open.isEmpty()) {
            String now = open.removeFirst();
            if (goals.contains(now)) {
                List<Node> nodes = new ArrayList<>();
                for (String at = now; by.containsKey(at); at = String.valueOf(from.get(at))) {
                    nodes.add(by.get(at));
                }
                Collections.reverse(nodes);
                return nodes;
            }
            for (Node reader : graph.consumers(now)) {
                for (String made : reader.made()) {
                    if (seen.add(made)) {
                        by.put(made, reader);
                        from.put(made, now);
                        open.add(made);
                    }
                }
            }
        }
        return null;
    }
}
