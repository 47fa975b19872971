package io.sapper.network;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Models that try something, beyond those that others collected: one line for each, soon, and without much memory. */
class HostileOnnxTest {
    private static final byte[] WHOLE = OnnxWriter.toBytes(SampleGraphs.small(1));
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    static Stream<Arguments> encodings() {
        return Stream.of(
                bytes("a group that ends and never began", "byte", 0x0c),
                bytes("a tag alone", "cut off", 0x0a),
                bytes("half of a fixed number", "cut off", 0x09, 1, 2, 3),
                bytes("field 0", "no field can begin there", 0x02, 0),
                bytes("a tag of more than 32 bits", "no field can begin there", 0x8a, 0x80, 0x80, 0x80, 0x80, 1, 0),
                bytes("a number without end", "more than 64 bits", 8, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255),
                bytes("a length below zero", "where 0 are left", 0x32, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1),
                bytes("a kind of field that there is not", "does not have", 0x0f),
                arguments("a flood of fields", "more than 5000000 fields", flood()),
                arguments("graphs in graphs in graphs", "more than 100 parts inside each other", nested(200)));
    }

    static Stream<Arguments> graphs() {
        return Stream.of(
                change("escape sequences in a name", "it reads nowhere, which nothing made", model -> node(model, "fc1")
                        .setName("\u001b[2J")
                        .setInput(0, "nowhere")),
                change("an input of 40 dimensions", "has 40 dimensions", model -> {
                    for (int i = shape(model).getDimCount(); i < 40; i++) {
                        shape(model).addDimBuilder().setDimValue(1);
                    }
                }),
                change("an input of negative size", "has a dimension of -5", model -> shape(model)
                        .getDimBuilder(1)
                        .setDimValue(-5)),
                change("an input as large as the world", "larger than the 2.0 GiB allowed", model -> {
                    shape(model).getDimBuilder(2).setDimValue(Integer.MAX_VALUE);
                    shape(model).getDimBuilder(3).setDimValue(Integer.MAX_VALUE);
                }),
                change("an input without a shape", "has no shape", model -> model.getGraphBuilder()
                        .getInputBuilder(0)
                        .getTypeBuilder()
                        .getTensorTypeBuilder()
                        .clearShape()),
                change("two inputs of a name", "two inputs have the name image", model -> model.getGraphBuilder()
                        .addInput(model.getGraph().getInput(0))),
                change("an input without a name", "an input has no name", model -> model.getGraphBuilder()
                        .getInputBuilder(0)
                        .setName("")),
                change("no output", "it has no output", model -> model.getGraphBuilder()
                        .clearOutput()),
                change("an output without a name", "an output has no name", model -> model.getGraphBuilder()
                        .getOutputBuilder(0)
                        .setName("")),
                change("the input as output", "there is no network", model -> model.getGraphBuilder()
                        .getOutputBuilder(0)
                        .setName("image")),
                change("a sparse weight", "sparse weights are not read", model -> model.getGraphBuilder()
                        .addSparseInitializer(SparseTensorProto.newBuilder().addDims(1L << 40))),
                change("no format", "which version of the format", ModelProto.Builder::clearIrVersion),
                change("no opset", "which opset it uses", ModelProto.Builder::clearOpsetImport),
                change(
                        "an opset below zero",
                        "version -3 of the domain '' is none",
                        model -> model.getOpsetImportBuilder(0).setVersion(-3)),
                change(
                        "one domain under both its names",
                        "two versions of the domain ''",
                        model -> model.addOpsetImport(OperatorSetIdProto.newBuilder()
                                .setDomain("ai.onnx")
                                .setVersion(13))),
                change(
                        "an operator of a later opset",
                        "Gelu came with opset 20, and the file says that it uses 17",
                        model -> node(model, "conv1.relu").setOpType("Gelu")),
                change("an operator that ended", "Upsample ended with opset 9", model -> node(model, "conv1.relu")
                        .setOpType("Upsample")),
                change("no operator", "which operator it is", model -> node(model, "conv1.relu")
                        .setOpType("")),
                change("a circle", "it reads fc2.out", model -> node(model, "fc1")
                        .setInput(0, "fc2.out")),
                change("a Constant in place of a layer's result", "there already", model -> model.getGraphBuilder()
                        .addNode(constant("conv1.out"))),
                change("a Constant without a name", "one value and one output", model -> model.getGraphBuilder()
                        .addNode(constant(""))));
    }

    static Stream<Arguments> attributes() {
        return Stream.of(
                attribute("without a name", "an attribute without a name", a -> a.setI(1)),
                attribute("of two kinds", "holds [FLOAT, INT]", a -> a.setName("axis")
                        .setF(1)
                        .setI(1)),
                attribute("of no kind", "holds []", a -> a.setName("axis")),
                attribute("that says another kind", "is of kind FLOATS, and holds [INTS]", a -> a.setName("axis")
                        .setType(AttributeProto.AttributeType.FLOATS)
                        .addInts(1)),
                attribute("that promises a tensor", "is of kind TENSOR, and holds []", a -> a.setName("axis")
                        .setType(AttributeProto.AttributeType.TENSOR)),
                attribute("of a function, outside of any", "it is in none", a -> a.setName("axis")
                        .setRefAttrName("axis")
                        .setType(AttributeProto.AttributeType.INT)),
                attribute("with several graphs", "of a kind that is not supported", a -> a.setName("axis")
                        .setType(AttributeProto.AttributeType.GRAPHS)
                        .addGraphs(GraphProto.getDefaultInstance())));
    }

