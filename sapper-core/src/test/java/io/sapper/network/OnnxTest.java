package io.sapper.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.data.MalformedFileException;
import io.sapper.data.synthetic.SyntheticDigits;
import io.sapper.network.Operator.Window;
import io.sapper.network.zoo.Architecture;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ONNX files against ONNX Runtime, an independent engine. */
class OnnxTest {
    private static final int IMAGES = 100;

    @TempDir
    Path folder;

    @BeforeAll
    static void load() {
        Engine.threads(1);
    }

    @Test
    void thePapersNetworkGivesWhatOnnxRuntimeGives() throws Exception {
        agrees(Initialization.draw(Architecture.BADNETS_DIGITS.graph(new ImageShape(1, 28, 28), 10), 3));
    }

    @Test
    void everyOperatorGivesWhatOnnxRuntimeGives() throws Exception {
        agrees(residual());
    }

    @Test
    void aMaskIsFoldedWhereThatIsExactAndKeptWhereNot() throws Exception {
        Graph plain = Initialization.draw(Architecture.BADNETS_DIGITS.graph(new ImageShape(1, 28, 28), 10), 3);
        Graph masked = Masks.prune(plain, "conv2", Set.of(0, 5, 31));
        assertThat(Masks.fold(masked).nodes()).hasSize(plain.nodes().size());
        assertThat(scores(Masks.fold(masked))).isEqualTo(scores(masked));
        assertThat(scores(masked)).isNotEqualTo(scores(plain));
        agrees(masked);

        Graph shortcut = Masks.prune(residual(), "sum", Set.of(1));
        assertThat(Masks.fold(shortcut).initializerNames()).contains("sum.mask");
        agrees(shortcut);
    }

    @Test
    void whatWasWrittenIsReadBackToTheBitAndWrittenAgainToTheByte() throws IOException {
        Graph graph = residual();
        Path file = folder.resolve("a.onnx");
        OnnxWriter.write(graph, file);
        Graph read = OnnxReader.read(file);
        assertThat(read.initializers()).isEqualTo(graph.initializers());
        assertThat(read.nodes()).isEqualTo(graph.nodes());
        assertThat(OnnxWriter.toBytes(read)).isEqualTo(Files.readAllBytes(file));
    }

    @Test
    void whatIsNotAModelIsRefusedInOneLine() throws IOException {
        byte[] whole = OnnxWriter.toBytes(residual());
        refused(new byte[0], "no graph");
        refused("just text, no model".getBytes(StandardCharsets.UTF_8), "not an ONNX model");
        for (int size : new int[] {10, whole.length / 2, whole.length - 1}) {
            refused(Arrays.copyOf(whole, size), "not an ONNX model");
        }
        ModelProto.Builder shapes = ModelProto.parseFrom(whole).toBuilder();
        shapes.getGraphBuilder().getInitializerBuilder(0).setDims(0, 7);
        refused(shapes.build().toByteArray(), "shape");
        assertThatThrownBy(() -> OnnxReader.read(folder.resolve("nowhere.onnx")))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("nowhere.onnx");
    }

    @Test
    void whatIsNotSupportedNamesTheNode() throws IOException {
        ModelProto.Builder model = ModelProto.parseFrom(OnnxWriter.toBytes(residual())).toBuilder();
        model.getGraphBuilder().getNodeBuilder(1).setOpType("Gelu");
        Path file = Files.write(folder.resolve("gelu.onnx"), model.build().toByteArray());
        assertThatThrownBy(() -> OnnxReader.read(file))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("Gelu")
                .hasMessageContaining(residual().nodes().get(1).name());
    }

    private void refused(byte[] content, String problem) throws IOException {
        Path file = Files.write(folder.resolve("bad.onnx"), content);
        assertThatThrownBy(() -> OnnxReader.read(file))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining(problem)
                .hasMessageNotContaining("\n");
    }

    /** Two convolutions, normalisation, a shortcut, both poolings, a softmax. */
    private static Graph residual() {
        Window three = new Window(3, 3, 1, 1, new Operator.Pads(1, 1, 1, 1), 1, 1);
        Map<String, Initializer> values = new LinkedHashMap<>();
        values.put("w1", random(1, 4, 1, 3, 3));
        values.put("b1", random(2, 4));
        values.put("scale", random(3, 4));
        values.put("shift", random(4, 4));
        values.put("mean", random(5, 4));
        values.put("variance", Initializer.filled(0.5f, 4));
        values.put("w2", random(6, 4, 4, 3, 3));
        values.put("w3", random(7, 10, 4));
        List<Node> nodes = List.of(
                new Node("first", new Operator.Conv(three, 1), List.of("image", "w1", "b1"), "t1"),
                new Node(
                        "norm",
                        new Operator.BatchNormalization(1e-3f),
                        List.of("t1", "scale", "shift", "mean", "variance"),
                        "t2"),
                new Node("relu", new Operator.Relu(), List.of("t2"), "t3"),
                new Node("pool", new Operator.MaxPool(Window.square(2, 2)), List.of("t3"), "t4"),
                new Node("sum", new Operator.Conv(three, 1), List.of("t4", "w2"), "t5"),
                new Node("add", new Operator.Add(), List.of("t5", "t4"), "t6"),
                new Node("relu2", new Operator.Relu(), List.of("t6"), "t7"),
                new Node("mean", new Operator.AveragePool(three, true), List.of("t7"), "t8"),
                new Node("global", new Operator.GlobalAveragePool(), List.of("t8"), "t9"),
                new Node("flat", new Operator.Flatten(), List.of("t9"), "t10"),
                new Node("dense", new Operator.Gemm(), List.of("t10", "w3"), "t11"),
                new Node("soft", new Operator.Softmax(), List.of("t11"), "out"));
        return new Graph("image", List.of(1, 28, 28), "out", nodes, values);
    }

    private static Initializer random(long seed, Integer... shape) {
        Random random = new Random(seed);
        float[] values = new float[List.of(shape).stream().reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.4f;
        }
        return new Initializer(List.of(shape), values);
    }

    private static Dataset images() {
        return SyntheticDigits.generate(IMAGES, 10, 5).train();
    }

    private static float[] scores(Graph graph) {
        try (Network network = Network.of(graph, Compute.CPU);
                PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            int[] all = IntStream.range(0, IMAGES).toArray();
            return Tensors.toArray(network.forward(Tensors.images(images(), all, 0, IMAGES, Compute.CPU)));
        }
    }

    private void agrees(Graph graph) throws IOException, OrtException {
        Path file = folder.resolve("model.onnx");
        OnnxWriter.write(graph, file);
        float[] ours = scores(OnnxReader.read(file));
        float[] input = new float[IMAGES * 784];
        for (int i = 0; i < IMAGES; i++) {
            images().toUnitRange(i, input, i * 784);
        }
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(file.toString(), new OrtSession.SessionOptions());
                OnnxTensor tensor =
                        OnnxTensor.createTensor(environment, FloatBuffer.wrap(input), new long[] {IMAGES, 1, 28, 28});
                OrtSession.Result result = session.run(Map.of("image", tensor))) {
            float[][] theirs = (float[][]) result.get(0).getValue();
            for (int i = 0; i < ours.length; i++) {
                assertThat(ours[i]).isCloseTo(theirs[i / 10][i % 10], within(1e-5f));
            }
        }
    }
}
