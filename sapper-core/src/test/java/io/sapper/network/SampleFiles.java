package io.sapper.network;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** ONNX files for tests. */
public final class SampleFiles {
    private SampleFiles() {}

    /** A network of ours whose weights are stored, and computed with, in another type; input and output stay floats. */
    public static ModelProto typed(Graph own, ElementType type) throws InvalidProtocolBufferException {
        ModelProto model = ModelProto.parseFrom(OnnxWriter.toBytes(own));
        GraphProto.Builder graph =
                model.getGraph().toBuilder().clearInitializer().clearNode();
        own.initializers().forEach((name, value) -> {
            ByteBuffer bytes = ByteBuffer.allocate(value.size() * type.bytes());
            Initializer zeros = Initializer.of(type, value.shape(), bytes);
            graph.addInitializer(OnnxWriter.tensor(name, zeros.with(value.toArray())));
        });
        graph.addNode(cast("in", own.input(), "narrow.in", type));
        for (NodeProto node : model.getGraph().getNodeList()) {
            NodeProto.Builder changed = node.toBuilder();
            for (int i = 0; i < node.getInputCount(); i++) {
                changed.setInput(i, node.getInput(i).equals(own.input()) ? "narrow.in" : node.getInput(i));
            }
            for (int i = 0; i < node.getOutputCount(); i++) {
                changed.setOutput(i, node.getOutput(i).equals(own.output()) ? "narrow.out" : node.getOutput(i));
            }
            graph.addNode(changed);
        }
        graph.addNode(cast("out", "narrow.out", own.output(), ElementType.FLOAT));
        return model.toBuilder().setGraph(graph).build();
    }

    /** As {@link #typed}; input and output are of that type too. */
    public static ModelProto typedThroughout(Graph own, ElementType type) throws InvalidProtocolBufferException {
        ModelProto model = typed(own, type);
        GraphProto.Builder graph = model.getGraph().toBuilder();
        graph.removeNode(graph.getNodeCount() - 1).removeNode(0);
        graph.getInputBuilder(0)
                .setName("narrow.in")
                .getTypeBuilder()
                .getTensorTypeBuilder()
                .setElemType(type.onnx());
        graph.getOutputBuilder(0)
                .setName("narrow.out")
                .getTypeBuilder()
                .getTensorTypeBuilder()
                .setElemType(type.onnx());
        return model.toBuilder().setGraph(graph).build();
    }

    private static NodeProto cast(String name, String from, String to, ElementType type) {
        return NodeProto.newBuilder()
                .setName(name)
                .setOpType("Cast")
                .addInput(from)
                .addOutput(to)
                .addAttribute(AttributeProto.newBuilder()
                        .setName("to")
                        .setType(AttributeProto.AttributeType.INT)
                        .setI(type.onnx()))
                .build();
    }

    /** Writes a model whose stored tensors lie in {@code weights.bin} beside it. */
    public static Path outside(ModelProto model, Path file) throws IOException {
        ByteArrayOutputStream numbers = new ByteArrayOutputStream();
        GraphProto.Builder graph = model.getGraph().toBuilder().clearInitializer();
        for (TensorProto tensor : model.getGraph().getInitializerList()) {
            graph.addInitializer(tensor.toBuilder()
                    .clearRawData()
                    .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                    .addAllExternalData(List.of(
                            entry("location", "weights.bin"),
                            entry("offset", String.valueOf(numbers.size())),
                            entry("length", String.valueOf(tensor.getRawData().size())))));
            tensor.getRawData().writeTo(numbers);
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file.resolveSibling("weights.bin"), numbers.toByteArray());
        return Files.write(file, model.toBuilder().setGraph(graph).build().toByteArray());
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    /** Reads a model that was built here. */
    public static Graph read(ModelProto model, Path file) throws IOException {
        return OnnxReader.read(Files.write(file, model.toByteArray()));
    }
}
