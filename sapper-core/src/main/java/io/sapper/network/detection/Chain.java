package io.sapper.network.detection;

import io.sapper.network.Graph;
import io.sapper.network.Initializer;
import io.sapper.network.Input;
import io.sapper.network.Node;
import io.sapper.network.operator.Attributes;
import io.sapper.network.operator.Operator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A graph in the making, whose tensors are named by the nodes that make them. */
final class Chain {
    private final List<Input> inputs;
    private final List<Node> nodes;
    private final Map<String, Initializer> values;

    Chain(List<Input> inputs, List<Node> nodes, Map<String, Initializer> values) {
        this.inputs = List.copyOf(inputs);
        this.nodes = new ArrayList<>(nodes);
        this.values = new LinkedHashMap<>(values);
    }

    /** Adds a node that makes one tensor, and returns that tensor's name: the node's. */
    String add(String name, String operator, Attributes attributes, String... read) {
        nodes.add(new Node(name, Operator.of(operator, attributes), List.of(read), name));
        return name;
    }

    String add(String name, String operator, String... read) {
        return add(name, operator, Attributes.NONE, read);
    }

    /** Adds a number of 32 bits, or several. */
    String reals(String name, List<Integer> shape, float... numbers) {
        values.put(name, new Initializer(shape, numbers));
        return name;
    }

    /** Adds whole numbers. */
    String wholes(String name, long... numbers) {
        values.put(name, Initializer.of(List.of(numbers.length), numbers));
        return name;
    }

    /** One whole number without a dimension. */
    String whole(String name, long number) {
        values.put(name, Initializer.of(List.of(), number));
        return name;
    }

    /** A convolution with its weights, zeros at first, and a bias. */
    String convolution(String name, String from, int in, int out, int kernel, int stride, int padding) {
        return convolution(name, from, in, out, kernel, stride, new long[] {padding, padding, padding, padding});
    }

    private String convolution(String name, String from, int in, int out, int kernel, int stride, long[] pads) {
        values.put(name + ".weight", zeros(out, in, kernel, kernel));
        values.put(name + ".bias", zeros(out));
        String made = name + ".out";
        nodes.add(new Node(
                name,
                Operator.of(
                        "Conv",
                        Attributes.NONE
                                .with("kernel_shape", Attributes.list(kernel, kernel))
                                .with("strides", Attributes.list(stride, stride))
                                .with("dilations", Attributes.list(1, 1))
                                .with("group", 1L)
                                .with("pads", Attributes.list(pads))),
                List.of(from, name + ".weight", name + ".bias"),
                made));
        return made;
    }

    private static Initializer zeros(Integer... shape) {
        return new Initializer(List.of(shape), new float[List.of(shape).stream().reduce(1, (a, b) -> a * b)]);
    }

    /** A dense layer with its weights, zeros at first, and a bias. */
    String dense(String name, String from, int in, int out) {
        values.put(name + ".weight", zeros(out, in));
        values.put(name + ".bias", zeros(out));
        String made = name + ".out";
        nodes.add(new Node(
                name,
                Operator.of("Gemm", Map.of("transB", 1L)),
                List.of(from, name + ".weight", name + ".bias"),
                made));
        return made;
    }

    /** Adds a node that makes several tensors. */
    void addAll(String name, String operator, Attributes attributes, List<String> read, List<String> made) {
        nodes.add(new Node(name, Operator.of(operator, attributes), read, made));
    }

    Graph graph(String... outputs) {
        return Graph.of(inputs, List.of(outputs), nodes, values);
    }

    /** What a tensor's shape is, without the batch. */
    List<Integer> shape(String tensor) {
        return Graph.of(inputs, List.of(tensor), nodes, values).shape(tensor);
    }
}
