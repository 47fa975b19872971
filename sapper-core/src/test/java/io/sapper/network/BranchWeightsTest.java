package io.sapper.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What could not be written back must not be tuned: else the network that was measured is not the one that goes out.
 */
class BranchWeightsTest {
    @TempDir
    Path folder;

    @Test
    void weightsInsideBranchesStayAsTheyAre() throws IOException {
        ModelProto model = ModelProto.parseFrom(OnnxWriter.toBytes(SampleGraphs.small(1)));
        GraphProto.Builder graph = model.getGraph().toBuilder();
        TensorProto weights = graph.getInitializerList().stream()
                .filter(tensor -> tensor.getName().equals("fc2.weight"))
                .findFirst()
                .orElseThrow();
        int last = graph.getNodeCount() - 1;
        NodeProto dense = graph.getNode(last);
        graph.removeNode(last);
        graph.addInitializer(TensorProto.newBuilder()
                .setName("yes")
                .setDataType(TensorProto.DataType.BOOL.getNumber())
                .addInt32Data(1));
        graph.addNode(NodeProto.newBuilder()
                .setName("if")
                .setOpType("If")
                .addInput("yes")
                .addOutput(dense.getOutput(0))
                .addAttribute(branch("then_branch", dense, weights))
                .addAttribute(branch("else_branch", dense, weights)));
        Graph read = SampleFiles.read(model.toBuilder().setGraph(graph).build(), folder.resolve("m.onnx"));
        assertThat(read.initializerNames()).anyMatch(name -> name.contains("then_branch"));
        assertThat(read.trainable())
                .containsExactlyInAnyOrder(
                        "conv1.weight",
                        "conv1.bias",
                        "conv2.weight",
                        "conv2.bias",
                        "fc1.weight",
                        "fc1.bias",
                        "fc2.bias");
    }

    /** The dense layer with weights of the branch's own; its bias stands outside. */
    private static AttributeProto branch(String name, NodeProto dense, TensorProto weights) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.GRAPH)
                .setG(GraphProto.newBuilder()
                        .setName(name)
                        .addInitializer(weights.toBuilder().setName("inner"))
                        .addNode(dense.toBuilder().setInput(1, "inner").setOutput(0, name + ".out"))
                        .addOutput(ValueInfoProto.newBuilder().setName(name + ".out")))
                .build();
    }
}
