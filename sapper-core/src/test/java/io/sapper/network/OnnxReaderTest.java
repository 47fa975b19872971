package io.sapper.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxReaderTest {
    private static final byte[] WHOLE = OnnxWriter.toBytes(SampleGraphs.small(1));

    @TempDir
    Path folder;

    static Stream<Arguments> notModels() {
        return Stream.of(
                arguments("empty", new byte[0]),
                arguments("text", "epochs: 3\nnot a model\n".getBytes(StandardCharsets.UTF_8)),
                arguments("zeros", new byte[1000]),
                arguments("head of a zip", new byte[] {'P', 'K', 3, 4, 0, 0, 8, 8, 0, 0}),
                arguments("one byte short", Arrays.copyOf(WHOLE, WHOLE.length - 1)),
                arguments("half", Arrays.copyOf(WHOLE, WHOLE.length / 2)),
                arguments("ten bytes", Arrays.copyOf(WHOLE, 10)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notModels")
    void whatIsNoModelIsSaidInOneLine(String name, byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("some.onnx"), content);
        assertThatThrownBy(() -> OnnxReader.read(file))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageStartingWith(file + ": not an ONNX model")
                .hasMessageContaining(
                        name.startsWith("head of a zip")
                                ? "Maybe a zip archive, as PyTorch"
                                : "Maybe another kind of file, or cut short.")
                .message()
                .hasLineCount(1);
    }

    /** Wherever a file ends too early, that is said, and nothing else happens. */
    @Test
    void aFileCutAnywhereIsRefused() throws IOException {
        for (int length = 0; length < WHOLE.length; length += 7) {
            Path file = Files.write(folder.resolve("cut.onnx"), Arrays.copyOf(WHOLE, length));
            assertThatThrownBy(() -> OnnxReader.read(file))
                    .as("%s bytes", length)
                    .isInstanceOfAny(MalformedFileException.class, UnsupportedModelException.class)
                    .message()
                    .hasLineCount(1);
        }
    }

    /** Any byte may be wrong: what is read then is a network, or one of the two refusals, never another failure. */
    @Test
    void aDamagedByteNeverBringsAnotherFailure() throws IOException {
        int structure = WHOLE.length;
        for (int at = 0; at < structure; at += 3) {
            byte[] damaged = WHOLE.clone();
            damaged[at] ^= (byte) (1 << at % 8);
            Path file = Files.write(folder.resolve("damaged.onnx"), damaged);
            try {
                OnnxReader.read(file);
            } catch (MalformedFileException | UnsupportedModelException e) {
                assertThat(e.getMessage()).startsWith(file.toString()).hasLineCount(1);
            }
        }
    }

    @Test
    void aMissingFileOrAFolderIsNamed() {
        assertThatThrownBy(() -> OnnxReader.read(folder.resolve("none.onnx")))
                .isInstanceOf(MalformedFileException.class)
                .hasMessage(folder.resolve("none.onnx") + ": there is no such file.");
        assertThatThrownBy(() -> OnnxReader.read(folder))
                .isInstanceOf(MalformedFileException.class)
                .hasMessage(folder + ": a folder, not a file.");
    }

    static Stream<Arguments> unsupported() {
        return Stream.of(
                change("old opset", "opset 5 is older than 6", model -> model.getOpsetImportBuilder(0)
                        .setVersion(5)),
                change(
                        "foreign operator",
                        "node conv1.relu: the operator TfIdfVectorizer is not supported.",
                        model -> node(model, "conv1.relu").setOpType("TfIdfVectorizer")),
                change("numbers in a text", "tensor fc1.bias holds elements of type STRING", model -> tensor(
                                model, "fc1.bias")
                        .setDataType(TensorProto.DataType.STRING.getNumber())),
                change("numbers in segments", "tensor fc1.bias is stored in segments", model -> tensor(
                                model, "fc1.bias")
                        .setSegment(TensorProto.Segment.newBuilder().setBegin(0).setEnd(2))),
                change("no input", "it has no input.", model -> {
                    model.getGraphBuilder().clearInput();
                    model.getGraphBuilder()
                            .addInitializer(TensorProto.newBuilder(
                                            tensor(model, "fc2.bias").build())
                                    .setName("image"));
                }),
                change(
                        "an input of texts",
                        "the input image is of a type that is not read.",
                        model -> model.getGraphBuilder()
                                .getInputBuilder(0)
                                .getTypeBuilder()
                                .getTensorTypeBuilder()
                                .setElemType(TensorProto.DataType.STRING.getNumber())),
                change("a stored output", "its output fc2.bias is a stored tensor", model -> model.getGraphBuilder()
                        .getOutputBuilder(0)
                        .setName("fc2.bias")),
                change("a format of tomorrow", "version 99 of the format is newer", model -> model.setIrVersion(99)),
                change("an opset of tomorrow", "opset 999 is newer", model -> model.getOpsetImportBuilder(0)
                        .setVersion(999)),
                change(
                        "an attribute that nobody knows",
                        "node fc2: the attribute sharpen of Gemm is not supported.",
                        model -> node(model, "fc2").addAttribute(integer("sharpen", 1))),
                change("another domain", "node conv1.relu: the operator com.example::Relu is not supported.", model -> {
                    node(model, "conv1.relu").setDomain("com.example");
                    model.addOpsetImportBuilder().setDomain("com.example").setVersion(1);
                }));
    }

    static Stream<Arguments> contradictions() {
        return Stream.of(
                change(
                        "a shape that is not its numbers'",
                        "tensor fc2.bias: shape [4] needs another number",
                        model -> tensor(model, "fc2.bias").setDims(0, 4)),
                change("a broken number", "tensor fc2.bias: 13 bytes are not a whole number of values", model -> tensor(
                                model, "fc2.bias")
                        .setRawData(ByteString.copyFrom(new byte[13]))),
                change("a dimension below zero", "tensor fc2.bias: a dimension of -3", model -> tensor(
                                model, "fc2.bias")
                        .setDims(0, -3)),
                change(
                        "layers that do not fit",
                        "Node fc2 (Gemm): weights [3, 7] do not fit an input of shape [1, 20]",
                        model -> node(model, "fc2").setInput(0, "conv2.flat.out")),
                change("an unknown tensor", "node fc2: it reads nothing, which nothing made", model -> node(
                                model, "fc2")
                        .setInput(0, "nothing")),
                change("an unknown output", "nothing makes the tensor nothing.", model -> model.getGraphBuilder()
                        .getOutputBuilder(0)
                        .setName("nothing")),
                change(
                        "two nodes that make the same",
                        "node fc1: it makes conv1.out, which is there already.",
                        model -> node(model, "fc1").setOutput(0, "conv1.out")),
                change("a window of nothing", "Node conv1.pool (AveragePool): a window of size [0, 2]", model -> node(
                                model, "conv1.pool")
                        .setAttribute(0, integers("kernel_shape", 0, 2))),
                change(
                        "a window without size",
                        "Node conv1.pool (AveragePool): its attribute kernel_shape is missing.",
                        model -> node(model, "conv1.pool").removeAttribute(0)),
                change("a giant window", "Node conv1.pool (AveragePool): a window that spans 99999999", model -> node(
                                model, "conv1.pool")
                        .setAttribute(0, integers("kernel_shape", 99999999, 2))),
                change("no groups", "Node conv1 (Conv): ", model -> node(model, "conv1")
                        .removeAttribute(index(model, "conv1", "group"))
                        .addAttribute(integer("group", 0))),
                change("a node without input", "node conv1: Conv cannot have 0 input(s).", model -> node(model, "conv1")
                        .clearInput()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unsupported")
    void whatIsNotSupportedIsNamed(String name, String expected, byte[] content) throws IOException {
        assertRefused(UnsupportedModelException.class, expected, content);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("contradictions")
    void aContradictionIsNamed(String name, String expected, byte[] content) throws IOException {
        assertRefused(MalformedFileException.class, expected, content);
    }

    private void assertRefused(Class<? extends IOException> type, String expected, byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("network.onnx"), content);
        assertThatThrownBy(() -> OnnxReader.read(file))
                .isInstanceOf(type)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(expected)
                .message()
                .hasLineCount(1);
    }

    /** Gemm without transB, MatMul with Add, and a bias first in the Add: what other exporters write. */
    @Test
    void denseLayersOfOtherExportersAreTheSame() throws Exception {
        ModelProto.Builder model = model();
        NodeProto.Builder fc1 = node(model, "fc1");
        fc1.clearAttribute();
        transpose(tensor(model, "fc1.weight"));
        NodeProto.Builder fc2 = node(model, "fc2");
        fc2.setOpType("MatMul")
                .clearAttribute()
                .clearInput()
                .addInput("fc1.relu.out")
                .addInput("fc2.weight")
                .setOutput(0, "product");
        transpose(tensor(model, "fc2.weight"));
        model.getGraphBuilder()
                .addNode(NodeProto.newBuilder()
                        .setOpType("Add")
                        .addInput("fc2.bias")
                        .addInput("product")
                        .addOutput("scores"));
        byte[] bytes = model.build().toByteArray();
        Graph foreign = OnnxReader.read(Files.write(folder.resolve("foreign.onnx"), bytes));
        float[] batch = SampleGraphs.numbers(SampleGraphs.noise(foreign, 20, 4));
        float[] ours = SampleGraphs.run(foreign, batch);
        assertThat(ours).containsExactly(SampleGraphs.run(SampleGraphs.small(1), batch), Offset.offset(1e-6f));
        assertThat(ours).containsExactly(OnnxRuntime.run(bytes, batch, 20, 1, 10, 10), Offset.offset(1e-5f));
        assertThat(foreign.layers()).containsExactly("conv1", "conv2", "fc1", "fc2");
        assertThat(foreign.parameterCount())
                .as("the bias of a node of its own is trained too")
                .isEqualTo(SampleGraphs.small(1).parameterCount());
    }

    /** ONNX lets a bias be a row, or one number for all. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBiasOfAnotherShapeIsTheSame(boolean row) throws Exception {
        ModelProto.Builder model = model();
        TensorProto.Builder bias = tensor(model, "fc2.bias");
        bias.clearDims();
        if (row) {
            bias.addDims(1).addDims(3);
        } else {
            bias.setRawData(bias.getRawData().substring(0, 4));
        }
        byte[] bytes = model.build().toByteArray();
        Graph foreign = OnnxReader.read(Files.write(folder.resolve("foreign.onnx"), bytes));
        float[] batch = SampleGraphs.numbers(SampleGraphs.noise(foreign, 5, 4));
        assertThat(SampleGraphs.run(foreign, batch))
                .containsExactly(OnnxRuntime.run(bytes, batch, 5, 1, 10, 10), Offset.offset(1e-5f));
    }

    /** Reshape to [0 or -1, n], a shape from a Constant node, and a node without a name. */
    @Test
    void aReshapeToAVectorIsAFlatten() throws Exception {
        ModelProto.Builder model = model();
        NodeProto.Builder flat = node(model, "conv2.flat");
        flat.setOpType("Reshape").clearName().clearAttribute().addInput("to");
        model.getGraphBuilder()
                .addNode(
                        0,
                        NodeProto.newBuilder()
                                .setOpType("Constant")
                                .addOutput("to")
                                .addAttribute(AttributeProto.newBuilder()
                                        .setName("value")
                                        .setType(AttributeProto.AttributeType.TENSOR)
                                        .setT(TensorProto.newBuilder()
                                                .setDataType(TensorProto.DataType.INT64.getNumber())
                                                .addDims(2)
                                                .addInt64Data(-1)
                                                .addInt64Data(20))));
        byte[] bytes = model.build().toByteArray();
        Graph foreign = OnnxReader.read(Files.write(folder.resolve("foreign.onnx"), bytes));
        float[] batch = SampleGraphs.numbers(SampleGraphs.noise(foreign, 5, 4));
        assertThat(SampleGraphs.run(foreign, batch)).isEqualTo(SampleGraphs.run(SampleGraphs.small(1), batch));
        assertThat(foreign.shape("conv2.flat.out")).containsExactly(20);
    }

    private static Arguments change(String name, String expected, Consumer<ModelProto.Builder> change) {
        ModelProto.Builder model = model();
        change.accept(model);
        return arguments(name, expected, model.build().toByteArray());
    }

    private static ModelProto.Builder model() {
        try {
            return ModelProto.parseFrom(WHOLE).toBuilder();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static NodeProto.Builder node(ModelProto.Builder model, String name) {
        GraphProto.Builder graph = model.getGraphBuilder();
        return graph.getNodeBuilderList().stream()
                .filter(node -> node.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static int index(ModelProto.Builder model, String node, String attribute) {
        return node(model, node).getAttributeList().stream()
                .map(AttributeProto::getName)
                .toList()
                .indexOf(attribute);
    }

    private static TensorProto.Builder tensor(ModelProto.Builder model, String name) {
        GraphProto.Builder graph = model.getGraphBuilder();
        return graph.getInitializerBuilderList().stream()
                .filter(tensor -> tensor.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void transpose(TensorProto.Builder tensor) {
        int rows = (int) tensor.getDims(0);
        int columns = (int) tensor.getDims(1);
        byte[] old = tensor.getRawData().toByteArray();
        byte[] turned = new byte[old.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                System.arraycopy(old, 4 * (row * columns + column), turned, 4 * (column * rows + row), 4);
            }
        }
        tensor.setRawData(ByteString.copyFrom(turned)).setDims(0, columns).setDims(1, rows);
    }

    private static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    private static AttributeProto integers(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        Arrays.stream(values).forEach(attribute::addInts);
        return attribute.build();
    }
}
