package io.sapper.network;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.sapper.data.MalformedFileException;
import io.sapper.network.Operator.Pads;
import io.sapper.network.Operator.Window;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Turns one ONNX node into one of ours, or says why not. */
final class OnnxNode {
    private final Path file;
    private final String name;
    private final NodeProto proto;
    private final Map<String, Initializer> initializers;
    private final Map<String, long[]> integers;

    OnnxNode(
            Path file,
            String name,
            NodeProto proto,
            Map<String, Initializer> initializers,
            Map<String, long[]> integers) {
        this.file = file;
        this.name = name;
        this.proto = proto;
        this.initializers = initializers;
        this.integers = integers;
    }

    Node read() throws IOException {
        if (proto.getInputCount() == 0 || proto.getOutputCount() == 0) {
            throw malformed("it has no input or no output.");
        }
        if (proto.getOutputCount() > 1 && !proto.getOpType().equals("Dropout")) {
            throw unsupported("more than one output of " + proto.getOpType() + " is not supported.");
        }
        try {
            return switch (proto.getOpType()) {
                case "Conv" -> node(new Operator.Conv(window(weightsKernel()), (int) integer("group", 1)));
                case "MaxPool" -> node(new Operator.MaxPool(window(required("kernel_shape"))));
                case "AveragePool" ->
                    node(new Operator.AveragePool(
                            window(required("kernel_shape")), integer("count_include_pad", 0) == 1));
                case "Gemm" -> gemm();
                case "MatMul" -> matMul();
                case "BatchNormalization" -> node(new Operator.BatchNormalization(real("epsilon", 1e-5f)));
                case "Flatten" -> flatten();
                case "Reshape" -> reshape();
                case "Softmax" -> node(new Operator.Softmax());
                case "Relu" -> node(new Operator.Relu());
                case "GlobalAveragePool" -> node(new Operator.GlobalAveragePool());
                case "Add" -> node(new Operator.Add(), flowingFirst());
                case "Mul" -> node(new Operator.Mul(), flowingFirst());
                case "Identity" -> node(new Operator.Identity());
                case "Dropout" -> node(new Operator.Dropout(), List.of(proto.getInput(0)));
                default -> throw unsupported("the operator " + proto.getOpType() + " is not supported.");
            };
        } catch (IllegalArgumentException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
    }

    private Node node(Operator operator) {
        return node(
                operator,
                proto.getInputList().stream().filter(input -> !input.isEmpty()).toList());
    }

    private Node node(Operator operator, List<String> inputs) {
        return new Node(name, operator, inputs, proto.getOutput(0));
    }

    /** Sums and products do not care for order; ours want the data that flows first. */
    private List<String> flowingFirst() {
        List<String> inputs = new ArrayList<>(proto.getInputList());
        if (inputs.size() == 2 && initializers.containsKey(inputs.get(0))) {
            return List.of(inputs.get(1), inputs.get(0));
        }
        return inputs;
    }

    private Node gemm() throws IOException {
        if (real("alpha", 1) != 1 || real("beta", 1) != 1 || integer("transA", 0) != 0) {
            throw unsupported("Gemm is supported only with alpha 1, beta 1 and transA 0.");
        }
        Node node = flatBias(node(new Operator.Gemm()));
        return integer("transB", 0) == 1 ? node : transposed(node);
    }

    /** ONNX lets a bias be [1, out], or one number for all; ours is [out]. */
    private Node flatBias(Node node) {
        Initializer weights =
                node.inputs().size() == 3 ? initializers.get(node.inputs().get(1)) : null;
        Initializer bias =
                node.inputs().size() == 3 ? initializers.get(node.inputs().get(2)) : null;
        if (weights == null || bias == null || weights.shape().size() != 2) {
            return node;
        }
        int out = weights.shape().get(integer("transB", 0) == 1 ? 0 : 1);
        boolean row = bias.shape().equals(List.of(1, out));
        if (bias.shape().equals(List.of(out)) || !(row || bias.size() == 1)) {
            return node;
        }
        float[] values = bias.toArray();
        if (!row) {
            values = new float[out];
            Arrays.fill(values, bias.get(0));
        }
        String flatName = name + ".bias.flat";
        initializers.put(flatName, new Initializer(List.of(out), values));
        return node(
                new Operator.Gemm(), List.of(node.inputs().get(0), node.inputs().get(1), flatName));
    }

    private Node matMul() throws IOException {
        return transposed(node(new Operator.Gemm()));
    }

    /** Our dense weights are [out, in]: the others are turned once, under a name of this node's own. */
    private Node transposed(Node node) throws IOException {
        if (node.inputs().size() < 2) {
            throw malformed("it has no weights.");
        }
        Initializer weights = initializers.get(node.inputs().get(1));
        if (weights == null || weights.shape().size() != 2) {
            throw unsupported("a matrix product is supported only with weights of two dimensions.");
        }
        int rows = weights.shape().get(0);
        int columns = weights.shape().get(1);
        float[] turned = new float[weights.size()];
        for (int i = 0; i < turned.length; i++) {
            turned[i % columns * rows + i / columns] = weights.get(i);
        }
        String turnedName = name + ".weights.transposed";
        initializers.put(turnedName, new Initializer(List.of(columns, rows), turned));
        List<String> inputs = new ArrayList<>(node.inputs());
        inputs.set(1, turnedName);
        return node(new Operator.Gemm(), inputs);
    }

    private Node flatten() throws IOException {
        if (integer("axis", 1) != 1) {
            throw unsupported("Flatten is supported only at axis 1.");
        }
        return node(new Operator.Flatten());
    }

    private Node reshape() throws IOException {
        long[] shape = proto.getInputCount() == 2 ? integers.get(proto.getInput(1)) : null;
        if (shape == null || shape.length != 2 || (shape[1] != -1 && shape[0] > 1)) {
            throw unsupported("Reshape is supported only from an image to a vector, not to "
                    + (shape == null ? "a computed shape" : Arrays.toString(shape)) + ".");
        }
        return node(new Operator.Flatten(), List.of(proto.getInput(0)));
    }

    private long[] weightsKernel() throws IOException {
        Initializer weights = proto.getInputCount() > 1 ? initializers.get(proto.getInput(1)) : null;
        if (weights == null || weights.shape().size() != 4) {
            throw unsupported("a convolution is supported only in two dimensions and with stored weights.");
        }
        return new long[] {weights.shape().get(2), weights.shape().get(3)};
    }

    private Window window(long[] kernel) throws IOException {
        String autoPad = proto.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals("auto_pad"))
                .map(attribute -> attribute.getS().toStringUtf8())
                .findFirst()
                .orElse("NOTSET");
        if (!autoPad.equals("NOTSET") && !autoPad.equals("VALID")) {
            throw unsupported("auto_pad " + autoPad + " is not supported. Maybe export it with explicit pads.");
        }
        if (integer("ceil_mode", 0) != 0) {
            throw unsupported("ceil_mode is not supported.");
        }
        long[] pads = list("pads", 0, 0, 0, 0);
        long[] strides = list("strides", 1, 1);
        long[] dilations = list("dilations", 1, 1);
        if (kernel.length != 2 || pads.length != 4 || strides.length != 2 || dilations.length != 2) {
            throw unsupported("windows are supported only in two dimensions.");
        }
        return new Window(
                small(kernel[0]),
                small(kernel[1]),
                small(strides[0]),
                small(strides[1]),
                new Pads(small(pads[0]), small(pads[1]), small(pads[2]), small(pads[3])),
                small(dilations[0]),
                small(dilations[1]));
    }

