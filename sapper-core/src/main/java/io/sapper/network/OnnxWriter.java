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
import io.sapper.network.Operator.AveragePool;
import io.sapper.network.Operator.BatchNormalization;
import io.sapper.network.Operator.Conv;
import io.sapper.network.Operator.MaxPool;
import io.sapper.network.Operator.Window;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;

/** Writes a graph as ONNX, opset 17. The same graph gives the same bytes. */
public final class OnnxWriter {
    static final int OPSET = 17;
    private static final int IR_VERSION = 8;

    private OnnxWriter() {}

    /** Writes beside the file, then moves there. Masks are folded into the weights where that is exact. */
    public static void write(Graph graph, Path file) throws IOException {
        Output.replace(file, toBytes(Masks.fold(graph)));
    }

    /** The bytes of an ONNX file, masks left as nodes of their own. */
    public static byte[] toBytes(Graph graph) {
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

    private static TensorProto tensor(String name, Initializer values) {
        ByteBuffer raw = ByteBuffer.allocate(4 * values.size()).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values.values());
        TensorProto.Builder proto = TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.FLOAT.getNumber())
                .setRawData(ByteString.copyFrom(raw.array()));
        values.shape().forEach(size -> proto.addDims(size));
        return proto.build();
    }

    private static NodeProto node(Node node) {
        NodeProto.Builder proto = NodeProto.newBuilder()
                .setName(node.name())
                .setOpType(node.operator().onnxName())
                .addAllInput(node.inputs())
                .addOutput(node.output());
        attributes(proto, node.operator());
        return proto.build();
    }

    private static void attributes(NodeProto.Builder proto, Operator operator) {
        if (operator instanceof Conv conv) {
            window(proto, conv.window());
            proto.addAttribute(integers("dilations", dilations(conv.window())));
            proto.addAttribute(integer("group", conv.groups()));
        } else if (operator instanceof MaxPool pool) {
            window(proto, pool.window());
            proto.addAttribute(integers("dilations", dilations(pool.window())));
        } else if (operator instanceof AveragePool pool) {
            window(proto, pool.window());
            proto.addAttribute(integer("count_include_pad", pool.countIncludePad() ? 1 : 0));
        } else if (operator instanceof Operator.Gemm) {
            proto.addAttribute(integer("transB", 1));
        } else if (operator instanceof Operator.Flatten) {
            proto.addAttribute(integer("axis", 1));
        } else if (operator instanceof Operator.Softmax) {
            proto.addAttribute(integer("axis", -1));
        } else if (operator instanceof BatchNormalization norm) {
            proto.addAttribute(AttributeProto.newBuilder()
                    .setName("epsilon")
                    .setType(AttributeProto.AttributeType.FLOAT)
                    .setF((float) norm.epsilon()));
        }
    }

    private static void window(NodeProto.Builder proto, Window window) {
        proto.addAttribute(integers("kernel_shape", window.height(), window.width()));
        proto.addAttribute(integers("strides", window.strideHeight(), window.strideWidth()));
        Operator.Pads pads = window.pads();
        proto.addAttribute(integers("pads", pads.top(), pads.left(), pads.bottom(), pads.right()));
    }

    private static long[] dilations(Window window) {
        return new long[] {window.dilationHeight(), window.dilationWidth()};
    }

    private static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    private static AttributeProto integers(String name, long... values) {
        AttributeProto.Builder proto =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            proto.addInts(value);
        }
        return proto.build();
    }
}
