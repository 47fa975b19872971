package io.sapper.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A network as a description: nodes in topological order and named initial values. Immutable; every change makes a new
 * graph that shares what did not change. {@link Network} runs it.
 */
public final class Graph {
    private final String input;
    private final List<Integer> inputShape;
    private final String output;
    private final List<Node> nodes;
    private final Map<String, Initializer> initializers;
    private final Map<String, List<Integer>> shapes;

    /**
     * @param input name of the one input
     * @param inputShape its shape without the batch, for example [1, 28, 28]
     * @param output name of the one output
     * @param nodes in topological order, names unique
     * @param initializers by tensor name
     * @throws IllegalArgumentException if a tensor is read before it is made, or shapes do not fit; names the node
     */
    public Graph(
            String input,
            List<Integer> inputShape,
            String output,
            List<Node> nodes,
            Map<String, Initializer> initializers) {
        this.input = input;
        this.inputShape = List.copyOf(inputShape);
        this.output = output;
        this.nodes = List.copyOf(nodes);
        this.initializers = new LinkedHashMap<>(initializers);
        checkNames();
        this.shapes = Shapes.infer(this);
        if (!shapes.containsKey(output)) {
            throw new IllegalArgumentException("No node makes the output " + output + ".");
        }
    }

    private void checkNames() {
        Set<String> names = new HashSet<>();
        for (Node node : nodes) {
            if (!names.add(node.name())) {
                throw new IllegalArgumentException("Two nodes have the name " + node.name() + ".");
            }
        }
    }

    /** Begins a network on images, to be spelled out layer by layer. */
    public static GraphBuilder image(int channels, int height, int width) {
        return new GraphBuilder(List.of(channels, height, width));
    }

    public String input() {
        return input;
    }

    /** Shape of one input, without the batch. */
    public List<Integer> inputShape() {
        return inputShape;
    }

    public String output() {
        return output;
    }

    public List<Node> nodes() {
        return nodes;
    }

    /** Initial values by tensor name, in order. */
    public Map<String, Initializer> initializers() {
        return Collections.unmodifiableMap(initializers);
    }

    /** Names of the initial values, in order. */
    public List<String> initializerNames() {
        return List.copyOf(initializers.keySet());
    }

    /** The initial value of this name. */
    public Initializer initializer(String name) {
        Initializer found = initializers.get(name);
        if (found == null) {
            throw new IllegalArgumentException("The network has no initial value " + name + ".");
        }
        return found;
    }

    boolean isInitializer(String name) {
        return initializers.containsKey(name);
    }

    /** Shape of one tensor that flows, without the batch. */
    public List<Integer> shape(String tensor) {
        List<Integer> found = shapes.get(tensor);
        if (found == null) {
            throw new IllegalArgumentException("The network has no tensor " + tensor + ".");
        }
        return found;
    }

    /** How many classes the output scores. */
    public int classCount() {
        List<Integer> shape = shape(output);
        return shape.get(shape.size() - 1);
    }

    /** Weights and biases: how many numbers training can change. */
    public long parameterCount() {
        return trainable().stream().mapToLong(name -> initializer(name).size()).sum();
    }

    /** Multiply-adds of one forward pass of one image, convolutions and dense layers. */
    public long multiplyAdds() {
        return nodes.stream().mapToLong(node -> Shapes.multiplyAdds(this, node)).sum();
    }

    /** Names of the convolutions and dense layers, in order. */
    public List<String> layers() {
        return nodes.stream().filter(Graph::isLayer).map(Node::name).toList();
    }

