package io.sapper.network;

import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.sapper.data.MalformedFileException;
import io.sapper.network.operator.NotSupported;
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

    /** The newest version of the file format that is known here. */
    private static final long NEWEST_FORMAT = 14;

    /** Nodes, constants and calls of functions, with all that these hold each time they are called. */
    private static final int MOST_STEPS = 200_000;

    private final Path file;
    private final ModelProto model;
    private final Map<String, Long> opsets;
    private final Map<String, FunctionProto> functions = new HashMap<>();
    private final Map<String, Initializer> initializers = new LinkedHashMap<>();
    private final Map<String, Origin.Place> places = new HashMap<>();
    private final Map<TensorProto, Initializer> outside = new LinkedHashMap<>();
    private final Names tensors = new Names();
    private final Names nodeNames = new Names();
    private long storedBytes;
    private int steps;

    OnnxModel(Path file, ModelProto model) throws IOException {
        this.file = file;
        this.model = model;
        checkVersion();
        this.opsets = opsets(model.getOpsetImportList());
        for (FunctionProto function : model.getFunctionsList()) {
            if (domain(function.getDomain()).isEmpty()) {
                throw unsupported(
                        "",
                        "the local function " + function.getName()
                                + " is in ONNX's own domain, where it would stand for one of ONNX's operators.");
            }
            if (functions.put(function.getDomain() + "::" + function.getName(), function) != null) {
                throw malformed("", "two functions have the name " + function.getName() + ".");
            }
        }
    }

    private void checkVersion() throws IOException {
        if (model.getIrVersion() < 1) {
            throw malformed("", "it does not say which version of the format it has (ir_version).");
        }
        if (model.getIrVersion() > NEWEST_FORMAT) {
            throw unsupported(
                    "",
                    "version " + model.getIrVersion() + " of the format is newer than " + NEWEST_FORMAT
                            + ", the newest that is read.");
        }
        if (model.getOpsetImportCount() == 0) {
            throw malformed("", "it does not say which opset it uses.");
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
                throw malformed(
                        "",
                        "two versions of the domain '" + domain + "', " + before + " and " + opset.getVersion() + ".");
            }
            if (opset.getVersion() < 1) {
                throw malformed("", "version " + opset.getVersion() + " of the domain '" + domain + "' is none.");
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

    /** @param given whether there must be an input */
    Graph graph(boolean given) throws IOException {
        GraphProto proto = model.getGraph();
        if (new Expansion(functions, MOST_STEPS).count(proto.getNodeList()) > MOST_STEPS) {
            throw tooMany("");
        }
        Map<String, String> names = new HashMap<>();
        if (proto.getSparseInitializerCount() > 0) {
            throw unsupported("", "sparse weights are not read. Maybe export it with dense ones.");
        }
        for (TensorProto tensor : proto.getInitializerList()) {
            store(tensor.getName(), tensor);
            names.put(tensor.getName(), tensor.getName());
        }
        List<Input> inputs = inputs(proto, names);
        if (given && inputs.isEmpty()) {
            throw unsupported("", "it has no input.");
        }
        try {
            OnnxNodes nodes = new OnnxNodes(this, opsets, names);
            List<Node> read = nodes.read(proto.getNodeList());
            List<String> outputs = new ArrayList<>();
            for (ValueInfoProto output : proto.getOutputList()) {
                outputs.add(nodes.tensor(output.getName()));
            }
            checkOutputs(outputs, inputs);
            readTheRest();
            return new Graph(inputs, outputs, read, used(read, outputs), new Origin(model, places, outside));
        } catch (NotSupported e) {
            throw unsupported("", sentence(e));
        } catch (io.sapper.network.operator.Known.NotKnown
                | IllegalArgumentException
                | ArithmeticException
                | IndexOutOfBoundsException
                | NegativeArraySizeException e) {
            throw malformed("", sentence(e));
        }
    }

    /** What lies in other files has to be written again, also where nothing uses it. */
    private void readTheRest() throws IOException {
        List<TensorProto> all = new ArrayList<>();
        OutsideTensors.map(model, tensor -> {
            all.add(tensor);
            return tensor;
        });
        for (TensorProto tensor : all) {
            stored(tensor.getName(), tensor);
        }
    }

    private static String sentence(RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        return message.endsWith(".") ? message : message + ".";
    }

    /** Reads a tensor that the file stores; nothing is taken in for it before its size is counted. */
    Initializer stored(String label, TensorProto proto) throws IOException {
        OnnxTensor tensor = new OnnxTensor(file, label, proto);
        if (tensor.outside()) { // else its numbers were taken in with the file
            Initializer known = outside.get(proto);
            if (known == null) {
                count(tensor.bytes());
                known = tensor.read();
                outside.put(proto, known);
            }
            return known;
        }
        Initializer value = tensor.read();
        count(tensor.bytes());
        return value;
    }

    /** Counts the bytes of one more stored tensor. */
    private void count(long bytes) throws IOException {
        storedBytes += bytes;
        try {
            MemoryLimit.checkSum(storedBytes, "its stored tensors");
        } catch (NotSupported e) {
            throw unsupported("", sentence(e));
        }
    }

    /** Counts one more node, constant or call. */
    void step(String node) throws IOException {
        if (++steps > MOST_STEPS) {
            throw tooMany(node);
        }
    }

    private UnsupportedModelException tooMany(String node) {
        return unsupported(
                node, "more than " + MOST_STEPS + " nodes, those of functions counted at every call, are not read.");
    }

    private List<Input> inputs(GraphProto proto, Map<String, String> names) throws IOException {
        List<Input> inputs = new ArrayList<>();
        Set<String> listed = new HashSet<>();
        for (ValueInfoProto input : proto.getInputList()) {
            String name = input.getName();
            if (name.isEmpty() || !listed.add(name)) {
                throw malformed(
                        "", name.isEmpty() ? "an input has no name." : "two inputs have the name " + name + ".");
            }
            if (!initializers.containsKey(name)) {
                inputs.add(new OnnxInput(this, input).read());
                names.put(name, name);
                tensors.add(name);
            }
        }
        return inputs;
    }

    private void checkOutputs(List<String> outputs, List<Input> inputs) throws IOException {
        if (outputs.isEmpty()) {
            throw malformed("", "it has no output.");
        }
        String first = outputs.get(0);
        if (places.containsKey(first) && !places.get(first).constant()) {
            throw unsupported("", "its output " + first + " is a stored tensor, which depends on no input.");
        }
        if (inputs.stream().anyMatch(input -> input.name().equals(first))) {
            throw unsupported("", "its output " + first + " is its input: there is no network.");
        }
    }

    private Map<String, Initializer> used(List<Node> nodes, List<String> outputs) {
        Set<String> read = new HashSet<>(outputs);
        nodes.forEach(node -> read.addAll(node.reads()));
        Map<String, Initializer> kept = new LinkedHashMap<>(initializers);
        kept.keySet().retainAll(read);
        return kept;
    }

    /** Keeps a stored tensor under its own name. */
    void store(String name, TensorProto tensor) throws IOException {
        if (name.isEmpty() || !tensors.add(name)) {
            throw malformed(
                    "", name.isEmpty() ? "a stored tensor has no name." : "two tensors have the name " + name + ".");
        }
        Initializer value = stored(name, tensor);
        initializers.put(name, value);
        places.put(name, new Origin.Place(value, false));
    }

    /** Keeps a constant under a new name like the one wanted. */
    String keep(String wanted, Initializer value) {
        String name = tensors.unique(wanted);
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
        return tensors.unique(wanted);
    }

    /** A name for a node, like the one wanted. */
    String newNode(String wanted) {
        return nodeNames.unique(wanted);
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
