package io.sapper.network;

import static io.sapper.network.SampleGraphs.node;
import static io.sapper.network.SampleGraphs.random;

import io.sapper.data.Seeds;
import io.sapper.network.operator.Attributes;
import io.sapper.network.operator.Operator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Small networks whose channels do not stand as in images, for tests. */
public final class SampleSequences {
    private SampleSequences() {}

    /**
     * A mixer for images of 1x8x8 and 3 classes: four patches of six channels, a dense layer at each with a shortcut,
     * the mean over patches, and a dense layer that makes the scores.
     */
    public static Graph mixer(long seed) {
        RandomGenerator random = Seeds.generator(seed, "mixer");
        Map<String, Initializer> values = new LinkedHashMap<>();
        values.put("patch.w", random(random, 6, 1, 4, 4));
        values.put("patches", Initializer.of(List.of(3), new long[] {0, 6, 4}));
        values.put("mlp1.w", random(random, 6, 10));
        values.put("mlp1.b", random(random, 10));
        values.put("mlp2.w", random(random, 10, 6));
        values.put("norm.scale", random(random, 6));
        values.put("norm.bias", random(random, 6));
        values.put("head.w", random(random, 3, 6));
        values.put("head.b", random(random, 3));
        List<Node> nodes = List.of(
                node("patch", SampleGraphs.conv(4, 4, SampleGraphs.pads(0, 0, 0, 0), 1), "p", "image", "patch.w"),
                node("lay", Operator.of("Reshape"), "l", "p", "patches"),
                node("turn", Operator.of("Transpose", Map.of("perm", Attributes.list(0, 2, 1))), "t", "l"),
                node("mlp1", Operator.of("MatMul"), "m1", "t", "mlp1.w"),
                node("mlp1.add", Operator.of("Add"), "m1b", "m1", "mlp1.b"),
                node("mlp1.relu", Operator.of("Relu"), "m1r", "m1b"),
                node("mlp2", Operator.of("MatMul"), "m2", "m1r", "mlp2.w"),
                node("sum", Operator.of("Add"), "s", "m2", "t"),
                node("norm", Operator.of("LayerNormalization"), "n", "s", "norm.scale", "norm.bias"),
                node("turn.back", Operator.of("Transpose", Map.of("perm", Attributes.list(0, 2, 1))), "b", "n"),
                node("mean", Operator.of("GlobalAveragePool"), "a", "b"),
                node("features", Operator.of("Flatten"), "f", "a"),
                node("head", Operator.of("Gemm", Map.of("transB", 1L)), "scores", "f", "head.w", "head.b"));
        return new Graph("image", List.of(1, 8, 8), "scores", nodes, values);
    }

    /** A convolution over one dimension for images of 1x6x6, laid out as rows of 36, and 3 classes. */
    public static Graph sound(long seed) {
        RandomGenerator random = Seeds.generator(seed, "sound");
        Map<String, Initializer> values = new LinkedHashMap<>();
        values.put("row", Initializer.of(List.of(3), new long[] {0, 1, 36}));
        values.put("conv.w", random(random, 4, 1, 5));
        values.put("conv.b", random(random, 4));
        values.put("head.w", random(random, 3, 4 * 32));
        List<Node> nodes = List.of(
                node("lay", Operator.of("Reshape"), "l", "image", "row"),
                node(
                        "conv",
                        Operator.of("Conv", Map.of("kernel_shape", Attributes.list(5))),
                        "c",
                        "l",
                        "conv.w",
                        "conv.b"),
                node("relu", Operator.of("Relu"), "r", "c"),
                node("flat", Operator.of("Flatten"), "f", "r"),
                node("head", Operator.of("Gemm", Map.of("transB", 1L)), "scores", "f", "head.w"));
        return new Graph("image", List.of(1, 6, 6), "scores", nodes, values);
    }

    /** The same network, which gives a layer's feature map: also where it cannot be cut there. */
    public static Graph upTo(Graph graph, String layer) {
        return new Graph(
                graph.input(), graph.inputShape(), graph.activation(layer), graph.nodes(), graph.initializers());
    }
}
