package io.sapper.network;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.sapper.data.Plain;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is odd about the file that a network was read from: it says something that does not hold, or a name in it could
 * deceive who reads it. Each in one sentence; with those of the network itself, {@link Oddities}.
 */
final class FileOddities {
    private static final int LONGEST = 1000;

    // with the words around it still one line of a terminal
    private static final int SHOWN = 48;

    private final Graph graph;
    private final Set<String> found = new LinkedHashSet<>();

    private FileOddities(Graph graph) {
        this.graph = graph;
    }

    /** All there are, in no order of weight; none for a network of our own. */
    static List<String> of(Graph graph) {
        FileOddities oddities = new FileOddities(graph);
        Origin origin = graph.origin();
        if (origin != null) {
            oddities.file(origin.model());
        }
        return List.copyOf(oddities.found);
    }

    private void file(ModelProto model) {
        GraphProto proto = model.getGraph();
        if (model.getTrainingInfoCount() > 0) {
            found.add("It holds a training procedure, which is not used.");
        }
        proto.getOutputList().forEach(this::declared);
        proto.getValueInfoList().forEach(this::declared);
        Set<String> outputs = new HashSet<>();
        proto.getOutputList().forEach(output -> {
            if (!outputs.add(output.getName())) {
                found.add("The output " + output.getName() + " is listed twice.");
            }
        });
        Set<String> names = new HashSet<>();
        for (NodeProto node : proto.getNodeList()) {
            if (!node.getName().isEmpty() && !names.add(node.getName())) {
                found.add("Two nodes have the name " + node.getName() + ".");
            }
            name(node.getName());
            node.getOutputList().forEach(this::name);
        }
        graph.inputs().stream()
                .filter(input -> outputs.contains(input.name()))
                .forEach(input -> found.add("The input " + input.name() + " is also an output."));
    }

    /** A shape or type that the file says and that does not hold. */
    private void declared(ValueInfoProto value) {
        if (!value.getType().hasTensorType()) {
            return;
        }
        String name = value.getName();
        boolean flows = graph.producer(name) != null;
        List<Integer> known = flows ? graph.knownShape(name).orElse(null) : null;
        TensorShapeProto shape = value.getType().getTensorType().getShape();
        if (known != null && value.getType().getTensorType().hasShape() && !fits(shape, known)) {
            found.add("The file says another shape of " + name + " than it has.");
        }
        int said = value.getType().getTensorType().getElemType();
        ElementType type = flows ? type(name, graph.nodes().size()) : null;
        if (type != null && said != 0 && said != type.onnx()) {
            found.add("The file says another type of " + name + " than it has, which is " + type.id() + ".");
        }
    }

    private static boolean fits(TensorShapeProto said, List<Integer> known) {
        if (said.getDimCount() != known.size() + 1) {
            return false;
        }
        for (int i = 0; i < known.size(); i++) {
            TensorShapeProto.Dimension size = said.getDim(i + 1);
            if (size.hasDimValue() && size.getDimValue() != known.get(i)) {
                return false;
            }
        }
        return true;
    }

    /** The type of a tensor's elements where every node on the way keeps it; null where that is not known. */
    private @Nullable ElementType type(String tensor, int steps) {
        String at = tensor;
        for (int i = 0; i < steps; i++) {
            Node made = graph.producer(at);
            if (made == null) {
                break;
            }
            boolean keeps = made.operator().is("Relu", "Conv", "Gemm", "MatMul", "Flatten", "MaxPool", "Identity");
            if (!keeps || !made.output().equals(at)) {
                return null;
            }
            at = made.data();
        }
        for (Input input : graph.inputs()) {
            if (input.name().equals(at)) {
                return input.type();
            }
        }
        return graph.isInitializer(at) ? graph.initializer(at).type() : null;
    }

    private void name(String name) {
        if (!name.equals(Plain.text(name)) || name.indexOf('\ufffd') >= 0 || name.length() > LONGEST) {
            found.add("A name in it does not show itself as it is: " + cut(name) + ".");
        }
    }

    private static String cut(String name) {
        String plain = Plain.line(name);
        return plain.length() <= SHOWN ? plain : plain.substring(0, SHOWN) + " ...";
    }
}
