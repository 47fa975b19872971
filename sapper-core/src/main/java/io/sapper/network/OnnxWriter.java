package io.sapper.network;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.sapper.data.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a graph as ONNX: one that was read as it was, with nothing but its changed numbers and its masks; one of our
 * own in opset 17. The same graph gives the same bytes.
 */
public final class OnnxWriter {
    static final int OPSET = 17;
    private static final int IR_VERSION = 8;

    private OnnxWriter() {}

    /**
     * Writes beside the file, then moves there: a network on pictures, or one that was read.
     *
     * @return what was written, as by {@link #write(Graph, Path, String)}
     */
    public static List<Path> write(Graph graph, Path file) throws IOException {
        return write(graph, file, "");
    }

    /**
     * Writes beside the file, then moves there. Masks are folded into the weights where that is exact. Numbers that lay
     * in files beside the model that was read lie beside the one that is written, in {@link #dataFile}.
     *
     * @param inputStep what a network of our own says of how its inputs are made
     *     ({@link io.sapper.data.Samples#inputStep}); empty: nothing. One that was read says what it said.
     * @return what was written: the model, and the file with its numbers if there is one
     */
    public static List<Path> write(Graph graph, Path file, String inputStep) throws IOException {
        return write(graph, file, inputStep, List.of());
    }

    /**
     * As {@link #write(Graph, Path, String)}, a detector.
     *
     * @param classes names of its classes in their order, which its file says then; one that was read and says them
     *     already says what it said
     */
    public static List<Path> write(Graph graph, Path file, List<String> classes) throws IOException {
        return write(graph, file, "", classes);
    }

    private static List<Path> write(Graph graph, Path file, String inputStep, List<String> classes) throws IOException {
        Graph folded = Masks.fold(graph);
        Origin origin = folded.origin();
        if (origin == null) {
            Output.replace(file, said(ofOurOwn(folded, inputStep), classes).toByteArray());
            return List.of(file);
        }
        OnnxRewriter rewriter = new OnnxRewriter(folded, origin);
        if (origin.outside().isEmpty()) {
            Output.replace(file, said(rewriter.inOneFile(), classes).toByteArray());
            return List.of(file);
        }
        Path beside = dataFile(file);
        DataFile data = new DataFile(String.valueOf(beside.getFileName()));
        write(said(rewriter.beside(data), classes), file, data, beside);
        return List.of(file, beside);
    }

