package io.sapper.network;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.sapper.data.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes a graph as ONNX: one that was read as it was, with nothing but its changed numbers and its masks; one of our
 * own in opset 17. The same graph gives the same bytes.
 */
public final class OnnxWriter {
    static final int OPSET = 17;
    private static final int IR_VERSION = 8;

    private OnnxWriter() {}

    /**
     * Writes beside the file, then moves there. Masks are folded into the weights where that is exact. Weights that lay
     * in files beside the model come into it: where it goes, those files are not.
     */
    public static void write(Graph graph, Path file) throws IOException {
        Graph folded = Masks.fold(graph);
        Origin origin = folded.origin();
        Output.replace(
                file,
                origin == null
                        ? toBytes(folded)
                        : new OnnxRewriter(folded, origin).inOneFile().toByteArray());
    }

    /** The bytes of an ONNX file, masks left as nodes of their own. */
    public static byte[] toBytes(Graph graph) {
        Origin origin = graph.origin();
        if (origin != null) {
            return new OnnxRewriter(graph, origin).model().toByteArray();
        }
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("sapper")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .setGraph(graph(graph))
                .build()
                .toByteArray();
    }

    private static GraphProto graph(Graph graph) {
        GraphProto.Builder proto = GraphProto.newBuilder()
                .setName("network")
                .addInput(value(graph.input(), graph.inputShape()))
                .addOutput(value(graph.output(), graph.shape(graph.output())));
        graph.nodes().forEach(node -> proto.addNode(node(node)));
        graph.initializerNames().forEach(name -> proto.addInitializer(tensor(name, graph.initializer(name))));
        return proto.build();
    }

    private static ValueInfoProto value(String name, List<Integer> shape) {
        TensorShapeProto.Builder dims = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("N"));
        shape.forEach(
                size -> dims.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size)));
        TypeProto.Tensor.Builder type = TypeProto.Tensor.newBuilder()
                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                .setShape(dims);
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
