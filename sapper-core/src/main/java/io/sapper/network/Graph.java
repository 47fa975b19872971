package io.sapper.network;

import io.sapper.network.operator.NotSupported;
import io.sapper.network.operator.OperatorType.Trait;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A network as a description: nodes in topological order and named initial values. Immutable; every change makes a new
 * graph that shares what did not change. {@link Network} runs it.
 */
public final class Graph {
    private final List<Input> inputs;
    private final List<String> outputs;
    private final List<Node> nodes;
    private final Map<String, Initializer> initializers;
    private final @Nullable Origin origin;
    private final Map<String, Node> makers = new HashMap<>();
    private final Map<String, List<Node>> readers = new HashMap<>();
    private final List<String> trainable;
    private final @Nullable Sizing sizing;

    /**
     * A network with one input and one output, in batches of any size.
     *
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
        this(List.of(Input.batch(input, inputShape)), List.of(output), nodes, initializers, null);
    }

    /**
     * Any network.
     *
     * @param origin the file that it was read from; null for a network of our own
     */
    Graph(
            List<Input> inputs,
            List<String> outputs,
            List<Node> nodes,
            Map<String, Initializer> initializers,
            @Nullable Origin origin) {
        this.inputs = List.copyOf(inputs);
        this.outputs = List.copyOf(outputs);
        this.nodes = List.copyOf(nodes);
        this.initializers = new LinkedHashMap<>(initializers);
        this.origin = origin;
        checkNames();
        this.trainable = Weights.trainable(this);
        this.sizing = open() ? null : sizing(1);
    }

    private void checkNames() {
        Set<String> names = new HashSet<>();
        Set<String> made = new HashSet<>(initializers.keySet());
        for (Input input : inputs) {
            if (!made.add(input.name())) {
                throw new IllegalArgumentException("Two tensors have the name " + input.name() + ".");
            }
        }
        for (Node node : nodes) {
            if (!names.add(node.name())) {
                throw new IllegalArgumentException("Two nodes have the name " + node.name() + ".");
            }
            for (String read : node.reads()) {
                require(made.contains(read), node, "reads " + read + ", which nothing made");
                readers.computeIfAbsent(read, name -> new ArrayList<>()).add(node);
            }
            for (String output : node.made()) {
                require(made.add(output), node, "makes " + output + ", which is there already");
                makers.put(output, node);
            }
        }
        for (String output : outputs) {
            if (!made.contains(output)) {
                throw new IllegalArgumentException("No node makes the output " + output + ".");
            }
        }
    }

