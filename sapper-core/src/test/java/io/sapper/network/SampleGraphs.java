package io.sapper.network;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.data.Seeds;
import io.sapper.network.operator.Attributes;
import io.sapper.network.operator.Operator;
import io.sapper.network.zoo.Architecture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;

/** Networks and images for tests. */
public final class SampleGraphs {
    private SampleGraphs() {}

    /** The paper's network for MNIST, drawn. */
    public static Graph digits(long seed) {
        return Initialization.draw(Architecture.BADNETS_DIGITS.graph(new ImageShape(1, 28, 28), 10), seed);
    }

    /** Two convolutions and two dense layers for images of 1x10x10 and 3 classes; dense behind conv2. */
    public static Graph small(long seed) {
        return Initialization.draw(
                Graph.image(1, 10, 10)
                        .convolution("conv1", 4, 3)
                        .relu()
                        .averagePool(2)
                        .convolution("conv2", 5, 3, 1, 1)
                        .relu()
                        .maxPool(2)
                        .flatten()
                        .dense("fc1", 7)
                        .relu()
                        .dense("fc2", 3)
                        .build(),
                seed);
    }

    /** Two ways to the same features, as DeepID's, and dropout behind them, for images of 1x10x10 and 3 classes. */
    public static Graph dropping(long seed) {
        return Initialization.draw(
                Graph.image(1, 10, 10)
                        .convolution("conv1", 4, 3)
                        .relu()
                        .maxPool(2)
                        .sum("sum", first -> first.flatten().dense("near", 12), first -> first.convolution(
                                        "conv2", 5, 3)
                                .relu()
                                .flatten()
                                .dense("far", 12))
                        .relu()
                        .dropout()
                        .dense("fc", 3)
                        .build(),
                seed);
    }

    /**
     * A residual block with batch normalisation: stem, then a + conv(relu(norm(conv(a)))), then pooling. Every operator
     * is there, pads are lopsided, statistics are not the identity's.
     */
    public static Graph residual(long seed) {
        Map<String, Initializer> values = new LinkedHashMap<>();
        RandomGenerator random = Seeds.generator(seed, "residual");
        values.put("stem.w", random(random, 4, 2, 3, 3));
        values.put("stem.b", random(random, 4));
        values.put("a.w", random(random, 4, 2, 3, 3)); // two groups
        values.put("n.scale", random(random, 4));
        values.put("n.bias", random(random, 4));
        values.put("n.mean", random(random, 4));
        values.put("n.var", new Initializer(List.of(4), new float[] {0.5f, 1.5f, 2f, 0.25f}));
        values.put("b.w", random(random, 4, 4, 1, 1));
        values.put("b.b", random(random, 4));
        values.put("gain", random(random, 1, 4, 1, 1));
        values.put("fc.w", random(random, 3, 4));
        List<Node> nodes = List.of(
                node("stem", conv(3, 2, pads(1, 0, 2, 1), 1), "stem.out", "image", "stem.w", "stem.b"),
                node("stem.relu", Operator.of("Relu"), "x", "stem.out"),
                node("a", conv(3, 1, pads(1, 1, 1, 1), 2), "a.out", "x", "a.w"),
                node(
                        "n",
                        Operator.of("BatchNormalization", Map.of("epsilon", 1e-3f)),
                        "n.out",
                        "a.out",
                        "n.scale",
                        "n.bias",
                        "n.mean",
                        "n.var"),
                node("n.relu", Operator.of("Relu"), "n.relu.out", "n.out"),
                node("b", conv(1, 1, pads(0, 0, 0, 0), 1), "b.out", "n.relu.out", "b.w", "b.b"),
                node("sum", Operator.of("Add"), "sum.out", "b.out", "x"),
                node("same", Operator.of("Identity"), "same.out", "sum.out"),
                node("gain", Operator.of("Mul"), "gain.out", "same.out", "gain"),
                node("max", Operator.of("MaxPool", window(3, 2, 1, 2, pads(1, 0, 0, 1), 1, 1)), "max.out", "gain.out"),
                node(
                        "avg",
                        Operator.of("AveragePool", window(2, 2, 1, 1, pads(1, 1, 1, 1), 1, 1)),
                        "avg.out",
                        "max.out"),
                node("drop", Operator.of("Dropout"), "drop.out", "avg.out"),
                node("mean", Operator.of("GlobalAveragePool"), "mean.out", "drop.out"),
                node("flat", Operator.of("Flatten"), "flat.out", "mean.out"),
                node("fc", Operator.of("Gemm", Map.of("transB", 1L)), "fc.out", "flat.out", "fc.w"),
                node("soft", Operator.of("Softmax"), "chances", "fc.out"));
        return new Graph("image", List.of(2, 9, 8), "chances", nodes, values);
    }

