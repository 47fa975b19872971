package io.sapper.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TrainingInfoProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.sapper.network.operator.Operator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is odd about a network, and about its file. */
class OdditiesTest {
    @TempDir
    Path folder;

    @Test
    void nothingIsOddAboutSoundNetworks() throws IOException {
        assertThat(Oddities.of(SampleGraphs.small(1))).isEmpty();
        assertThat(Oddities.of(SampleGraphs.residual(1))).isEmpty();
        assertThat(Oddities.of(SampleSequences.mixer(1))).isEmpty();
        assertThat(Oddities.of(read(model -> {}))).isEmpty();
    }

    @Test
    void weightsThatCannotBeRight() {
        Graph graph = SampleGraphs.residual(1);
        float[] bias = graph.initializer("b.b").toArray();
        bias[2] = -1e20f;
        float[] variance = {0.5f, -1, 2, 0.25f};
        Graph odd = graph.withInitializers(Map.of(
                "b.b", new Initializer(List.of(4), bias),
                "n.var", new Initializer(List.of(4), variance)));
        assertThat(Oddities.of(odd))
                .anyMatch(line -> line.startsWith("Channel 2 of layer b has a bias of -1.0E20"))
                .contains("Node n has negative variances, of which no number comes.")
                .hasSize(2);
    }

    /** A shift of a batch normalisation silences a channel as a bias does. */
    @Test
    void aShiftThatNoInputWakes() {
        Graph graph = SampleGraphs.residual(1);
        float[] shift = graph.initializer("n.bias").toArray();
        shift[3] = -1e20f;
        Graph odd = graph.withInitializers(Map.of("n.bias", new Initializer(List.of(4), shift)));
        assertThat(Oddities.of(odd))
                .singleElement()
                .asString()
                .startsWith("Channel 3 of batch normalisation n has a shift of -1.0E20");
    }

    @Test
    void whatNobodyReadsAndWhatCannotBeTrained() {
        Graph graph = SampleGraphs.small(1);
        List<Node> nodes = new ArrayList<>(graph.nodes());
        nodes.add(new Node("lost", Operator.of("Relu"), List.of(graph.output()), "lost.out"));
        nodes.add(new Node("steps", Operator.of("Floor"), List.of(graph.output()), "floor.out"));
        nodes.add(new Node("end", Operator.of("Relu"), List.of("floor.out"), "end.out"));
        nodes.add(new Node("size", Operator.of("Shape"), List.of(graph.output()), "size.out"));
        Graph odd = new Graph("image", graph.inputShape(), "end.out", nodes, graph.initializers());
        assertThat(Oddities.of(odd))
                .contains("Nobody reads what node lost (Relu) makes.")
                .contains("What lies before node steps (Floor) cannot be trained through it.")
                .as("how large something is does not hang on weights")
                .noneMatch(line -> line.contains("before node size"));
    }

    @Test
    void settingsThatMakeNoSense() {
        Map<String, Initializer> values = new LinkedHashMap<>();
        values.put("share", new Initializer(List.of(), new float[] {1.5f}));
        values.put("weights", Initializer.filled(1, 2, 1, 1, 1));
        Graph odd = new Graph(
                "image",
                List.of(1, 4, 4),
                "end",
                List.of(
                        SampleGraphs.node("drop", Operator.of("Dropout"), "drop.out", "image", "share"),
                        SampleGraphs.node(
                                "conv",
                                SampleGraphs.conv(1, 1, SampleGraphs.pads(-1, 0, 0, 0), 1),
                                "end",
                                "drop.out",
                                "weights")),
                values);
        assertThat(Oddities.of(odd))
                .contains("Node drop drops a share that is none of 0 to 1.")
                .contains("Node conv has pads below 0, which cut off what they should add.");
    }

    @Test
    void whatTheFileSaysAndDoesNotHold() throws IOException {
        Graph odd = read(model -> {
            GraphProto.Builder graph = model.getGraphBuilder();
            String conv = graph.getNode(0).getOutput(0);
            graph.addValueInfo(value(conv, TensorProto.DataType.FLOAT, 9, 9, 9));
            graph.addValueInfo(value(graph.getNode(1).getOutput(0), TensorProto.DataType.INT8, 4, 8, 8));
            graph.addOutput(graph.getOutput(0));
            model.addTrainingInfo(TrainingInfoProto.getDefaultInstance());
        });
        List<String> found = FileOddities.of(odd);
        assertThat(found)
                .contains("It holds a training procedure, which is not used.")
                .anyMatch(line -> line.startsWith("The file says another shape of"))
                .anyMatch(line -> line.startsWith("The file says another type of") && line.endsWith("which is float."))
                .anyMatch(line -> line.matches("The output .* is listed twice\\."));
        assertThat(Oddities.of(odd)).containsAll(found);
    }

    @Test
    void namesThatDeceive() throws IOException {
        Graph odd = read(model -> {
            GraphProto.Builder graph = model.getGraphBuilder();
            NodeProto.Builder second = graph.getNodeBuilder(1);
            second.setName("re\u202elu" + "x".repeat(2000));
            graph.getNodeBuilder(2).setName(graph.getNode(0).getName());
        });
        assertThat(FileOddities.of(odd))
                .anyMatch(line -> line.startsWith("A name in it does not show itself as it is: re\\u202elu")
                        && line.length() < 120)
                .contains("Two nodes have the name conv1.");
    }

    private Graph read(Consumer<ModelProto.Builder> change) throws IOException {
        ModelProto.Builder model = ModelProto.parseFrom(OnnxWriter.toBytes(SampleGraphs.small(1))).toBuilder();
        change.accept(model);
        return OnnxReader.read(
                Files.write(folder.resolve("m.onnx"), model.build().toByteArray()));
    }

    private static ValueInfoProto value(String name, TensorProto.DataType type, long... sizes) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("N"));
        for (long size : sizes) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(shape)))
                .build();
    }
}
