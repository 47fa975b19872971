package io.sapper.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models whose numbers lie in another file: so does what is written. */
class DataFileTest {
    @TempDir
    Path folder;

    private Graph own;
    private Graph read;
    private Path written;

    @BeforeEach
    void prepare() throws IOException {
        own = SampleGraphs.small(1);
        ModelProto model = ModelProto.parseFrom(OnnxWriter.toBytes(own));
        read = OnnxReader.read(SampleFiles.outside(model, folder.resolve("in/m.onnx")));
        written = folder.resolve("out/repaired.onnx");
    }

    @Test
    void staysOutside() throws Exception {
        Graph changed = read.mapInitializer("fc2.bias", values -> new float[] {1, 2, 3});
        assertThat(OnnxWriter.write(changed, written))
                .containsExactly(written, written.resolveSibling("repaired.onnx.data"));
        ModelProto model = ModelProto.parseFrom(Files.readAllBytes(written));
        for (TensorProto tensor : model.getGraph().getInitializerList()) {
            assertThat(tensor.getDataLocation()).isEqualTo(TensorProto.DataLocation.EXTERNAL);
            Map<String, String> entries = tensor.getExternalDataList().stream()
                    .collect(Collectors.toMap(StringStringEntryProto::getKey, StringStringEntryProto::getValue));
            assertThat(entries).containsOnlyKeys("location", "offset", "length");
            assertThat(entries).containsEntry("location", "repaired.onnx.data");
            assertThat(Long.parseLong(entries.get("offset")) % 4096).isZero();
        }
        assertThat(OnnxReader.read(written).initializers()).isEqualTo(changed.initializers());
        assertThat(read.dataFiles()).containsExactly("weights.bin");
        float[] batch = SampleGraphs.numbers(SampleGraphs.noise(own, 3, 2));
        assertThat(OnnxRuntime.run(written, batch, 3, 1, 10, 10))
                .containsExactly(SampleGraphs.run(changed, batch), Offset.offset(1e-5f));
    }

    /** What keeps a network in memory, such as a checkpoint, has no folder to look into. */
    @Test
    void aloneItHasEverythingInside() throws Exception {
        float[] batch = SampleGraphs.numbers(SampleGraphs.noise(own, 3, 2));
        assertThat(OnnxRuntime.run(OnnxWriter.toBytes(read), batch, 3, 1, 10, 10))
                .containsExactly(SampleGraphs.run(own, batch), Offset.offset(1e-5f));
    }

    /** Tensors inside branches, and those that nothing reads, are written too. */
    @Test
    void whatLiesInBranchesComesAlong() throws IOException {
        ModelProto model = ModelProto.parseFrom(Files.readAllBytes(folder.resolve("in/m.onnx")));
        TensorProto bias = model.getGraph().getInitializerList().stream()
                .filter(tensor -> tensor.getName().equals("fc2.bias"))
                .findFirst()
                .orElseThrow();
        GraphProto.Builder graph = model.getGraph().toBuilder();
        graph.addInitializer(bias.toBuilder().setName("unread"));
        graph.addInitializer(TensorProto.newBuilder()
                .setName("yes")
                .setDataType(TensorProto.DataType.BOOL.getNumber())
                .addInt32Data(1));
        graph.addNode(NodeProto.newBuilder()
                .setName("if")
                .setOpType("If")
                .addInput("yes")
                .addOutput("chosen")
                .addAttribute(branch("then_branch", bias))
                .addAttribute(branch("else_branch", bias)));
        graph.addOutput(graph.getOutput(0).toBuilder().setName("chosen").clearType());
        Path file = folder.resolve("in/branches.onnx");
        Files.write(file, model.toBuilder().setGraph(graph).build().toByteArray());
        OnnxWriter.write(OnnxReader.read(file), written);
        Files.delete(folder.resolve("in/weights.bin"));
        ModelProto again = ModelProto.parseFrom(Files.readAllBytes(written));
        OutsideTensors.map(again, tensor -> {
            assertThat(tensor.getExternalDataList())
                    .anySatisfy(entry -> assertThat(entry.getValue()).isEqualTo("repaired.onnx.data"));
            return tensor;
        });
        assertThat(OnnxReader.read(written).initializers().keySet()).anyMatch(name -> name.contains("then_branch"));
    }

    private static AttributeProto branch(String name, TensorProto bias) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.GRAPH)
                .setG(GraphProto.newBuilder()
                        .setName(name)
                        .addInitializer(bias.toBuilder().setName("inner"))
                        .addNode(NodeProto.newBuilder()
                                .setOpType("Identity")
                                .addInput("inner")
                                .addOutput(name + ".out"))
                        .addOutput(ValueInfoProto.newBuilder().setName(name + ".out")))
                .build();
    }

    /**
     * A model is there only with its own numbers: where they cannot be moved to their place, it is not there at all.
     */
    @Test
    void nothingIsLeftHalfWritten() throws IOException {
        OnnxWriter.write(read, written);
        Path data = written.resolveSibling("repaired.onnx.data");
        Files.delete(data);
        Files.createDirectories(data.resolve("in the way"));
        assertThatThrownBy(() -> OnnxWriter.write(read, written)).isInstanceOf(IOException.class);
        assertThat(written).doesNotExist();
        assertThat(written.getParent().toFile().list()).containsExactly("repaired.onnx.data");
    }

    @Test
    void nothingIsWrittenThroughALink() throws IOException {
        Files.createDirectories(written.getParent());
        Path victim = Files.write(folder.resolve("victim"), new byte[] {1});
        Files.createSymbolicLink(written.resolveSibling("repaired.onnx.data"), victim);
        assertThatThrownBy(() -> OnnxWriter.write(read, written)).hasMessageContaining("is a symbolic link");
        assertThat(victim).hasBinaryContent(new byte[] {1});
        assertThat(written.getParent().toFile().list()).containsExactly("repaired.onnx.data");
    }
}