    private static int small(long value) {
        if (value < 0 || value > 1 << 16) {
            throw new IllegalArgumentException("a size of " + value + " makes no sense.");
        }
        return (int) value;
    }

    private long[] required(String attribute) throws IOException {
        long[] found = list(attribute);
        if (found.length == 0) {
            throw malformed(attribute + " is missing.");
        }
        return found;
    }

    private long[] list(String attribute, long... otherwise) {
        return proto.getAttributeList().stream()
                .filter(found -> found.getName().equals(attribute))
                .map(found ->
                        found.getIntsList().stream().mapToLong(Long::longValue).toArray())
                .findFirst()
                .orElse(otherwise);
    }

    private long integer(String attribute, long otherwise) {
        return proto.getAttributeList().stream()
                .filter(found -> found.getName().equals(attribute))
                .map(AttributeProto::getI)
                .findFirst()
                .orElse(otherwise);
    }

    private float real(String attribute, float otherwise) {
        return proto.getAttributeList().stream()
                .filter(found -> found.getName().equals(attribute))
                .map(AttributeProto::getF)
                .findFirst()
                .orElse(otherwise);
    }

    private MalformedFileException malformed(String problem) {
        return new MalformedFileException(file, "node " + name, problem);
    }

    private UnsupportedModelException unsupported(String what) {
        return new UnsupportedModelException(file, name, what);
    }
}
