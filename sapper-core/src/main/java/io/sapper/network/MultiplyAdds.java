package io.sapper.network;

import io.sapper.network.operator.Attributes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Multiply-adds of one forward pass of one input: of convolutions, matrix products and recurrent networks, quantized
 * ones too, each weight once for each place where it is used. Of an {@code If} the branch with more; of a {@code Scan},
 * and of a {@code Loop} whose rounds are a constant, the body once for each round; of other loops once. {@code Einsum}
 * and {@code Attention} are not counted.
 *
 * @param count those that are known
 * @param complete whether these are all: every size was known, and the rounds of every loop
 */
public record MultiplyAdds(long count, boolean complete) {
    private static final MultiplyAdds NONE = new MultiplyAdds(0, true);
    private static final MultiplyAdds UNKNOWN = new MultiplyAdds(0, false);

    /** A loop that counts further has its condition to end it. */
    private static final long MOST_ROUNDS = 10_000;

    static MultiplyAdds of(Graph graph) {
        return graph.nodes().stream().map(graph::multiplyAdds).reduce(NONE, MultiplyAdds::plus);
    }

    /** Of one node of a graph whose sizes are those of so many inputs at once. */
    static MultiplyAdds of(Node node, @Nullable Sizing sizing, long batch) {
        MultiplyAdds all = sizing == null ? UNKNOWN : of(node, sizing);
        return new MultiplyAdds(all.count / Math.max(1, batch), all.complete);
    }

    private static MultiplyAdds of(Node node, Sizing sizing) {
        Attributes set = node.operator().attributes();
        return switch (node.operator().name()) {
            case "Conv", "FusedConv", "ConvInteger" -> convolution(sizing, node.output(), node.input(1));
            case "QLinearConv" -> convolution(sizing, node.output(), node.input(3));
            case "ConvTranspose" -> convolution(sizing, node.data(), node.input(1));
            case "Gemm", "FusedGemm", "QGemm", "FusedMatMul" -> product(node, sizing, set.flag("transA"));
            case "MatMul", "MatMulInteger", "MatMulIntegerToFloat", "DynamicQuantizeMatMul", "QLinearMatMul" ->
                product(node, sizing, false);
            case "LSTM", "GRU", "RNN" -> recurrent(node, sizing);
            case "If" -> branch(set, sizing);
            case "Loop" -> loop(node, sizing);
            case "Scan" -> scan(node, sizing);
            default -> NONE;
        };
    }

    /** Each number of a feature map, with all weights of one channel. */
    private static MultiplyAdds convolution(Sizing sizing, String map, String weights) {
        long[] numbers = sizing.anyShapeOrNull(map);
        long[] kernel = sizing.anyShapeOrNull(weights);
        return numbers == null || kernel == null
                ? UNKNOWN
                : known(count(numbers) * (count(kernel) / Math.max(1, kernel[0])));
    }

    /** Each number of the result is a sum over what both factors share. */
    private static MultiplyAdds product(Node node, Sizing sizing, boolean turned) {
        long[] result = sizing.anyShapeOrNull(node.output());
        long[] first = sizing.anyShapeOrNull(node.data());
        if (result == null || first == null || first.length == 0) {
            return UNKNOWN;
        }
        return known(count(result) * first[first.length - (turned && first.length > 1 ? 2 : 1)]);
    }

    /** Weights of the input and of what is remembered, at each step of each sequence. */
    private static MultiplyAdds recurrent(Node node, Sizing sizing) {
        long[] x = sizing.anyShapeOrNull(node.data());
        long[] weights = sizing.anyShapeOrNull(node.input(1));
        long[] remembered = sizing.anyShapeOrNull(node.input(2));
        return x == null || weights == null || remembered == null
                ? UNKNOWN
                : known(x[0] * x[1] * (count(weights) + count(remembered)));
    }

