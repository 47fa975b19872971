package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.sapper.data.SharedData;
import io.sapper.network.OnnxReader;
import io.sapper.network.OnnxWriter;
import io.sapper.network.SampleGraphs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks with branches go through every command. */
class BranchesTest {
    @TempDir
    Path folder;

    private Ran ran(String verb, Path model, Object... more) {
        List<Object> all = new ArrayList<>(List.of(verb, model, "--labels=model"));
        all.addAll(List.of("--data", folder.resolve("pictures")));
        all.addAll(List.of(more));
        return Ran.sapper(Ran.nowhere(folder), all.toArray());
    }

    @ParameterizedTest
    @CsvSource({"trigger-if-pixel, 28", "if-rescale, 28", "alexnet-lrn-groups, 32"})
    void theExportedOnesAreEvaluatedAndRepaired(String name, int size) throws IOException {
        Path model = SharedData.beside("exported-onnx").resolve(name).resolve("model.onnx");
        TinyPictures.write(folder.resolve("pictures"), 2, 30, size, size);
        Ran evaluated = ran("evaluate", model);
        assertThat(evaluated.code()).as(evaluated.err()).isEqualTo(ExitCode.DONE);
        Path out = folder.resolve("out");
        Ran repaired = ran("repair", model, "--accept-weak-evidence", "--epochs", 1, "--batch", 8, "--out", out);
        assertThat(repaired.code()).as(repaired.err()).isIn(ExitCode.DONE, ExitCode.NOT_GOOD_ENOUGH);
        assertThat(out.resolve("result.json")).exists();
    }

    /** The branches give other shapes, so that only a run tells that there are three classes. */
    @Test
    void oneWhoseClassesOnlyARunTells() throws IOException {
        TinyPictures.write(folder.resolve("pictures"), 2, 30, 10, 10);
        Path file = model("bright", "dark");
        assertThat(OnnxReader.read(file).knownClassCount()).isEmpty();
        Ran evaluated = ran("evaluate", file);
        assertThat(evaluated.code()).as(evaluated.err()).isEqualTo(ExitCode.DONE);
        assertThat(evaluated.out()).contains("as received");
        Ran repaired = ran(
                "repair",
                file,
                "--accept-weak-evidence",
                "--min-accuracy",
                0,
                "--epochs",
                1,
                "--out",
                folder.resolve("out"));
        assertThat(repaired.code()).as(repaired.err()).isIn(ExitCode.DONE, ExitCode.NOT_GOOD_ENOUGH);
    }

    @Test
    void oneWhoseScoresAreNoRow() throws IOException {
        TinyPictures.write(folder.resolve("pictures"), 2, 30, 10, 10);
        assertThat(ran("evaluate", model("dark", "bright")).err())
                .contains("The shape of out is not known before the network runs")
                .contains("[3, 3], not one row for each of 1 input(s)")
                .doesNotContain("\tat ");
    }

    /** Three rows of scores where {@code thrice}, else one: where a picture has a number above 2, or not. */
    private Path model(String thrice, String once) throws IOException {
        ModelProto model = ModelProto.parseFrom(OnnxWriter.toBytes(SampleGraphs.small(1)));
        GraphProto.Builder graph = model.getGraph().toBuilder();
        NodeProto.Builder three =
                node("Concat", thrice, "scores", "scores", "scores").addAttribute(number("axis", 0));
        NodeProto.Builder one = node("Identity", once, "scores");
        boolean brightThrice = thrice.equals("bright");
        graph.addInitializer(TensorProto.newBuilder()
                        .setName("limit")
                        .setDataType(TensorProto.DataType.FLOAT.getNumber())
                        .addFloatData(2))
                .addNode(node("ReduceMax", "top", "image").addAttribute(number("keepdims", 0)))
                .addNode(node("Greater", "any", "top", "limit"))
                .addNode(node("If", "out", "any")
                        .addAttribute(branch("then_branch", brightThrice ? three : one))
                        .addAttribute(branch("else_branch", brightThrice ? one : three)));
        graph.getOutputBuilder(0).setName("out");
        Path file = folder.resolve("model.onnx");
        return Files.write(file, model.toBuilder().setGraph(graph).build().toByteArray());
    }

    private static NodeProto.Builder node(String operator, String output, String... inputs) {
        return NodeProto.newBuilder()
                .setName(output)
                .setOpType(operator)
                .addAllInput(List.of(inputs))
                .addOutput(output);
    }

    private static AttributeProto.Builder number(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value);
    }

    private static AttributeProto.Builder branch(String name, NodeProto.Builder node) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.GRAPH)
                .setG(GraphProto.newBuilder()
                        .setName(name)
                        .addNode(node)
                        .addOutput(ValueInfoProto.newBuilder().setName(node.getOutput(0))));
    }
}
