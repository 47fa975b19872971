package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.several;
import static io.sapper.network.operator.OperatorType.type;
import static io.sapper.network.operator.Sizes.require;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Normalisation of each input by itself, as transformers do it. */
final class LayerNormalization {
    private LayerNormalization() {}

    static List<OperatorType> types() {
        return List.of(
                several("LayerNormalization", 3, LayerNormalization::layer)
                        .inputs(2, 3)
                        .attributes("axis", "epsilon", "stash_type")
                        .weights(1, 2)
                        .sizes(LayerNormalization::sizes)
                        .build(),
                type("RMSNormalization", LayerNormalization::rootMeanSquare)
                        .inputs(2)
                        .attributes("axis", "epsilon", "stash_type")
                        .weights(1)
                        .sizes(LayerNormalization::sizes)
                        .build(),
                several("SimplifiedLayerNormalization", 2, LayerNormalization::simplified)
                        .inputs(2)
                        .attributes("axis", "epsilon", "stash_type")
                        .weights(1)
                        .sizes(LayerNormalization::simplifiedSizes)
                        .build(),
                type("GroupNormalization", LayerNormalization::group)
                        .inputs(3)
                        .attributes("epsilon", "num_groups", "stash_type")
                        .weights(1, 2)
                        .sizes(LayerNormalization::groupSizes)
                        .build());
    }

    private static List<long[]> sizes(Known known) {
        long[] shape = known.shape(0);
        int axis = Sizes.axis(known.attributes().integer("axis", -1), shape.length);
        for (int i = 1; i < known.count(); i++) {
            require(
                    !known.has(i) || Arrays.equals(Sizes.broadcast(shape, known.shape(i)), shape),
                    "its parameters do not fit an input of shape " + Sizes.text(shape));
        }
        long[] statistics = shape.clone();
        Arrays.fill(statistics, axis, shape.length, 1);
        return List.of(shape, statistics, statistics).subList(0, Math.min(3, Math.max(1, known.outputs())));
    }

    private static boolean same(Call call, long[] shape) {
        return Arrays.equals(call.in(1).shape(), shape)
                && (!call.has(2) || Arrays.equals(call.in(2).shape(), shape));
    }

    /** Numbers of 16 bits are computed in 32, as the setting stash_type says by default. */
    private static Tensor wide(Call call) {
        Tensor x = call.in(0);
        boolean narrow =
                switch (x.scalar_type().intern()) {
                    case Half, BFloat16 -> true;
                    default -> false;
                };
        return narrow && call.attributes().integer("stash_type", 1) == 1 ? x.to(ScalarType.Float) : x;
    }

    private static List<Tensor> layer(Call call) {
        Tensor x = wide(call);
        int axis = Sizes.axis(call.attributes().integer("axis", -1), (int) x.dim());
        long[] inner = Arrays.copyOfRange(x.shape(), axis, (int) x.dim());
        double epsilon = call.attributes().real("epsilon", 1e-5);
        ScalarType type = call.in(0).scalar_type();
        if (call.outputs() == 1 && type.intern() == x.scalar_type().intern() && same(call, inner)) {
            return List.of(torch.layer_norm(x, inner, call.optional(1), call.optional(2), epsilon, false));
        }
        long[] axes = LongStream.range(axis, x.dim()).toArray();
        Tensor mean = x.mean(axes, true, new ScalarTypeOptional());
        Tensor apart = x.sub(mean);
        Tensor variance = apart.mul(apart).mean(axes, true, new ScalarTypeOptional());
        Tensor inverse = Normalization.inverse(variance, epsilon);
        Tensor y = apart.mul(inverse).to(type).mul(call.in(1));
        return List.of(call.has(2) ? y.add(call.in(2)) : y, mean, inverse).subList(0, Math.max(1, call.outputs()));
    }

    private static List<long[]> simplifiedSizes(Known known) {
        return sizes(known).size() > 1 ? sizes(known).subList(0, 2) : sizes(known);
    }

    private static Tensor rootMeanSquare(Call call) {
        return simplified(call).get(0);
    }

    /** As ONNX Runtime has it under ONNX's own domain; it gives the factor of each row too. */
    private static List<Tensor> simplified(Call call) {
        Tensor x = wide(call);
        int axis = Sizes.axis(call.attributes().integer("axis", -1), (int) x.dim());
        Tensor factor = inverseRoot(
                x, LongStream.range(axis, x.dim()).toArray(), call.attributes().real("epsilon", 1e-5));
        return List.of(x.mul(factor).to(call.in(0).scalar_type()).mul(call.in(1)), factor);
    }

    /** One by the root of the mean square over some dimensions, which stay with size 1. */
    static Tensor inverseRoot(Tensor x, long[] axes, double epsilon) {
        return Normalization.inverse(x.mul(x).mean(axes, true, new ScalarTypeOptional()), epsilon);
    }

    private static List<long[]> groupSizes(Known known) {
        long[] shape = known.shape(0);
        long groups = known.attributes().integer("num_groups", 0);
        require(shape.length >= 3, "needs channels and positions, not shape " + Sizes.text(shape));
        require(groups >= 1 && shape[1] % groups == 0, shape[1] + " channels do not fit num_groups of " + groups);
        for (int i = 1; i < 3; i++) {
            long[] parameter = known.shape(i);
            require(
                    parameter.length == 1 && (parameter[0] == shape[1] || parameter[0] == groups),
                    "its parameters are not one per channel");
        }
        return List.of(shape);
    }

    /** Until opset 20 there was one parameter for each group, since then one for each channel. */
    private static Tensor group(Call call) {
        Tensor x = wide(call);
        long groups = call.attributes().integer("num_groups", 0);
        double epsilon = call.attributes().real("epsilon", 1e-5);
        Tensor y = torch.group_norm(x, groups, new TensorOptional(), new TensorOptional(), epsilon, false);
        long[] shape = new long[(int) x.dim()];
        Arrays.fill(shape, 1);
        shape[1] = -1;
        return y.to(call.in(0).scalar_type())
                .mul(parameter(call.in(1), x.size(1)).reshape(shape))
                .add(parameter(call.in(2), x.size(1)).reshape(shape));
    }

    private static Tensor parameter(Tensor given, long channels) {
        return given.size(0) == channels
                ? given
                : given.repeat_interleave(channels / given.size(0), new LongOptional(), new LongOptional());
    }
}
