package io.sapper.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TrainingInfoProto;
import com.google.protobuf.ByteString;
import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wherever a tensor stands in a model, the file that it refers to is found. */
class FilesBesideTest {
    @TempDir
    Path folder;

    @Test
    void everyPlaceOfATensorIsSeen() throws IOException {
        GraphProto inner =
                GraphProto.newBuilder().addInitializer(tensor("inner")).build();
        NodeProto node = NodeProto.newBuilder()
                .addAttribute(AttributeProto.newBuilder().setT(tensor("attribute")))
                .addAttribute(AttributeProto.newBuilder().addTensors(tensor("attributes")))
                .addAttribute(AttributeProto.newBuilder().setG(inner))
                .addAttribute(AttributeProto.newBuilder()
                        .addGraphs(GraphProto.newBuilder().addInitializer(tensor("graphs"))))
                .build();
        ModelProto model = ModelProto.newBuilder()
                .setProducerName("location")
                .setGraph(GraphProto.newBuilder()
                        .addInitializer(tensor("../out"))
                        .addInitializer(tensor("initializer"))
                        .addInitializer(tensor("initializer"))
                        .addInitializer(TensorProto.newBuilder().setRawData(ByteString.copyFrom(new byte[100_000])))
                        .addSparseInitializer(SparseTensorProto.newBuilder()
                                .setValues(tensor("values"))
                                .setIndices(tensor("indices")))
                        .addNode(node))
                .addFunctions(FunctionProto.newBuilder()
                        .addNode(NodeProto.newBuilder()
                                .addAttribute(AttributeProto.newBuilder().setT(tensor("function")))))
                .addTrainingInfo(TrainingInfoProto.newBuilder()
                        .setInitialization(GraphProto.newBuilder().addInitializer(tensor("training"))))
                .build();
        assertThat(FilesBeside.of(write(model.toByteArray())))
                .containsExactly(
                        "../out",
                        "attribute",
                        "attributes",
                        "function",
                        "graphs",
                        "indices",
                        "initializer",
                        "inner",
                        "training",
                        "values");
    }

    @Test
    void otherFilesAreNoModels() throws IOException {
        assertThat(FilesBeside.of(write(new byte[0]))).isEmpty();
        assertThatThrownBy(() -> FilesBeside.of(write("this is no model at all".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("cannot be read as ONNX");
        byte[] whole = ModelProto.newBuilder()
                .setGraph(GraphProto.newBuilder().addInitializer(tensor("a")))
                .build()
                .toByteArray();
        assertThatThrownBy(() -> FilesBeside.of(write(Arrays.copyOf(whole, whole.length - 1))))
                .isInstanceOf(MalformedFileException.class);
    }

    @Test
    void depthHasAnEnd() throws IOException {
        GraphProto graph =
                GraphProto.newBuilder().addInitializer(tensor("deep")).build();
        for (int i = 0; i < 200; i++) {
            graph = GraphProto.newBuilder()
                    .addNode(NodeProto.newBuilder()
                            .addAttribute(AttributeProto.newBuilder().setG(graph)))
                    .build();
        }
        byte[] deep = ModelProto.newBuilder().setGraph(graph).build().toByteArray();
        assertThatThrownBy(() -> FilesBeside.of(write(deep))).hasMessageContaining("too deep");
    }

    private static TensorProto tensor(String file) {
        return TensorProto.newBuilder()
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("offset").setValue("0"))
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue(file))
                .build();
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("m.onnx"), bytes);
    }
}