    /** The node of this name; the error lists the layers there are. */
    public Node node(String name) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The network has no layer '" + name + "'. Its layers: " + String.join(", ", layers()) + "."));
    }

    /** Whether there is a convolution at all. */
    public boolean hasConvolution() {
        return nodes.stream().anyMatch(node -> node.operator() instanceof Operator.Conv);
    }

    /** The first convolution. */
    public Node firstConvolution() {
        return convolutions().get(0);
    }

    /**
     * The last convolution that does not itself make the class scores: where Fine-Pruning prunes (section 4.1).
     * Networks that end in a convolution with one channel for each class have theirs before it.
     */
    public Node lastConvolution() {
        List<Node> before = convolutions().stream()
                .filter(node -> !makesScores(node.name()))
                .toList();
        if (before.isEmpty()) {
            throw noConvolution("no convolution before the one that makes the class scores");
        }
        return before.get(before.size() - 1);
    }

    private List<Node> convolutions() {
        List<Node> found = nodes.stream()
                .filter(node -> node.operator() instanceof Operator.Conv)
                .toList();
        if (found.isEmpty()) {
            throw noConvolution("no convolution");
        }
        return found;
    }

    private IllegalArgumentException noConvolution(String what) {
        return new IllegalArgumentException("The network has " + what + ". Its layers: " + String.join(", ", layers())
                + ". Maybe name one of them with --layer.");
    }

    /** Whether a layer's channels are the class scores: no other layer stands between it and the output. */
    public boolean makesScores(String layer) {
        Set<String> reached = new HashSet<>(Set.of(node(layer).output()));
        for (Node node : nodes) {
            if (!isLayer(node) && node.inputs().stream().anyMatch(reached::contains)) {
                reached.add(node.output());
            }
        }
        return reached.contains(output);
    }

    /**
     * The feature map that a layer ends in: the tensor after its batch normalisation, the sum of the residual block
     * that it closes, its activation and its mask, as far as they follow it directly. Behind the sum, because a channel
     * is off only when its shortcut is off too (design D4).
     */
    public String activation(String layer) {
        String tensor = node(layer).output();
        for (Node next = onlyConsumer(tensor); next != null && continues(next); next = onlyConsumer(tensor)) {
            tensor = next.output();
        }
        return tensor;
    }

    private boolean continues(Node next) {
        return next.operator() instanceof Operator.BatchNormalization
                || next.operator() instanceof Operator.Relu
                || next.operator() instanceof Operator.Identity
                || (next.operator() instanceof Operator.Add && keepsShape(next))
                || Masks.isMask(this, next);
    }

    private boolean keepsShape(Node next) {
        return shape(next.output()).equals(shape(next.data()));
    }

    /** The one node that reads a tensor; null where none or several do, or where it is the output. */
    public @Nullable Node onlyConsumer(String tensor) {
        List<Node> consumers = consumers(tensor);
        return consumers.size() == 1 && !tensor.equals(output) ? consumers.get(0) : null;
    }

    List<Node> consumers(String tensor) {
        return nodes.stream().filter(node -> node.inputs().contains(tensor)).toList();
    }

    @Nullable
    Node producer(String tensor) {
        return nodes.stream()
                .filter(node -> node.output().equals(tensor))
                .findFirst()
                .orElse(null);
    }

    /** Names of the initial values that training changes: weights, biases, scales; no statistics, no masks. */
    public List<String> trainable() {
        Set<String> names = new HashSet<>();
        for (Node node : nodes) {
            int last = node.operator() instanceof Operator.BatchNormalization
                    ? 3
                    : node.inputs().size();
            if (isLayer(node) || node.operator() instanceof Operator.BatchNormalization || isBias(node)) {
                names.addAll(node.inputs().subList(1, last));
            }
        }
        return initializers.keySet().stream().filter(names::contains).toList();
    }

    /** A layer's bias as a node of its own, as some exporters write it. */
    private boolean isBias(Node node) {
        Node before = producer(node.data());
        return node.operator() instanceof Operator.Add
                && isInitializer(node.inputs().get(1))
                && before != null
                && isLayer(before);
    }

    /** The same network with other initial values, each of the shape it had. */
    public Graph withInitializers(Map<String, Initializer> changed) {
        Map<String, Initializer> all = new LinkedHashMap<>(initializers);
        changed.forEach((name, value) -> {
            if (!initializer(name).shape().equals(value.shape())) {
                throw new IllegalArgumentException(
                        name + " has shape " + initializer(name).shape() + ", not " + value.shape() + ".");
            }
            all.put(name, value);
        });
        return new Graph(input, inputShape, output, nodes, all);
    }

    Graph mapInitializer(String name, UnaryOperator<float[]> change) {
        Initializer old = initializer(name);
        return withInitializers(Map.of(name, new Initializer(old.shape(), change.apply(old.toArray()))));
    }

    /**
     * Cuts the network in two after a layer's activation (design D3): the tail applied to what the head gives is the
     * whole.
     */
    public Cut cutAfter(String layer) {
        return cutAt(activation(layer));
    }

    /**
     * What else of the flowing tensors is needed behind a tensor: shortcuts that pass it by. Empty where the network
     * can be cut there.
     */
    public List<String> alongside(String tensor) {
        Set<String> behind = new HashSet<>(Set.of(tensor));
        Set<String> others = new LinkedHashSet<>();
        for (Node node : nodes) {
            if (node.inputs().stream().anyMatch(behind::contains)) {
                behind.add(node.output());
                node.inputs().stream().filter(shapes::containsKey).forEach(others::add);
            }
        }
        others.removeAll(behind);
        return List.copyOf(others);
    }

    /** Cuts the network in two at a tensor. */
    public Cut cutAt(String tensor) {
        Set<String> needed = new HashSet<>(Set.of(tensor));
        List<Node> head = new ArrayList<>();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            if (needed.contains(nodes.get(i).output())) {
                head.add(0, nodes.get(i));
                needed.addAll(nodes.get(i).inputs());
            }
        }
        List<Node> tail = nodes.stream().filter(node -> !head.contains(node)).toList();
        checkCut(tensor, head, tail);
        return new Cut(
                new Graph(input, inputShape, tensor, head, only(head)),
                new Graph(tensor, shape(tensor), output, tail, only(tail)));
    }

    private void checkCut(String tensor, List<Node> head, List<Node> tail) {
        Set<String> inside = new HashSet<>();
        head.forEach(node -> inside.add(node.output()));
        inside.add(input);
        inside.remove(tensor);
        for (Node node : tail) {
            for (String read : node.inputs()) {
                if (inside.contains(read)) {
                    throw new IllegalArgumentException("The network cannot be cut at " + tensor + ": node "
                            + node.name() + " behind it also reads " + read
                            + " before it. Maybe a layer outside the shortcut.");
                }
            }
        }
    }

    private Map<String, Initializer> only(List<Node> some) {
        Set<String> read = new HashSet<>();
        some.forEach(node -> read.addAll(node.inputs()));
        Map<String, Initializer> kept = new LinkedHashMap<>();
        initializers.forEach((name, value) -> {
            if (read.contains(name)) {
                kept.put(name, value);
            }
        });
        return kept;
    }

    /** Inserts a node behind a tensor: everything that read the tensor reads the new node's output instead. */
    Graph insertAfter(String tensor, Node added, Map<String, Initializer> values) {
        List<Node> changed = new ArrayList<>();
        boolean first = tensor.equals(input);
        if (first) {
            changed.add(added);
        }
        for (Node node : nodes) {
            List<String> inputs = node.inputs().stream()
                    .map(name -> name.equals(tensor) ? added.output() : name)
                    .toList();
            changed.add(new Node(node.name(), node.operator(), inputs, node.output()));
            if (node.output().equals(tensor)) {
                changed.add(added);
            }
        }
        Map<String, Initializer> all = new LinkedHashMap<>(initializers);
        all.putAll(values);
        return new Graph(input, inputShape, tensor.equals(output) ? added.output() : output, changed, all);
    }

    /** Takes out a node that hands its first input on. */
    Graph without(Node removed) {
        Map<String, String> renamed = new HashMap<>(Map.of(removed.output(), removed.data()));
        List<Node> changed = nodes.stream()
                .filter(node -> !node.name().equals(removed.name()))
                .map(node -> new Node(
                        node.name(),
                        node.operator(),
                        node.inputs().stream()
                                .map(name -> Objects.requireNonNull(renamed.getOrDefault(name, name)))
                                .toList(),
                        node.output()))
                .toList();
        String newOutput = removed.output().equals(output) ? removed.data() : output;
        Graph smaller = new Graph(input, inputShape, newOutput, changed, initializers);
        return new Graph(input, inputShape, newOutput, changed, smaller.only(changed));
    }

    static boolean isLayer(Node node) {
        return node.operator() instanceof Operator.Conv || node.operator() instanceof Operator.Gemm;
    }

    /**
     * Both halves of a cut network.
     *
     * @param head from the input to the cut
     * @param tail from the cut to the output
     */
    public record Cut(Graph head, Graph tail) {}
}
