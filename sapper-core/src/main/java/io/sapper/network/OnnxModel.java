package io.sapper.network;

import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A parsed ONNX file on its way to a graph. */
final class OnnxModel {
    private static final long OLDEST_OPSET = 6;

    private final Path file;
    private final ModelProto model;
    private final Map<String, Long> opsets;
    private final Map<String, FunctionProto> functions = new HashMap<>();
    private final Map<String, Initializer> initializers = new LinkedHashMap<>();
    private final Map<String, Origin.Place> places = new HashMap<>();
    private final Set<String> tensors = new HashSet<>();
    private final Set<String> nodeNames = new HashSet<>();

    OnnxModel(Path file, ModelProto model) throws IOException {
        this.file = file;
        this.model = model;
        this.opsets = opsets(model.getOpsetImportList());
        for (FunctionProto function : model.getFunctionsList()) {
            if (functions.put(function.getDomain() + "::" + function.getName(), function) != null) {
                throw malformed("", "two functions have the name " + function.getName() + ".");
            }
        }
    }

    Path file() {
        return file;
    }

    /** Version of each domain; {@code ai.onnx} is another name of ONNX's own, which has none. */
    Map<String, Long> opsets(List<OperatorSetIdProto> imports) throws IOException {
        Map<String, Long> versions = new HashMap<>();
        for (OperatorSetIdProto opset : imports) {
            String domain = domain(opset.getDomain());
            Long before = versions.put(domain, opset.getVersion());
            if (before != null && before != opset.getVersion()) {
                throw malformed("", "two versions of the domain '" + domain + "', " + before + " and "
                        + opset.getVersion() + ".");
            }
            if (domain.isEmpty() && opset.getVersion() < OLDEST_OPSET) {
                throw unsupported(
                        "",
                        "opset " + opset.getVersion() + " is older than " + OLDEST_OPSET
                                + ", the oldest that is read. Maybe export it again with opset " + OnnxWriter.OPSET
                                + ".");
            }
            if (domain.isEmpty() && opset.getVersion() > Upgrades.NEWEST) {
                throw unsupported(
                        "",
                        "opset " + opset.getVersion() + " is newer than " + Upgrades.NEWEST
                                + ", the newest that is read. Maybe export it again with opset " + OnnxWriter.OPSET
                                + ".");
            }
        }
        return versions;
    }

    static String domain(String named) {
        return named.equals("ai.onnx") ? "" : named;
    }

    @Nullable
    FunctionProto function(String domain, String name) {
        return functions.get(domain + "::" + name);
    }

    Graph graph() throws IOException {
        GraphProto proto = model.getGraph();
        Map<String, String> names = new HashMap<>();
        for (TensorProto tensor : proto.getInitializerList()) {
            store(tensor.getName(), tensor);
            names.put(tensor.getName(), tensor.getName());
        }
        if (proto.getSparseInitializerCount() > 0) {
            throw unsupported("", "sparse weights are not read. Maybe export it with dense ones.");
        }
        List<Input> inputs = new ArrayList<>();
        for (ValueInfoProto input : proto.getInputList()) {
            if (!initializers.containsKey(input.getName())) {
                inputs.add(input(input));
                names.put(input.getName(), input.getName());
                tensors.add(input.getName());
            }
        }
        if (inputs.isEmpty()) {
            throw unsupported("", "it has no input.");
        }
        try {
            OnnxNodes nodes = new OnnxNodes(this, opsets, names, "");
            List<Node> read = nodes.read(proto.getNodeList());
            List<String> outputs = new ArrayList<>();
            for (ValueInfoProto output : proto.getOutputList()) {
                outputs.add(nodes.tensor(output.getName()));
            }
            return new Graph(inputs, outputs, read, used(read, outputs), new Origin(model, places));
        } catch (io.sapper.network.operator.Known.NotKnown
                | IllegalArgumentException
                | ArithmeticException
                | IndexOutOfBoundsException
                | NegativeArraySizeException e) {
            throw malformed("", String.valueOf(e.getMessage()));
        }
    }

    private Map<String, Initializer> used(List<Node> nodes, List<String> outputs) {
        Set<String> read = new HashSet<>(outputs);
        nodes.forEach(node -> read.addAll(node.reads()));
        Map<String, Initializer> kept = new LinkedHashMap<>(initializers);
        kept.keySet().retainAll(read);
        return kept;
    }

    private Input input(ValueInfoProto value) throws IOException {
        TypeProto.Tensor type = value.getType().getTensorType();
        ElementType elements = ElementType.of(type.getElemType()).orElse(null);
        if (!value.getType().hasTensorType() || elements == null) {
            throw unsupported("", "the input " + value.getName() + " is of a type that is not read.");
        }
        if (!type.hasShape()) {
            throw unsupported("", "the input " + value.getName() + " has no shape. Maybe export it with one.");
        }
        List<Long> sizes = new ArrayList<>();
        for (TensorShapeProto.Dimension dimension : type.getShape().getDimList()) {
            long size = dimension.hasDimValue() ? dimension.getDimValue() : Input.FREE;
            if (size > Integer.MAX_VALUE || size < Input.FREE) {
                throw malformed("", "the input " + value.getName() + " has a dimension of " + size + ".");
            }
            sizes.add(size);
        }
        return new Input(value.getName(), elements, sizes);
    }

    /** Keeps a stored tensor under its own name. */
    void store(String name, TensorProto tensor) throws IOException {
        if (name.isEmpty() || !tensors.add(name)) {
            throw malformed("", name.isEmpty() ? "a stored tensor has no name." : "two tensors have the name " + name + ".");
        }
        Initializer value = new OnnxTensor(file, name, tensor).read();
        initializers.put(name, value);
        places.put(name, new Origin.Place(value, false));
    }

    /** Keeps a constant under a new name like the one wanted. */
    String keep(String wanted, Initializer value) {
        String name = unique(wanted, tensors);
        initializers.put(name, value);
        return name;
    }

    /** Keeps the constant that a node of the outermost graph makes. */
    void constant(String name, Initializer value) {
        tensors.add(name);
        initializers.put(name, value);
        places.put(name, new Origin.Place(value, true));
    }

    /** A name for a tensor that is made, like the one wanted. */
    String newTensor(String wanted) {
        return unique(wanted, tensors);
    }

    /** A name for a node, like the one wanted. */
    String newNode(String wanted) {
        return unique(wanted, nodeNames);
    }

    private static String unique(String wanted, Set<String> taken) {
        String name = wanted;
        for (int i = 2; !taken.add(name); i++) {
            name = wanted + "." + i;
        }
        return name;
    }

    boolean taken(String tensor) {
        return tensors.contains(tensor);
    }

    @Nullable
    Initializer value(String name) {
        return initializers.get(name);
    }

    MalformedFileException malformed(String node, String problem) {
        return new MalformedFileException(file, node.isEmpty() ? "" : "node " + node, problem);
    }

    UnsupportedModelException unsupported(String node, String what) {
        return new UnsupportedModelException(file, node, what);
    }
}