    private static MultiplyAdds branch(Attributes set, Sizing sizing) {
        MultiplyAdds one = body(set.body("then_branch"), Map.of(), sizing);
        MultiplyAdds other = body(set.body("else_branch"), Map.of(), sizing);
        return new MultiplyAdds(Math.max(one.count, other.count), one.complete && other.complete);
    }

    private static MultiplyAdds loop(Node node, Sizing sizing) {
        Body body = node.operator().attributes().body("body");
        Map<String, long[]> given = new HashMap<>();
        for (int i = 0; i < Math.min(2, body.inputs().size()); i++) {
            given.put(body.inputs().get(i), new long[0]); // the round's number, and whether to go on
        }
        for (int i = 2; i < body.inputs().size(); i++) {
            give(given, body.inputs().get(i), sizing.anyShapeOrNull(node.input(i)));
        }
        Initializer rounds = sizing.value(node.input(0));
        long times = rounds == null || rounds.size() != 1 ? -1 : rounds.integers()[0];
        MultiplyAdds once = body(body, given, sizing);
        return times < 0 || times > MOST_ROUNDS ? new MultiplyAdds(once.count, once.count == 0) : once.times(times);
    }

    private static MultiplyAdds scan(Node node, Sizing sizing) {
        Attributes set = node.operator().attributes();
        Body body = set.body("body");
        int scanned = (int) set.integer("num_scan_inputs", 0);
        int carried = node.inputs().size() - scanned;
        long[] axes = set.integers("scan_input_axes", new long[Math.max(0, scanned)]);
        Map<String, long[]> given = new HashMap<>();
        long rounds = -1;
        for (int i = 0; i < body.inputs().size(); i++) {
            long[] size = sizing.anyShapeOrNull(node.input(i));
            if (i >= carried && size != null && i - carried < axes.length) {
                int axis = (int) (axes[i - carried] < 0 ? axes[i - carried] + size.length : axes[i - carried]);
                rounds = size[axis];
                size = without(size, axis);
            }
            give(given, body.inputs().get(i), size);
        }
        MultiplyAdds once = body(body, given, sizing);
        return rounds < 0 ? new MultiplyAdds(once.count, once.count == 0) : once.times(rounds);
    }

    private static void give(Map<String, long[]> given, String name, long @Nullable [] size) {
        if (size != null) {
            given.put(name, size);
        }
    }

    private static long[] without(long[] sizes, int axis) {
        long[] rest = Arrays.copyOf(sizes, sizes.length - 1);
        System.arraycopy(sizes, axis + 1, rest, axis, rest.length - axis);
        return rest;
    }

    /** A graph inside a node, which may read what is around it. */
    private static MultiplyAdds body(Body body, Map<String, long[]> given, Sizing around) {
        Map<String, long[]> sizes = new HashMap<>(given);
        Map<String, Initializer> stored = new HashMap<>();
        for (String name : body.outer()) {
            Initializer value = around.value(name);
            if (value == null) {
                give(sizes, name, around.anyShapeOrNull(name));
            } else {
                stored.put(name, value);
            }
        }
        try {
            Sizing inside = Sizing.of(sizes, body.nodes(), stored, Set.of());
            List<MultiplyAdds> each =
                    body.nodes().stream().map(node -> of(node, inside)).toList();
            return each.stream().reduce(NONE, MultiplyAdds::plus);
        } catch (IllegalArgumentException e) {
            return UNKNOWN; // what does not fit together shows when it is run
        }
    }

    private static MultiplyAdds known(long count) {
        return new MultiplyAdds(count, true);
    }

    private static long count(long[] sizes) {
        return LongStream.of(sizes).reduce(1, (a, b) -> a * b);
    }

    private MultiplyAdds plus(MultiplyAdds other) {
        return new MultiplyAdds(count + other.count, complete && other.complete);
    }

    private MultiplyAdds times(long rounds) {
        return new MultiplyAdds(count * rounds, complete);
    }
}
