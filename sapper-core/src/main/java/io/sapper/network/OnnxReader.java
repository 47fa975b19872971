package io.sapper.network;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Reads a network from an ONNX file. The file is not trusted: it is parsed in Java, nothing in it is executed, and what
 * does not fit is refused with the node's name.
 */
public final class OnnxReader {
    private static final int OLDEST_OPSET = 7;

    private final Path file;
    private final Map<String, Initializer> initializers = new LinkedHashMap<>();
    private final Map<String, long[]> integers = new LinkedHashMap<>();

    private OnnxReader(Path file) {
        this.file = file;
    }

    /**
     * Reads a network.
     *
     * @throws MalformedFileException if it is not ONNX, damaged, or its shapes contradict each other
     * @throws UnsupportedModelException if it uses something that Sapper does not run
     */
    public static Graph read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new MalformedFileException(
                    file, "", Files.isDirectory(file) ? "a folder, not a file." : "there is no such file.");
        }
        return new OnnxReader(file).model(parse(file));
    }

    private static ModelProto parse(Path file) throws IOException {
        try {
            ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));
            if (model.getGraph().getNodeCount() == 0) {
                throw new MalformedFileException(
                        file, "", "not an ONNX model: it holds no graph. Maybe another kind of file, or cut short.");
            }
            return model;
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedFileException(
                    file,
                    "",
                    "not an ONNX model ("
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable")
                            + ") Maybe another kind of file, or cut short.");
        } catch (OutOfMemoryError e) {
            throw new MalformedFileException(file, "", "too large to be read into memory.");
        }
    }

    private Graph model(ModelProto model) throws IOException {
        for (OperatorSetIdProto opset : model.getOpsetImportList()) {
            if (opset.getDomain().isEmpty() && opset.getVersion() < OLDEST_OPSET) {
                throw unsupported(
                        "",
                        "opset " + opset.getVersion() + " is older than " + OLDEST_OPSET
                                + ", the oldest that is read. Maybe export it again with opset " + OnnxWriter.OPSET
                                + ".");
            }
        }
        GraphProto graph = model.getGraph();
        for (TensorProto tensor : graph.getInitializerList()) {
            constant(tensor.getName(), tensor);
        }
        List<Node> nodes = nodes(graph);
        ValueInfoProto input = onlyInput(graph);
        if (graph.getOutputCount() != 1) {
            throw unsupported("", "it has " + graph.getOutputCount() + " outputs; one is needed.");
        }
        try {
            return new Graph(
                    input.getName(), inputShape(input), graph.getOutput(0).getName(), nodes, used(nodes));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new MalformedFileException(file, "", String.valueOf(e.getMessage()));
        }
    }

    private List<Node> nodes(GraphProto graph) throws IOException {
        List<Node> nodes = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        for (NodeProto proto : graph.getNodeList()) {
            String name = name(proto);
            if (proto.getOpType().equals("Constant")) {
                constant(proto);
                continue;
            }
            if (!names.add(name)) {
                throw new MalformedFileException(file, "node " + name, "two nodes have this name.");
            }
            OnnxNode node = new OnnxNode(file, name, proto, initializers, integers);
            nodes.add(node.read());
        }
        return nodes;
    }

    /** A node may lack a name; its output always has one. */
    private static String name(NodeProto proto) {
        if (!proto.getName().isEmpty()) {
            return proto.getName();
        }
        return proto.getOutputCount() > 0 ? proto.getOutput(0) : proto.getOpType();
    }

    private void constant(NodeProto proto) throws IOException {
        if (proto.getOutputCount() != 1
                || proto.getAttributeCount() != 1
                || !proto.getAttribute(0).hasT()) {
            throw unsupported(name(proto), "a Constant is read only when it holds one tensor.");
        }
        constant(proto.getOutput(0), proto.getAttribute(0).getT());
    }

    private void constant(String name, TensorProto tensor) throws IOException {
        OnnxTensor values = new OnnxTensor(file, name, tensor);
        if (tensor.getDataType() == TensorProto.DataType.INT64.getNumber()) {
            integers.put(name, values.integers());
        } else {
            initializers.put(name, values.floats());
        }
    }

    private Map<String, Initializer> used(List<Node> nodes) {
        Set<String> read =
                nodes.stream().flatMap(node -> node.inputs().stream()).collect(Collectors.toSet());
        Map<String, Initializer> kept = new LinkedHashMap<>(initializers);
        kept.keySet().retainAll(read);
        return kept;
    }

    private ValueInfoProto onlyInput(GraphProto graph) throws IOException {
        List<ValueInfoProto> inputs = graph.getInputList().stream()
                .filter(value -> !initializers.containsKey(value.getName()) && !integers.containsKey(value.getName()))
                .toList();
        if (inputs.size() != 1) {
            throw unsupported("", "it has " + inputs.size() + " inputs; one is needed.");
        }
        return inputs.get(0);
    }

    private List<Integer> inputShape(ValueInfoProto input) throws IOException {
        TensorShapeProto shape = input.getType().getTensorType().getShape();
        List<Integer> sizes = new ArrayList<>();
        for (int i = 1; i < shape.getDimCount(); i++) {
            long size = shape.getDim(i).getDimValue();
            if (size < 1 || size > Integer.MAX_VALUE) {
                throw unsupported(
                        "",
                        "dimension " + i + " of the input " + input.getName()
                                + " is not fixed. Maybe export it with a fixed image size.");
            }
            sizes.add((int) size);
        }
        if (sizes.isEmpty()) {
            throw unsupported("", "the input " + input.getName() + " has no shape. Maybe export it with one.");
        }
        return sizes;
    }

    private UnsupportedModelException unsupported(String node, String what) {
        return new UnsupportedModelException(file, node, what);
    }
}
