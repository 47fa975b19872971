package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sapper.network.Graph;
import io.sapper.network.OnnxRuntime;
import io.sapper.network.OnnxWriter;
import io.sapper.network.SampleGraphs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sapper doctor --onnx-tests}, on tests made of a small network. */
class DoctorOnnxTestsTest {
    @TempDir
    Path folder;

    private float[] picture = new float[0];
    private float[] answer = new float[0];

    /** The right answer is ONNX Runtime's. */
    @BeforeEach
    void answer() throws Exception {
        Graph graph = SampleGraphs.small(1);
        byte[] model = OnnxWriter.toBytes(graph);
        Files.write(folder.resolve("m.onnx"), model);
        picture = SampleGraphs.numbers(SampleGraphs.noise(graph, 1, 4));
        answer = OnnxRuntime.run(model, picture, 1, 1, 10, 10);
    }

    @Test
    void everyOutcomeIsTold() throws IOException {
        byte[] input = input();
        float[] wrong = answer.clone();
        wrong[2] += 1;
        test("a/right", input, output(answer));
        test("a/wrong", input, output(wrong));
        test("b/shape", input, npy("<f4", "(3,)", answer));
        test("b/type", npy("<f8", "(1, 1, 10, 10)", new float[200]), output(answer));
        test("b/torn", input, new byte[] {1, 2, 3});
        test("b/unknown", input, output(answer));
        byte[] model = Files.readAllBytes(folder.resolve("m.onnx"));
        Files.writeString(
                folder.resolve("b/unknown/model.onnx"), change(model, "Relu", "Rilu"), StandardCharsets.ISO_8859_1);
        Ran ran = doctor(folder);
        assertThat(ran.code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(ran.out())
                .contains("passed   a/right")
                .containsPattern("FAILED   a/wrong  largest difference [\\d.e+-]+  \\S+ has \\S+ at 2, where")
                .contains("FAILED   b/shape", "has shape [1, 3], not [3]")
                .contains("FAILED   b/type", "is of type double, and the model takes float")
                .contains("FAILED   b/torn", "output.npy: not a file that NumPy wrote.")
                .contains("refused  b/unknown", "the operator Rilu is not supported.")
                .containsPattern("Conv +\\d+ +1 +4 +1")
                .contains("6 tests on cpu: 1 passed, 4 failed, 1 refused.");
        assertThat(ran.err()).isEmpty();
    }

    /**
     * What a network asks for and this build does not do is refused; a contradiction fails, whatever words it names.
     */
    @Test
    void whatIsNotDoneIsRefusedAndWhatContradictsFails() throws IOException {
        test("contradicts", input(), output(answer));
        test("asks", input(), output(answer));
        ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(folder.resolve("m.onnx"))).toBuilder();
        NodeProto.Builder node = model.getGraphBuilder().getNodeBuilderList().stream()
                .filter(one -> one.getOpType().equals("Relu"))
                .findFirst()
                .orElseThrow();
        node.setName("not supported").setOpType("Transpose").addAttribute(ints("perm", 0, 0, 0, 0));
        Files.write(folder.resolve("contradicts/model.onnx"), model.build().toByteArray());
        node.clearAttribute()
                .setOpType("Cast")
                .addAttribute(AttributeProto.newBuilder()
                        .setName("to")
                        .setType(AttributeProto.AttributeType.INT)
                        .setI(8)); // text
        Files.write(folder.resolve("asks/model.onnx"), model.build().toByteArray());
        assertThat(doctor(folder).out())
                .contains("FAILED   contradicts", "Node not supported (Transpose): perm")
                .contains("refused  asks", "the element type 8 is not supported");
    }

    private static AttributeProto.Builder ints(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute;
    }

    @Test
    void allGoodIsExitCodeZeroAndJsonHasItAll() throws IOException {
        test("right", input(), output(answer));
        Ran ran = Ran.sapper(Ran.nowhere(folder), "doctor", "--onnx-tests", folder, "--json");
        assertThat(ran.code()).isEqualTo(ExitCode.DONE);
        JsonNode read = JsonMapper.builder().build().readTree(ran.out());
        assertThat(read.get("passed").asInt()).isEqualTo(1);
        assertThat(read.at("/tests/0/test").asText()).isEqualTo("right");
        assertThat(read.at("/tests/0/outcome").asText()).isEqualTo("passed");
        assertThat(read.at("/operators/Conv/passed").asInt()).isEqualTo(1);
    }

