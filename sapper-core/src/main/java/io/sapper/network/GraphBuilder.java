package io.sapper.network;

import io.sapper.network.operator.Attributes;
import io.sapper.network.operator.Operator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Spells out a network layer by layer, in the order of a paper's table. Weights begin as zeros; {@link Initialization}
 * draws them.
 */
public final class GraphBuilder {
    private static final String INPUT = "image";
    private static final String OUTPUT = "scores";

    private final List<Integer> inputShape;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Initializer> initializers = new LinkedHashMap<>();
    private String tensor = INPUT;
    private String layer = INPUT;

    GraphBuilder(List<Integer> inputShape) {
        this.inputShape = inputShape;
    }

    /** A convolution with a square kernel, stride 1, no padding, and a bias. */
    public GraphBuilder convolution(String name, int channels, int kernel) {
        return convolution(name, channels, kernel, 1, 0);
    }

    /** A convolution with a square kernel and a bias. */
    public GraphBuilder convolution(String name, int channels, int kernel, int stride, int padding) {
        return convolution(name, channels, kernel, stride, padding, 1);
    }

    /**
     * A convolution with a square kernel and a bias, in groups of channels that do not see one another.
     *
     * @throws IllegalArgumentException if the channels, before or after, cannot be divided into so many groups
     */
    public GraphBuilder convolution(String name, int channels, int kernel, int stride, int padding, int groups) {
        int in = shape().get(0);
        if (groups < 1 || in % groups != 0 || channels % groups != 0) {
            throw new IllegalArgumentException(
                    name + ": " + in + " channels cannot become " + channels + " in " + groups + " groups.");
        }
        initializers.put(name + ".weight", Initializer.filled(0, channels, in / groups, kernel, kernel));
        initializers.put(name + ".bias", Initializer.filled(0, channels));
        layer = name;
        return add(
                name,
                Operator.of(
                        "Conv",
                        window(kernel, stride)
                                .with("dilations", Attributes.list(1, 1))
                                .with("group", (long) groups)
                                .with("pads", Attributes.list(padding, padding, padding, padding))),
                name + ".weight",
                name + ".bias");
    }

    /** A dense layer with a bias. */
    public GraphBuilder dense(String name, int units) {
        initializers.put(name + ".weight", Initializer.filled(0, units, shape().get(0)));
        initializers.put(name + ".bias", Initializer.filled(0, units));
        layer = name;
        return add(name, Operator.of("Gemm", Map.of("transB", 1L)), name + ".weight", name + ".bias");
    }

    /** Batch normalisation of the layer before, beginning as the identity. */
    public GraphBuilder batchNormalization() {
        String name = layer + ".norm";
        int channels = shape().get(0);
        initializers.put(name + ".scale", Initializer.filled(1, channels));
        initializers.put(name + ".bias", Initializer.filled(0, channels));
        initializers.put(name + ".mean", Initializer.filled(0, channels));
        initializers.put(name + ".variance", Initializer.filled(1, channels));
        return add(
                name,
                Operator.of("BatchNormalization", Map.of("epsilon", 1e-5f)),
                name + ".scale",
                name + ".bias",
                name + ".mean",
                name + ".variance");
    }

    public GraphBuilder relu() {
        return add(layer + ".relu", Operator.of("Relu"));
    }

    /** Mean of each {@code size x size} window, without overlap. */
    public GraphBuilder averagePool(int size) {
        return add(layer + ".pool", Operator.of("AveragePool", window(size, size)));
    }

    /** Largest value of each {@code size x size} window, without overlap. */
    public GraphBuilder maxPool(int size) {
        return add(layer + ".pool", Operator.of("MaxPool", window(size, size)));
    }

    /**
     * Largest value of each {@code size x size} window, {@code stride} apart; what is left at the edges has a window of
     * its own, as in Caffe.
     */
    public GraphBuilder maxPool(int size, int stride) {
        return add(layer + ".pool", Operator.of("MaxPool", window(size, stride).with("ceil_mode", 1L)));
    }

    /** While training, leaves out half of the numbers by chance and doubles the rest; nothing otherwise. */
    public GraphBuilder dropout() {
        return add(layer + ".dropout", Operator.of("Dropout"));
    }

    /** Two ways to go on from here, whose ends, of one shape, are added. */
    public GraphBuilder sum(String name, Consumer<GraphBuilder> one, Consumer<GraphBuilder> other) {
        String forkTensor = tensor;
        String forkLayer = layer;
        one.accept(this);
        String end = tensor;
        tensor = forkTensor;
        layer = forkLayer;
        other.accept(this);
        layer = name;
        return add(name, Operator.of("Add"), end);
    }

    public GraphBuilder flatten() {
        return add(layer + ".flat", Operator.of("Flatten"));
    }

    /** The finished network; its output, {@code scores}, comes before any softmax. */
    public Graph build() {
        int last = nodes.size() - 1;
        if (last < 0) {
            throw new IllegalArgumentException("A network needs at least one layer.");
        }
        Node end = nodes.get(last);
        List<Node> named = new ArrayList<>(nodes);
        named.set(last, new Node(end.name(), end.operator(), end.inputs(), OUTPUT));
        return new Graph(INPUT, inputShape, OUTPUT, named, initializers);
    }

    private static Attributes window(int size, int stride) {
        return Attributes.NONE
                .with("kernel_shape", Attributes.list(size, size))
                .with("strides", Attributes.list(stride, stride));
    }

    private GraphBuilder add(String name, Operator operator, String... parameters) {
        List<String> inputs = new ArrayList<>(List.of(tensor));
        inputs.addAll(List.of(parameters));
        tensor = name + ".out";
        nodes.add(new Node(name, operator, inputs, tensor));
        return this;
    }

    private List<Integer> shape() {
        return nodes.isEmpty() ? inputShape : new Graph(INPUT, inputShape, tensor, nodes, initializers).shape(tensor);
    }
}
