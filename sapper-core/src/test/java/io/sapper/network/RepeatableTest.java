package io.sapper.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.data.Seeds;
import io.sapper.network.operator.Attributes;
import io.sapper.network.operator.Call;
import io.sapper.network.operator.Operator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same input gives the same bits, forward and backward, of every operator, on every device that is here. */
class RepeatableTest {
    private static final Path PAGE = Path.of("..", "docs", "decisions", "0030-bits-on-a-gpu.md");
    private static final int TIMES = 5;

    /** Data, weights and biases; what comes behind them is statistics, which no gradient reaches. */
    private static final int LEARNED = 3;

    /** One use of an operator: shapes of the data and of its weights. Windows overlap, so that gradients are added. */
    private record Use(Operator operator, List<List<Integer>> shapes) {}

    private static final List<Integer> IMAGES = List.of(8, 4, 15, 14);
    private static final List<Integer> CHANNELS = List.of(4);
    private static final Attributes OVERLAPPING = SampleGraphs.window(3, 3, 2, 2, SampleGraphs.pads(1, 1, 1, 1), 1, 1);

    private static final Map<String, Use> USES = uses(
            new Use(
                    Operator.of("Conv", OVERLAPPING.with("group", 2L)),
                    List.of(IMAGES, List.of(6, 2, 3, 3), List.of(6))),
            new Use(
                    Operator.of("Gemm", Map.of("transB", 1L)),
                    List.of(List.of(64, 500), List.of(300, 500), List.of(300))),
            new Use(Operator.of("MaxPool", OVERLAPPING), List.of(IMAGES)),
            new Use(Operator.of("AveragePool", OVERLAPPING), List.of(IMAGES)),
            new Use(Operator.of("GlobalAveragePool"), List.of(IMAGES)),
            new Use(Operator.of("Relu"), List.of(IMAGES)),
            new Use(Operator.of("Flatten"), List.of(IMAGES)),
            new Use(Operator.of("Softmax"), List.of(List.of(64, 43))),
            new Use(Operator.of("Add"), List.of(IMAGES, List.of(1, 4, 1, 1))),
            new Use(Operator.of("Mul"), List.of(IMAGES, List.of(1, 4, 1, 1))),
            new Use(
                    Operator.of("BatchNormalization", Map.of("epsilon", 1e-5f)),
                    List.of(IMAGES, CHANNELS, CHANNELS, CHANNELS, CHANNELS)),
            new Use(Operator.of("Identity"), List.of(IMAGES)),
            new Use(Operator.of("Dropout"), List.of(IMAGES)));

    private static Map<String, Use> uses(Use... uses) {
        Map<String, Use> byOperator = new TreeMap<>();
        for (Use use : uses) {
            byOperator.put(use.operator().name(), use);
        }
        return byOperator;
    }

    static Stream<String> operators() {
        return USES.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("operators")
    void theSameBitsEveryTime(String operator) {
        for (Compute device : Engine.hasCuda() ? Compute.values() : new Compute[] {Compute.CPU}) {
            Engine.check(device);
            List<List<float[]>> seen = new ArrayList<>();
            for (int i = 0; i < TIMES; i++) {
                seen.add(outputAndGradients(USES.get(operator), device));
            }
            assertThat(seen).as("on %s", device).allSatisfy(again -> {
                for (int i = 0; i < again.size(); i++) {
                    assertThat(again.get(i)).isEqualTo(seen.get(0).get(i));
                }
            });
        }
    }

    private static List<float[]> outputAndGradients(Use use, Compute device) {
        RandomGenerator random = Seeds.generator(1, "repeatable");
        try (PointerScope scope = new PointerScope()) {
            List<Tensor> in = new ArrayList<>();
            for (List<Integer> given : use.shapes()) {
                in.add(tensor(random, given, device).set_requires_grad(in.size() < LEARNED));
            }
            Tensor output = run(use.operator(), in);
            List<Integer> shape =
                    Arrays.stream(output.shape()).mapToObj(Math::toIntExact).toList();
            output.mul(tensor(random, shape, device)).sum().backward();
            List<float[]> results = new ArrayList<>(List.of(Tensors.toArray(output)));
            in.stream()
                    .filter(input -> input.grad().defined())
                    .forEach(input -> results.add(Tensors.toArray(input.grad())));
            return results;
        }
    }

    private static Tensor run(Operator operator, List<Tensor> in) {
        return operator.type()
                .kernel()
                .run(new Call(operator.attributes(), new ArrayList<>(in), 1, Call.NONE, Kernels.NO_BODIES))
                .get(0);
    }

    /** From 0 to 1, so that variances are too. */
    private static Tensor tensor(RandomGenerator random, List<Integer> shape, Compute device) {
        float[] values = new float[shape.stream().reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        return Tensors.create(values, shape, device);
    }

    /** On a GPU, libtorch has no repeatable backward pass of adaptive pooling; to one pixel it takes the mean. */
    @Test
    void poolingToOnePixelIsAMean() {
        try (PointerScope scope = new PointerScope()) {
            Tensor images =
                    tensor(Seeds.generator(1, "mean"), IMAGES, Compute.CPU).set_requires_grad(true);
            Tensor pooled = run(Operator.of("GlobalAveragePool"), List.of(images));
            assertThat(pooled.grad_fn().name().getString()).startsWith("MeanBackward");
        }
    }

    @Test
    void libtorchIsToldToRepeatItself() {
        Context context = torch.globalContext();
        boolean filled = context.deterministicFillUninitializedMemory();
        try {
            context.setBenchmarkCuDNN(true);
            Engine.repeatable();
            assertThat(context.deterministicAlgorithms()).isTrue();
            assertThat(context.deterministicAlgorithmsWarnOnly()).isTrue();
            assertThat(context.deterministicFillUninitializedMemory()).isFalse();
            assertThat(context.deterministicCuDNN()).isTrue();
            assertThat(context.benchmarkCuDNN()).isFalse();
            assertThat(context.allowTF32CuDNN()).isFalse();
            assertThat(context.allowTF32CuBLAS()).isFalse();
        } finally {
            context.setDeterministicAlgorithms(false, false);
            context.setDeterministicFillUninitializedMemory(filled);
            context.setDeterministicCuDNN(false);
        }
    }

    @Test
    void thePageHasARowForEveryOperator() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(operators()).allSatisfy(operator -> assertThat(page).contains("| " + operator + " |"));
    }
}
