package io.sapper.network;

import io.sapper.network.operator.Attributes;
import io.sapper.network.operator.Operator;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A network as it is tuned: its weights as numbers of 32 bits, whatever the file stores, and its batch normalisations
 * as {@link Statistics} says. What tuning made of it goes back into the network's own types ({@link #written}), which
 * is the network that is measured and goes out (docs/decisions/0040, 0041).
 */
public final class Tunable {
    /** Settings that say which type a node makes. */
    private static final List<String> TYPES = List.of("to", "dtype", "output_dtype", "output_datatype");

    private final Graph own;
    private final Graph graph;
    private final Map<String, String> running;

    private Tunable(Graph own, Graph graph, Map<String, String> running) {
        this.own = own;
        this.graph = graph;
        this.running = Map.copyOf(running);
    }

    /** A network's form for tuning; the given graph stays as it is. */
    public static Tunable of(Graph own, Statistics statistics) {
        Set<ElementType> narrow = EnumSet.noneOf(ElementType.class);
        own.trainable().forEach(name -> narrow.add(own.initializer(name).type()));
        narrow.remove(ElementType.FLOAT);
        Map<String, String> running = new LinkedHashMap<>();
        List<Node> nodes = new ArrayList<>();
        for (Node node : own.nodes()) {
            Node typed = narrow.isEmpty() ? node : typed(node, narrow);
            nodes.add(statistics == Statistics.RUNNING && follows(own, node) ? following(typed, running) : typed);
        }
        if (narrow.isEmpty() && running.isEmpty()) {
            return new Tunable(own, own, running);
        }
        Map<String, Initializer> values = new LinkedHashMap<>();
        own.initializers().forEach((name, value) -> values.put(name, typed(value, narrow)));
        return new Tunable(own, new Graph(own.inputs(), own.outputs(), nodes, values, own.origin()), running);
    }

    /** What is tuned. */
    public Graph graph() {
        return graph;
    }

    /** Tensors that each batch makes, and the initial values whose next state they are. */
    public Map<String, String> running() {
        return running;
    }

    /** This network with the numbers of a tuned one, in its own types; those that did not change keep their bits. */
    public Graph written(Graph tuned) {
        Map<String, Initializer> now = new HashMap<>();
        List<String> changed = new ArrayList<>(own.trainable());
        changed.addAll(running.values());
        for (String name : changed) {
            now.put(name, own.initializer(name).updated(tuned.initializer(name).values()));
        }
        return own.withInitializers(now);
    }

    /** How many normalisations of a network have statistics that can follow the data. */
    public static long following(Graph graph) {
        return graph.nodes().stream().filter(node -> follows(graph, node)).count();
    }

    /**
     * Whether a node's statistics are its own alone: those that several nodes read would be several things at once. A
     * normalisation that the file itself has in training mode stays as it is.
     */
    private static boolean follows(Graph graph, Node node) {
        return node.operator().is("BatchNormalization")
                && !node.operator().attributes().flag("training_mode")
                && node.made().size() == 1
                && !node.input(3).equals(node.input(4))
                && isOwn(graph, node.input(3))
                && isOwn(graph, node.input(4));
    }

    private static boolean isOwn(Graph graph, String statistic) {
        return graph.isInitializer(statistic)
                && graph.consumers(statistic).size() == 1
                && !graph.outputs().contains(statistic)
                && !graph.trainable().contains(statistic)
                && Weights.writable(graph, statistic);
    }

    private static Node following(Node node, Map<String, String> running) {
        String mean = node.name() + ".sapper.mean";
        String variance = node.name() + ".sapper.variance";
        running.put(mean, node.input(3));
        running.put(variance, node.input(4));
        return new Node(
                node.name(),
                with(node.operator(), node.operator().attributes().with("training_mode", 1L)),
                node.inputs(),
                List.of(node.output(), mean, variance));
    }

    private static Initializer typed(Initializer value, Set<ElementType> narrow) {
        return narrow.contains(value.type()) ? new Initializer(value.shape(), value.values()) : value;
    }

    private static Node typed(Node node, Set<ElementType> narrow) {
        return new Node(
                node.name(),
                with(node.operator(), typed(node.operator().attributes(), narrow)),
                node.inputs(),
                node.outputs());
    }

    private static Operator with(Operator operator, Attributes attributes) {
        return new Operator(operator.domain(), operator.name(), attributes);
    }

    private static Attributes typed(Attributes attributes, Set<ElementType> narrow) {
        Attributes changed = attributes;
        for (Map.Entry<String, Object> entry : attributes.values().entrySet()) {
            Object wide = typed(entry.getKey(), entry.getValue(), narrow);
            changed = wide == null ? changed : changed.with(entry.getKey(), wide);
        }
        return changed;
    }

    /** What a setting becomes; null where it stays. */
    private static @Nullable Object typed(String name, Object value, Set<ElementType> narrow) {
        if (value instanceof Initializer numbers && narrow.contains(numbers.type())) {
            return typed(numbers, narrow);
        }
        if (value instanceof Body body) {
            return new Body(
                    body.inputs(),
                    body.outputs(),
                    body.nodes().stream().map(node -> typed(node, narrow)).toList());
        }
        boolean says = TYPES.contains(name)
                && value instanceof Long type
                && ElementType.of(type.intValue()).filter(narrow::contains).isPresent();
        return says ? (long) ElementType.FLOAT.onnx() : null;
    }
}