    /** The same with names of classes, unless there are none or it says some. */
    private static ModelProto said(ModelProto model, List<String> classes) {
        boolean says = model.getMetadataPropsList().stream()
                .anyMatch(entry -> entry.getKey().equals(Provenance.CLASSES));
        return classes.isEmpty() || says
                ? model
                : model.toBuilder()
                        .addMetadataProps(entry(Provenance.CLASSES, Provenance.text(classes)))
                        .build();
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    /** Where the numbers of a model go that keeps them beside it, for example {@code repaired.onnx.data}. */
    public static Path dataFile(Path model) {
        return model.resolveSibling(model.getFileName() + ".data");
    }

    /**
     * Both are complete before either is moved to its place, and an earlier model goes before its numbers do: whenever
     * this ends early, no model is there whose numbers are another one's.
     */
    private static void write(ModelProto model, Path file, DataFile data, Path beside) throws IOException {
        Output.refuseLink(beside);
        Output.replace(file, out -> {
            model.writeTo(out);
            Output.replace(beside, numbers -> {
                data.writeTo(numbers);
                Files.deleteIfExists(file);
            });
        });
    }

    /** The bytes of an ONNX file, everything inside, masks left as nodes of their own. */
    public static byte[] toBytes(Graph graph) {
        Origin origin = graph.origin();
        return (origin == null ? ofOurOwn(graph, "") : new OnnxRewriter(graph, origin).inOneFile()).toByteArray();
    }

    private static ModelProto ofOurOwn(Graph graph, String inputStep) {
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("sapper")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .setGraph(graph(graph));
        if (!inputStep.isEmpty()) {
            model.addMetadataProps(entry(Provenance.INPUT_STEP, inputStep));
        }
        return model.build();
    }

    private static GraphProto graph(Graph graph) {
        GraphProto.Builder proto = GraphProto.newBuilder().setName("network");
        graph.inputs().forEach(input -> proto.addInput(value(input.name(), input.type(), shape(input.dimensions()))));
        Map<String, ElementType> types = types(graph);
        for (String output : graph.outputs()) {
            TensorShapeProto shape = graph.knownShape(output)
                    .map(known -> shape(withBatch(graph, known)))
                    .orElse(null);
            proto.addOutput(value(output, types.getOrDefault(output, ElementType.FLOAT), shape));
        }
        graph.nodes().forEach(node -> proto.addNode(node(node)));
        graph.initializerNames().forEach(name -> proto.addInitializer(tensor(name, graph.initializer(name))));
        return proto.build();
    }

    /** What the outputs hold, where a run has to tell: class scores, of a shape that is foretold, are of 32 bits. */
    private static Map<String, ElementType> types(Graph graph) {
        return graph.outputs().stream()
                        .allMatch(output -> graph.knownShape(output).isPresent())
                ? Map.of()
                : TrialRun.types(graph);
    }

    private static List<Long> withBatch(Graph graph, List<Integer> shape) {
        List<Long> all = new ArrayList<>(List.of(graph.inputs().get(0).batch()));
        shape.forEach(size -> all.add((long) size));
        return all;
    }

    /** Sizes, the first of any number where it is not fixed. */
    private static TensorShapeProto shape(List<Long> sizes) {
        TensorShapeProto.Builder dims = TensorShapeProto.newBuilder();
        sizes.forEach(size -> dims.addDim(
                size == Input.FREE
                        ? TensorShapeProto.Dimension.newBuilder().setDimParam("N")
                        : TensorShapeProto.Dimension.newBuilder().setDimValue(size)));
        return dims.build();
    }

    /** @param shape null where it is not known before the network runs */
    private static ValueInfoProto value(String name, ElementType element, @Nullable TensorShapeProto shape) {
        TypeProto.Tensor.Builder type = TypeProto.Tensor.newBuilder().setElemType(element.onnx());
        if (shape != null) {
            type.setShape(shape);
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(type))
                .build();
    }

    static TensorProto tensor(String name, Initializer values) {
        TensorProto.Builder proto = TensorProto.newBuilder()
                .setName(name)
                .setDataType(values.type().onnx())
                .setRawData(ByteString.copyFrom(values.bytes()));
        values.shape().forEach(size -> proto.addDims(size));
        return proto.build();
    }

    static NodeProto node(Node node) {
        NodeProto.Builder proto = NodeProto.newBuilder()
                .setName(node.name())
                .setOpType(node.operator().name())
                .addAllInput(node.inputs())
                .addAllOutput(node.outputs());
        node.operator().attributes().values().forEach((name, value) -> proto.addAttribute(attribute(name, value)));
        return proto.build();
    }

    private static AttributeProto attribute(String name, Object value) {
        AttributeProto.Builder proto = AttributeProto.newBuilder().setName(name);
        if (value instanceof Long number) {
            return proto.setType(AttributeProto.AttributeType.INT).setI(number).build();
        } else if (value instanceof Float number) {
            return proto.setType(AttributeProto.AttributeType.FLOAT)
                    .setF(number)
                    .build();
        } else if (value instanceof String text) {
            return proto.setType(AttributeProto.AttributeType.STRING)
                    .setS(ByteString.copyFromUtf8(text))
                    .build();
        } else if (value instanceof List<?> list && list.stream().allMatch(Long.class::isInstance)) {
            list.forEach(one -> proto.addInts((Long) one));
            return proto.setType(AttributeProto.AttributeType.INTS).build();
        }
        throw new IllegalStateException("Networks of our own have no attribute like " + name + ".");
    }
}