    /** An index beside the tests may be stricter, or more lenient, than ONNX's own runner. */
    @Test
    void theIndexSaysWhatIsAllowed() throws IOException {
        float[] near = answer.clone();
        near[2] += 0.05f;
        test("suite/near", input(), output(near));
        assertThat(doctor(folder.resolve("suite")).code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        Files.writeString(folder.resolve("index.csv"), "suite,test,tolerance\nsuite,near,0.1\n");
        assertThat(doctor(folder.resolve("suite")).code()).isEqualTo(ExitCode.DONE);
        assertThat(doctor(folder).code()).isEqualTo(ExitCode.DONE);
        Files.writeString(folder.resolve("index.csv"), "suite,test,tolerance\nsuite,near,lots\n");
        assertThat(doctor(folder).complaints()).singleElement().asString().contains("tolerance 'lots'");
    }

    /** The figures of tensors inside the network stand in for the tensors. */
    @Test
    void figuresOfTensorsInsideAreCompared() throws IOException {
        test("t", input(), output(answer));
        Path figures = folder.resolve("t/tensors.csv");
        String head = "index,operator,tensor,shape,min,max,mean\n";
        Files.writeString(figures, head + "0,Conv,conv1.relu.out,1x4x8x8,0,9,0.1683093\n");
        assertThat(doctor(folder).out()).contains("the largest of conv1.relu.out has");
        Files.writeString(figures, head + "0,Conv,conv1.relu.out,1x4x8x9,0,9,9\n");
        assertThat(doctor(folder).out()).contains("has shape 1x4x8x8, not 1x4x8x9");
        Files.writeString(figures, head + "0,Conv,nothing,1,0,9,9\n");
        assertThat(doctor(folder).out()).contains("the model has no tensor nothing");
    }

    @Test
    void whereNoTestsAreThatIsSaid() throws IOException {
        assertThat(doctor(folder).complaints())
                .singleElement()
                .asString()
                .contains("no folder below it holds model.onnx");
        assertThat(doctor(folder).code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(doctor(folder.resolve("none")).complaints())
                .singleElement()
                .asString()
                .contains("there is no such folder");
        Ran device = Ran.sapper(Ran.nowhere(folder), "doctor", "--onnx-tests", folder, "--device", "abacus");
        assertThat(device.code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aMemoryLimitIsASizeAndHolds() throws IOException {
        test("t", input(), output(answer));
        Ran ran = Ran.sapper(Ran.nowhere(folder), "doctor", "--onnx-tests", folder, "--max-memory", "1K");
        assertThat(ran.out()).contains("refused  t", "more than").contains("--max-memory");
        Ran word = Ran.sapper(Ran.nowhere(folder), "doctor", "--max-memory", "much");
        assertThat(word.complaints()).singleElement().asString().contains("'much' is no size of memory");
        assertThat(doctor(folder).out()).as("the limit was for that run only").contains("passed   t");
    }

    private byte[] input() {
        return npy("<f4", "(1, 1, 10, 10)", picture);
    }

    private static byte[] output(float[] values) {
        return npy("<f4", "(1, 3)", values);
    }

    private Ran doctor(Path tests) {
        return Ran.sapper(Ran.nowhere(folder), "doctor", "--onnx-tests", tests);
    }

    private void test(String name, byte[] input, byte[] output) throws IOException {
        Path test = Files.createDirectories(folder.resolve(name));
        Files.copy(folder.resolve("m.onnx"), test.resolve("model.onnx"));
        Files.write(test.resolve("input.npy"), input);
        Files.write(test.resolve("output.npy"), output);
    }

    private static String change(byte[] model, String before, String after) {
        return new String(model, StandardCharsets.ISO_8859_1).replace(before, after);
    }

    private static byte[] npy(String type, String shape, float[] values) {
        String head = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }";
        ByteBuffer bytes =
                ByteBuffer.allocate(10 + head.length() + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) head.length());
        bytes.put(head.getBytes(StandardCharsets.ISO_8859_1));
        for (float value : values) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }
}