    static Stream<Arguments> functions() {
        return Stream.of(
                change(
                        "a function for one of ONNX's operators",
                        "in ONNX's own domain",
                        model -> model.addFunctions(function("", "Relu"))),
                change("two functions of a name", "two functions have the name f", model -> model.addFunctions(
                                function("local", "f"))
                        .addFunctions(function("local", "f"))),
                called(
                        "more outputs than it has",
                        "has fewer inputs or outputs",
                        model -> model.addFunctions(
                                function("local", "f").toBuilder().clearOutput())),
                called(
                        "itself, out of a branch",
                        "calls itself",
                        model -> model.addFunctions(function("local", "f").toBuilder()
                                .addNode(NodeProto.newBuilder()
                                        .setOpType("If")
                                        .addInput("x")
                                        .addOutput("z")
                                        .addAttribute(AttributeProto.newBuilder()
                                                .setName("then_branch")
                                                .setType(AttributeProto.AttributeType.GRAPH)
                                                .setG(GraphProto.newBuilder().addNode(call("f", "x", "w"))))))),
                called("2^40 functions without a node of their own", "those of functions counted", model -> {
                    for (int i = 0; i < 40; i++) {
                        String next = "f" + (i + 1);
                        model.addFunctions(function("local", i == 0 ? "f" : "f" + i).toBuilder()
                                .clearNode()
                                .addNode(call(next, "x", "a"))
                                .addNode(call(next, "x", "y")));
                    }
                    model.addFunctions(function("local", "f40").toBuilder()
                            .clearNode()
                            .clearOutput()
                            .addOutput("x"));
                }),
                called("functions of endless names", "those of functions counted", model -> {
                    String name = "n".repeat(100_000);
                    for (int i = 0; i < 30; i++) {
                        String next = "f" + (i + 1);
                        model.addFunctions(function("local", i == 0 ? "f" : "f" + i).toBuilder()
                                .clearNode()
                                .addNode(call(next, "x", "a").toBuilder().setName(name))
                                .addNode(call(next, "x", "y").toBuilder().setName(name)));
                    }
                    model.addFunctions(function("local", "f30"));
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"encodings", "graphs", "attributes", "functions"})
    void isRefusedInOneLine(String name, String expected, byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("network.onnx"), content);
        Assertions.assertTimeoutPreemptively(SOON, () -> assertThatThrownBy(() -> OnnxReader.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(expected)
                .message()
                .hasLineCount(1)
                .matches(message -> message.chars().noneMatch(Character::isISOControl)));
    }

    private static Arguments bytes(String name, String expected, int... added) {
        byte[] all = java.util.Arrays.copyOf(WHOLE, WHOLE.length + added.length);
        for (int i = 0; i < added.length; i++) {
            all[WHOLE.length + i] = (byte) added[i];
        }
        return arguments(name, expected, all);
    }

    /** Unknown fields of two bytes each, of which a parser makes objects. */
    private static byte[] flood() {
        byte[] all = new byte[2 * (WireCheck.MOST_FIELDS + 10)];
        for (int i = 0; i < all.length; i += 2) {
            all[i] = 0x78;
        }
        return all;
    }

    private static byte[] nested(int depth) {
        GraphProto graph = GraphProto.getDefaultInstance();
        for (int i = 0; i < depth; i++) {
            graph = GraphProto.newBuilder()
                    .addNode(NodeProto.newBuilder()
                            .addAttribute(
                                    AttributeProto.newBuilder().setName("g").setG(graph)))
                    .build();
        }
        return ModelProto.newBuilder().setGraph(graph).build().toByteArray();
    }

    private static Arguments attribute(String name, String expected, Consumer<AttributeProto.Builder> change) {
        return change("an attribute " + name, expected, model -> {
            AttributeProto.Builder attribute = AttributeProto.newBuilder();
            change.accept(attribute);
            node(model, "conv1.relu").addAttribute(attribute);
        });
    }

    private static Arguments called(String name, String expected, Consumer<ModelProto.Builder> change) {
        return change("a function that calls " + name, expected, model -> {
            change.accept(model);
            model.addOpsetImport(
                    OperatorSetIdProto.newBuilder().setDomain("local").setVersion(1));
            NodeProto.Builder relu = node(model, "conv1.relu");
            relu.setOpType("f").setDomain("local");
        });
    }

    private static FunctionProto function(String domain, String name) {
        return FunctionProto.newBuilder()
                .setDomain(domain)
                .setName(name)
                .addInput("x")
                .addOutput("y")
                .addNode(NodeProto.newBuilder().setOpType("Neg").addInput("x").addOutput("y"))
                .build();
    }

    private static NodeProto call(String function, String input, String output) {
        return NodeProto.newBuilder()
                .setDomain("local")
                .setOpType(function)
                .addInput(input)
                .addOutput(output)
                .build();
    }

    private static NodeProto constant(String output) {
        return NodeProto.newBuilder()
                .setOpType("Constant")
                .addOutput(output)
                .addAttribute(AttributeProto.newBuilder()
                        .setName("value_float")
                        .setType(AttributeProto.AttributeType.FLOAT)
                        .setF(1))
                .build();
    }

    private static TensorShapeProto.Builder shape(ModelProto.Builder model) {
        return model.getGraphBuilder()
                .getInputBuilder(0)
                .getTypeBuilder()
                .getTensorTypeBuilder()
                .getShapeBuilder();
    }

    static Arguments change(String name, String expected, Consumer<ModelProto.Builder> change) {
        try {
            ModelProto.Builder model = ModelProto.parseFrom(WHOLE).toBuilder();
            change.accept(model);
            return arguments(name, expected, model.build().toByteArray());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static NodeProto.Builder node(ModelProto.Builder model, String name) {
        return model.getGraphBuilder().getNodeBuilderList().stream()
                .filter(node -> node.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