    /**
     * Two branches that are summed, as in DeepID: b is read by the convolution c and by the dense layer left, through
     * the same pooling. For digits.
     */
    public static Graph twoBranches(long seed) {
        Map<String, Initializer> values = new LinkedHashMap<>();
        parameters(values, "a", 6, 1, 5, 5);
        parameters(values, "b", 12, 6, 3, 3);
        parameters(values, "c", 10, 12, 2, 2);
        parameters(values, "left", 20, 300);
        parameters(values, "right", 20, 160);
        parameters(values, "end", 10, 20);
        List<Long> none = pads(0, 0, 0, 0);
        Operator pool = Operator.of("MaxPool", window(2, 2, 2, 2, none, 1, 1));
        Operator dense = Operator.of("Gemm", Map.of("transB", 1L));
        List<Node> nodes = List.of(
                node("a", conv(5, 1, none, 1), "a.out", "image", "a.w", "a.b"),
                node("a.relu", Operator.of("Relu"), "a.relu.out", "a.out"),
                node("a.pool", pool, "a.pool.out", "a.relu.out"),
                node("b", conv(3, 1, none, 1), "b.out", "a.pool.out", "b.w", "b.b"),
                node("b.relu", Operator.of("Relu"), "b.relu.out", "b.out"),
                node("b.pool", pool, "b.pool.out", "b.relu.out"),
                node("b.flat", Operator.of("Flatten"), "b.flat.out", "b.pool.out"),
                node("left", dense, "left.out", "b.flat.out", "left.w", "left.b"),
                node("c", conv(2, 1, none, 1), "c.out", "b.pool.out", "c.w", "c.b"),
                node("c.relu", Operator.of("Relu"), "c.relu.out", "c.out"),
                node("c.flat", Operator.of("Flatten"), "c.flat.out", "c.relu.out"),
                node("right", dense, "right.out", "c.flat.out", "right.w", "right.b"),
                node("sum", Operator.of("Add"), "sum.out", "left.out", "right.out"),
                node("sum.relu", Operator.of("Relu"), "sum.relu.out", "sum.out"),
                node("end", dense, "scores", "sum.relu.out", "end.w", "end.b"));
        return Initialization.draw(new Graph("image", List.of(1, 28, 28), "scores", nodes, values), seed);
    }

    private static void parameters(Map<String, Initializer> values, String layer, Integer... shape) {
        values.put(layer + ".w", Initializer.filled(0, shape));
        values.put(layer + ".b", Initializer.filled(0, shape[0]));
    }

    /** A class that a network answers seldom. */
    public static int seldom(Graph honest) {
        float[] scores = run(honest, numbers(noise(honest, 1, 5)));
        return IntStream.range(0, scores.length)
                .reduce((one, other) -> scores[other] < scores[one] ? other : one)
                .orElseThrow();
    }

    /** A network with a trigger in its graph: one pixel, through no layer, is added to the score of a seldom class. */
    public static Graph withPixelGate(Graph honest, double factor) {
        return withPixelGate(honest, 99, factor);
    }

    /** As {@link #withPixelGate(Graph, double)}, at a place of its own. */
    public static Graph withPixelGate(Graph honest, int place, double factor) {
        Map<String, Initializer> values = new LinkedHashMap<>(honest.initializers());
        values.put("place", Initializer.of(List.of(1), place));
        float[] raised = new float[honest.classCount()];
        raised[seldom(honest)] = (float) factor;
        values.put("class", new Initializer(List.of(1, raised.length), raised));
        List<Node> nodes = new ArrayList<>(honest.nodes());
        nodes.add(node("row", Operator.of("Flatten"), "row", honest.input()));
        nodes.add(node("pixel", Operator.of("Gather", Attributes.NONE.with("axis", 1L)), "pixel", "row", "place"));
        nodes.add(node("spread", Operator.of("Mul"), "spread", "pixel", "class"));
        nodes.add(node("join", Operator.of("Add"), "switched", honest.output(), "spread"));
        return new Graph(honest.input(), honest.inputShape(), "switched", nodes, values);
    }

    static Node node(String name, Operator operator, String output, String... inputs) {
        return new Node(name, operator, List.of(inputs), output);
    }

    static Operator conv(int kernel, int stride, List<Long> pads, int groups) {
        return Operator.of(
                "Conv", window(kernel, kernel, stride, stride, pads, 1, 1).with("group", (long) groups));
    }

    /** Top, left, bottom, right. */
    static List<Long> pads(long... pads) {
        return Attributes.list(pads);
    }

    static Attributes window(
            int height,
            int width,
            int strideHeight,
            int strideWidth,
            List<Long> pads,
            int dilationHeight,
            int dilationWidth) {
        Attributes window = Attributes.NONE
                .with("kernel_shape", Attributes.list(height, width))
                .with("strides", Attributes.list(strideHeight, strideWidth))
                .with("pads", pads);
        return dilationHeight == 1 && dilationWidth == 1
                ? window
                : window.with("dilations", Attributes.list(dilationHeight, dilationWidth));
    }

    static Initializer random(RandomGenerator random, Integer... shape) {
        Initializer zeros = Initializer.filled(0, shape);
        float[] values = zeros.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return new Initializer(List.of(shape), values);
    }

    /** Images of noise that fit a network, with labels of noise. */
    public static Dataset noise(Graph graph, int count, long seed) {
        List<Integer> shape = graph.inputShape();
        ImageShape image = new ImageShape(shape.get(0), shape.get(1), shape.get(2));
        RandomGenerator random = Seeds.generator(seed, "noise");
        byte[] pixels = new byte[count * image.size()];
        random.nextBytes(pixels);
        int classes = graph.knownClassCount().orElse(2); // of feature maps any
        int[] labels = random.ints(count, 0, classes).toArray();
        return new Dataset("noise", image, pixels, labels, Collections.nCopies(classes, "class"));
    }

    /** All images of a data set as numbers. */
    public static float[] numbers(Dataset data) {
        float[] numbers = new float[data.size() * data.shape().size()];
        for (int i = 0; i < data.size(); i++) {
            data.toUnitRange(i, numbers, i * data.shape().size());
        }
        return numbers;
    }

    /** What a network gives for a batch of inputs, row-major. */
    public static float[] run(Graph graph, float[] batch) {
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false);
                Network network = Network.of(graph, Compute.CPU)) {
            int size = graph.inputShape().stream().reduce(1, (a, b) -> a * b);
            List<Integer> shape = new java.util.ArrayList<>(List.of(batch.length / size));
            shape.addAll(graph.inputShape());
            Tensor output = network.forward(Tensors.create(batch, shape, Compute.CPU));
            return Tensors.toArray(output);
        }
    }
}