    private static void require(boolean holds, Node node, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "Node " + node.name() + " (" + node.operator().text() + "): " + problem);
        }
    }

    /** The size of everything with this many inputs at once. */
    Sizing sizing(long batch) {
        Map<String, long[]> given = new LinkedHashMap<>();
        inputs.forEach(input -> given.put(input.name(), input.sizes(batch)));
        return sizing(given);
    }

    /** The size of everything for inputs of these sizes. */
    Sizing sizing(Map<String, long[]> given) {
        return Sizing.of(given, nodes, initializers, Set.copyOf(trainable));
    }

    /** Numbers in the two largest tensors that flow for one input: what a batch takes while it is worked on. */
    long largestActivations() {
        if (sizing == null) {
            return 0;
        }
        long[] largest = nodes.stream()
                .flatMap(node -> node.made().stream())
                .mapToLong(name -> {
                    long[] shape = sizing.shape(name);
                    return shape == null ? 0 : LongStream.of(shape).reduce(1, (a, b) -> a * b);
                })
                .sorted()
                .toArray();
        return largest.length == 0 ? 0 : largest[largest.length - 1] + largest[Math.max(0, largest.length - 2)];
    }

    /** The same network with another course or other values. */
    private Graph changed(List<String> newOutputs, List<Node> newNodes, Map<String, Initializer> newInitializers) {
        return new Graph(inputs, newOutputs, newNodes, newInitializers, origin);
    }

    /** Begins a network on images, to be spelled out layer by layer. */
    public static GraphBuilder image(int channels, int height, int width) {
        return new GraphBuilder(List.of(channels, height, width));
    }

    /** Everything that it is given, in order. */
    public List<Input> inputs() {
        return inputs;
    }

    /** Names of all that it gives, in order. */
    public List<String> outputs() {
        return outputs;
    }

    /** Whether some size of an input, beside the batch, is not fixed. */
    public boolean open() {
        return inputs.stream()
                .flatMap(input -> input.dimensions().stream().skip(1))
                .anyMatch(size -> size == Input.FREE);
    }

    /** The same network for inputs of a fixed shape, without the batch: for networks that leave it open. */
    public Graph withInputShape(List<Integer> shape) {
        Input first = inputs.get(0);
        List<Long> sizes = new ArrayList<>(List.of(first.batch()));
        shape.forEach(size -> sizes.add((long) size));
        List<Input> fixed = new ArrayList<>(inputs);
        fixed.set(0, new Input(first.name(), first.type(), sizes));
        return new Graph(fixed, outputs, nodes, initializers, origin);
    }

    /**
     * The same network for batches of any size, where all that fixes theirs is what the file says of its input; else
     * this one. A network with branches may mean its first input only, and keeps its size.
     */
    public Graph withFreeBatch() {
        Input first = inputs.get(0);
        boolean branches = nodes.stream()
                .anyMatch(node -> !node.operator().attributes().bodies().isEmpty());
        if (first.batch() == Input.FREE
                || inputs.size() > 1
                || first.dimensions().size() < 2
                || branches
                || open()) {
            return this;
        }
        List<Long> sizes = new ArrayList<>(first.dimensions());
        sizes.set(0, Input.FREE);
        try {
            Graph free = new Graph(
                    List.of(new Input(first.name(), first.type(), sizes)), outputs, nodes, initializers, origin);
            for (long batch : new long[] {1, 2, 7}) {
                long[] made = free.sizing(batch).shape(output());
                long[] before = free.sizing(1).shape(output());
                if (made == null || before == null || made.length == 0 || made[0] != batch * before[0]) {
                    return this;
                }
            }
            return free;
        } catch (IllegalArgumentException e) {
            return this; // something in it wants the size that it has
        }
    }

    @Nullable
    Origin origin() {
        return origin;
    }

    /** Name of the first input. */
    public String input() {
        return inputs.get(0).name();
    }

    /** Shape of one first input, without the batch. */
    public List<Integer> inputShape() {
        return inputs.get(0).shape();
    }

    /** Name of the first output. */
    public String output() {
        return outputs.get(0);
    }

    public List<Node> nodes() {
        return nodes;
    }

    /** Initial values by tensor name, in order. */
    public Map<String, Initializer> initializers() {
        return Collections.unmodifiableMap(initializers);
    }

    /** How many tensors it stores that nodes read: those of the file, where it was read from one. */
    public int storedCount() {
        return (int) initializers.keySet().stream()
                .filter(name -> Weights.writable(this, name))
                .count();
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

    /**
     * Shape of one tensor that flows, without its first dimension, the batch.
     *
     * @throws IllegalArgumentException if there is no such tensor
     * @throws NotSupported if its shape is not known before the network runs
     */
    public List<Integer> shape(String tensor) {
        if (!flows(tensor)) {
            throw new IllegalArgumentException("The network has no tensor " + tensor + ".");
        }
        return knownShape(tensor)
                .orElseThrow(
                        () -> new NotSupported("The shape of " + tensor + " is not known before the network runs."));
    }

    /** As {@link #shape}; empty where it is not known before the network runs. */
    public Optional<List<Integer>> knownShape(String tensor) {
        long[] sizes = sizing == null ? null : sizing.shape(tensor);
        return sizes == null
                ? Optional.empty()
                : Optional.of(
                        LongStream.of(sizes).skip(1).mapToObj(Math::toIntExact).toList());
    }

    private boolean flows(String tensor) {
        return inputs.stream().anyMatch(input -> input.name().equals(tensor)) || producer(tensor) != null;
    }

    /** How many classes the output scores. */
    public int classCount() {
        List<Integer> shape = shape(output());
        return shape.get(shape.size() - 1);
    }

    /** Weights and biases: how many numbers training can change. */
    public long parameterCount() {
        return trainable().stream().mapToLong(name -> initializer(name).size()).sum();
    }

    /** Multiply-adds of one forward pass of one input. */
    public MultiplyAdds multiplyAdds() {
        return MultiplyAdds.of(this);
    }

    /** As {@link #multiplyAdds()}, of one node. */
    public MultiplyAdds multiplyAdds(Node node) {
        return MultiplyAdds.of(node, sizing, inputs.get(0).batch());
    }

    /** Names of the convolutions and dense layers, in order. */
    public List<String> layers() {
        return nodes.stream().filter(this::isLayer).map(Node::name).toList();
    }

    /** The node of this name; the error lists the layers there are. */
    public Node node(String name) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The network has no layer '" + name + "'. Its layers: " + String.join(", ", layers()) + "."));
    }

    boolean isNode(String name) {
        return nodes.stream().anyMatch(node -> node.name().equals(name));
    }

    /** What its first output is. */
    public Head head() {
        return Head.of(this, output());
    }

    /** Where the file that it was read from comes from; empty for a network of our own. */
    public Optional<Provenance> provenance() {
        return Optional.ofNullable(origin).map(file -> Provenance.of(file.model()));
    }

    /** Files beside the one that it was read from which hold numbers of it, relative to that one's folder. */
    public List<String> dataFiles() {
        return origin == null ? List.of() : origin.files();
    }

    /** Whether there is a convolution at all. */
    public boolean hasConvolution() {
        return nodes.stream().anyMatch(this::isConvolution);
    }

    /** The first convolution. */
    public Node firstConvolution() {
        return convolutions().get(0);
    }

    /**
     * The layer that is pruned where nobody names one: {@link DefaultLayer}.
     *
     * @throws NotSupported if there is none; lists the layers
     */
    public String prunedByDefault() {
        return DefaultLayer.in(this)
                .map(DefaultLayer::name)
                .orElseThrow(() -> noConvolution("no hidden layer that could be pruned"));
    }

    private List<Node> convolutions() {
        List<Node> found = nodes.stream().filter(this::isConvolution).toList();
        if (found.isEmpty()) {
            throw noConvolution("no convolution");
        }
        return found;
    }

    private NotSupported noConvolution(String what) {
        return new NotSupported("The network has " + what + ". Its layers: " + String.join(", ", layers())
                + ". Maybe name one of them with --layer.");
    }

    /** Whether a layer's channels are the class scores: no other layer stands between it and the output. */
    public boolean makesScores(String layer) {
        Set<String> reached = new HashSet<>(Set.of(node(layer).output()));
        for (Node node : nodes) {
            if (!isLayer(node) && node.reads().stream().anyMatch(reached::contains)) {
                reached.addAll(node.made());
            }
        }
        return reached.contains(output());
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
        return next.operator().is("BatchNormalization")
                || next.operator().type().is(Trait.POINTWISE)
                || (next.operator().is("Add") && keepsShape(next))
                || Masks.isMask(this, next);
    }

    private boolean keepsShape(Node next) {
        return knownShape(next.output()).equals(knownShape(next.data()));
    }

    /** The one node that reads a tensor; null where none or several do, or where it is the output. */
    public @Nullable Node onlyConsumer(String tensor) {
        List<Node> consumers = consumers(tensor);
        return consumers.size() == 1 && !outputs.contains(tensor) ? consumers.get(0) : null;
    }

    List<Node> consumers(String tensor) {
        return readers.getOrDefault(tensor, List.of());
    }

    @Nullable
    Node producer(String tensor) {
        return makers.get(tensor);
    }

    /** Names of the initial values that training changes: weights, biases, scales; no statistics, no masks. */
    public List<String> trainable() {
        return trainable;
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
        return changed(outputs, nodes, all);
    }

    Graph mapInitializer(String name, UnaryOperator<float[]> change) {
        Initializer old = initializer(name);
        return withInitializers(Map.of(name, old.with(change.apply(old.toArray()))));
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
            if (node.reads().stream().anyMatch(behind::contains)) {
                behind.addAll(node.made());
                node.reads().stream().filter(this::depends).forEach(others::add);
            }
        }
        others.removeAll(behind);
        return List.copyOf(others);
    }

    /** Whether a tensor depends on what the network is given. */
    boolean depends(String tensor) {
        return flows(tensor) && (sizing == null || !sizing.constants().containsKey(tensor));
    }

    /**
     * Cuts the network in two at a tensor.
     *
     * @throws IllegalArgumentException if something behind it reads what lies before it; names both
     */
    public Cut cutAt(String tensor) {
        return Cuts.at(this, tensor);
    }

    Map<String, Initializer> only(List<Node> some) {
        Set<String> read = new HashSet<>();
        some.forEach(node -> read.addAll(node.reads()));
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
        if (inputs.stream().anyMatch(input -> input.name().equals(tensor))) {
            changed.add(added);
        }
        for (Node node : nodes) {
            changed.add(renamed(node, tensor, added.output()));
            if (node.outputs().contains(tensor)) {
                changed.add(added);
            }
        }
        Map<String, Initializer> all = new LinkedHashMap<>(initializers);
        all.putAll(values);
        return changed(replaced(outputs, tensor, added.output()), changed, all);
    }

    private static Node renamed(Node node, String before, String after) {
        if (!node.operator().attributes().bodies().isEmpty()
                && !node.inputs().contains(before)
                && node.reads().contains(before)) {
            throw new NotSupported("The branches of node " + node.name() + " read " + before
                    + ", so nothing can be put in between. Maybe name another layer with --layer.");
        }
        return node.with(replaced(node.inputs(), before, after), node.outputs());
    }

    private static List<String> replaced(List<String> names, String before, String after) {
        return names.stream().map(name -> name.equals(before) ? after : name).toList();
    }

    /** Takes out a node that hands its first input on. */
    Graph without(Node removed) {
        List<Node> changed = nodes.stream()
                .filter(node -> !node.name().equals(removed.name()))
                .map(node -> renamed(node, removed.output(), removed.data()))
                .toList();
        return changed(replaced(outputs, removed.output(), removed.data()), changed, only(changed));
    }

    /** Whether a node is a layer with weights of its own: convolutions, dense layers. */
    boolean isLayer(Node node) {
        return node.operator().type().is(Trait.LAYER)
                && node.operator().type().weights().stream()
                        .anyMatch(place -> Weights.stored(this, node.input(place)) != null);
    }

    boolean isConvolution(Node node) {
        return (node.operator().is("Conv", "ConvTranspose")
                        || node.operator().name().equals("FusedConv"))
                && isLayer(node);
    }

    /** Name of the initial value that a layer's weights come from, as they are or turned. */
    public String weights(String layer) {
        Node node = node(layer);
        for (int place : node.operator().type().weights().stream().sorted().toList()) {
            String stored = Weights.stored(this, node.input(place));
            if (stored != null) {
                return stored;
            }
        }
        throw new IllegalArgumentException("Layer " + layer + " has no weights of its own.");
    }

    /**
     * Both halves of a cut network.
     *
     * @param head from the input to the cut
     * @param tail from the cut to the output
     */
    public record Cut(Graph head, Graph tail) {}
}
