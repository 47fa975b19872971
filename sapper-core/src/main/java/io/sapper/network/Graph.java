package io.sapper.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
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
    private final Wiring wiring;
    private final List<String> trainable;
    private final FlowingShapes shapes;

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
        this.wiring = new Wiring(this.inputs, this.outputs, this.nodes, this.initializers.keySet());
        this.trainable = Weights.trainable(this);
        this.shapes = new FlowingShapes(this);
    }

    /**
     * Any network of our own.
     *
     * @param inputs what it is given, in order
     * @param outputs names of all that it gives, in order
     * @param nodes in topological order, names unique
     * @param initializers by tensor name
     * @throws IllegalArgumentException if a tensor is read before it is made, or shapes do not fit; names the node
     */
    public static Graph of(
            List<Input> inputs, List<String> outputs, List<Node> nodes, Map<String, Initializer> initializers) {
        return new Graph(inputs, outputs, nodes, initializers, null);
    }

    /** The size of everything with this many inputs at once. */
    Sizing sizing(long batch) {
        Map<String, long[]> given = new LinkedHashMap<>();
        inputs.forEach(input -> given.put(input.name(), input.sizes(batch)));
        return sizing(given);
    }

    /** The size of everything for inputs of these sizes. */
    Sizing sizing(Map<String, long[]> given) {
        return sizing(given, nodes);
    }

    /** As {@link #sizing(Map)}, of what some of its nodes make. */
    Sizing sizing(Map<String, long[]> given, List<Node> some) {
        return Sizing.of(given, some, initializers, Set.copyOf(trainable));
    }

    /** Numbers in the two largest tensors that flow for one input: what a batch takes while it is worked on. */
    long largestActivations() {
        return shapes.largest();
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
        return Edits.withInputShape(this, shape);
    }

    /**
     * The same network for batches of any size, where all that fixes theirs is what the file says of its input; else
     * this one. A network with branches may mean its first input only, and keeps its size.
     */
    public Graph withFreeBatch() {
        return Edits.withFreeBatch(this);
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
     * Shape of one tensor that flows, without its first dimension, the batch. Where it is not known before the network
     * runs, one run on an input of zeros tells.
     *
     * @throws IllegalArgumentException if there is no such tensor
     * @throws NotSupported if that run does not tell
     */
    public List<Integer> shape(String tensor) {
        if (!flows(tensor)) {
            throw new IllegalArgumentException("The network has no tensor " + tensor + ".");
        }
        return shapes.of(tensor);
    }

    /** As {@link #shape}; empty where it is not known before the network runs. */
    public Optional<List<Integer>> knownShape(String tensor) {
        return shapes.known(tensor);
    }

    private boolean flows(String tensor) {
        return inputs.stream().anyMatch(input -> input.name().equals(tensor)) || producer(tensor) != null;
    }

    /**
     * How many classes the output scores; as of {@link #shape}, a run may have to tell.
     *
     * @throws IllegalArgumentException if its output is no row of scores for each input, or that run does not tell
     */
    public int classCount() {
        return shapes.classes();
    }

    /** As {@link #classCount}; empty where it is not known before the network runs, or the output scores no classes. */
    public OptionalInt knownClassCount() {
        return shapes.knownClasses();
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
        return MultiplyAdds.of(node, shapes.foretold(), inputs.get(0).batch());
    }

    /** Names of the convolutions and dense layers, in order. */
    public List<String> layers() {
        return Layers.names(this);
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

    /** How its inputs are made of samples, as its file says ({@link io.sapper.data.Samples#inputStep}); often empty. */
    public String inputStep() {
        return provenance().map(Provenance::inputStep).orElse("");
    }

    /** Names of its classes, as the file of a detector says; often empty. */
    public List<String> classNames() {
        return provenance().map(Provenance::classes).orElse(List.of());
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
        return Layers.firstConvolution(this);
    }

    /**
     * The layer that is pruned where nobody names one: {@link DefaultLayer}.
     *
     * @throws NotSupported if there is none; lists the layers
     */
    public String prunedByDefault() {
        return Layers.prunedByDefault(this);
    }

    /** Whether a layer's channels are the class scores: no other layer stands between it and the output. */
    public boolean makesScores(String layer) {
        return Layers.makesScores(this, layer);
    }

    /**
     * The feature map that a layer ends in: the tensor after its batch normalisation, the sum of the residual block
     * that it closes, its activation and its mask, as far as they follow it directly. Behind the sum, because a channel
     * is off only when its shortcut is off too (design D4).
     */
    public String activation(String layer) {
        return Layers.activation(this, layer);
    }

    /** The one node that reads a tensor; null where none or several do, or where it is the output. */
    public @Nullable Node onlyConsumer(String tensor) {
        List<Node> consumers = consumers(tensor);
        return consumers.size() == 1 && !outputs.contains(tensor) ? consumers.get(0) : null;
    }

    List<Node> consumers(String tensor) {
        return wiring.consumers(tensor);
    }

    /** The node that makes a tensor; null where it is given or stored. */
    public @Nullable Node producer(String tensor) {
        return wiring.producer(tensor);
    }

    /** Names of the initial values that training changes: weights, biases, scales; no statistics, no masks. */
    public List<String> trainable() {
        return trainable;
    }

    /** The same network with other initial values, each of the shape it had. */
    public Graph withInitializers(Map<String, Initializer> changed) {
        return Edits.withInitializers(this, changed);
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
        return Cuts.alongside(this, tensor);
    }

    /** Whether a tensor depends on what the network is given. */
    boolean depends(String tensor) {
        return flows(tensor) && !shapes.isConstant(tensor);
    }

    /**
     * Cuts the network in two at a tensor.
     *
     * @throws IllegalArgumentException if something behind it reads what lies before it; names both
     */
    public Cut cutAt(String tensor) {
        return Cuts.at(this, tensor);
    }

    /**
     * Cuts the network in two at several tensors at once: the head gives them all, the tail takes them and gives all
     * that the network gives. Both take batches of any size.
     *
     * @throws IllegalArgumentException if something behind them reads what lies before them
     */
    public Cut cutAt(List<String> tensors) {
        return Cuts.at(this, tensors);
    }

    /** What gives some tensors, and nothing behind them; takes batches of any size. */
    public Graph upTo(List<String> tensors) {
        return Cuts.upTo(this, tensors);
    }

    Map<String, Initializer> only(List<Node> some) {
        return Edits.only(this, some);
    }

    /** Inserts a node behind a tensor: everything that read the tensor reads the new node's output instead. */
    Graph insertAfter(String tensor, Node added, Map<String, Initializer> values) {
        return Edits.insertAfter(this, tensor, added, values);
    }

    /** Takes out a node that hands its first input on. */
    Graph without(Node removed) {
        return Edits.without(this, removed);
    }

    /** Whether a node is a layer with weights of its own: convolutions, dense layers. */
    boolean isLayer(Node node) {
        return Layers.isLayer(this, node);
    }

    boolean isConvolution(Node node) {
        return Layers.isConvolution(this, node);
    }

    /** Name of the initial value that a layer's weights come from, as they are or turned. */
    public String weights(String layer) {
        return Layers.weights(this, layer);
    }

    /**
     * Both halves of a cut network.
     *
     * @param head from the input to the cut
     * @param tail from the cut to the output
     */
    public record Cut(Graph head, Graph tail) {}
}
