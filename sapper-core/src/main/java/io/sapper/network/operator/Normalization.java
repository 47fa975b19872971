package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.several;
import static io.sapper.network.operator.OperatorType.type;
import static io.sapper.network.operator.Sizes.require;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Normalisation by statistics of the data, of each channel, or of what lies around a number. */
final class Normalization {
    private Normalization() {}

    static List<OperatorType> types() {
        return List.of(
                several("BatchNormalization", 3, Normalization::batch)
                        .inputs(5)
                        .attributes("epsilon", "momentum", "training_mode")
                        .weights(1, 2)
                        .statistics(3, 4)
                        .sizes(Normalization::batchSizes)
                        .build(),
                type("InstanceNormalization", Normalization::instance)
                        .inputs(3)
                        .attributes("epsilon")
                        .weights(1, 2)
                        .sizes(known -> perChannel(known, 1, 2))
                        .build(),
                type("LRN", Normalization::localResponse)
                        .attributes("alpha", "beta", "bias", "size")
                        .sizes(Sizes::same)
                        .build(),
                type("MeanVarianceNormalization", Normalization::meanVariance)
                        .attributes("axes")
                        .sizes(Sizes::same)
                        .build(),
                type("LpNormalization", Normalization::lp)
                        .attributes("axis", "p")
                        .sizes(Sizes::same)
                        .build());
    }

    private static List<long[]> perChannel(Known known, int... parameters) {
        long[] shape = known.shape(0);
        require(shape.length >= 2, "needs channels, not shape " + Sizes.text(shape));
        for (int input : parameters) {
            require(Arrays.equals(known.shape(input), new long[] {shape[1]}), "its parameters are not one per channel");
        }
        return List.of(shape);
    }

    private static List<long[]> batchSizes(Known known) {
        long[] shape = perChannel(known, 1, 2, 3, 4).get(0);
        long[] one = {shape[1]};
        return List.of(shape, one, one).subList(0, Math.min(3, Math.max(1, known.outputs())));
    }

    private static List<Tensor> batch(Call call) {
        if (call.attributes().flag("training_mode")) {
            return batchStatistics(call);
        }
        require(call.outputs() == 1, "running statistics are made only with training_mode");
        return List.of(batch(call, call.in(3), call.in(4)));
    }

    private static Tensor batch(Call call, Tensor mean, Tensor variance) {
        return torch.batch_norm(
                call.in(0),
                call.optional(1),
                call.optional(2),
                new TensorOptional(mean),
                new TensorOptional(variance),
                false,
                0,
                call.attributes().real("epsilon", 1e-5),
                false);
    }

    /** By the batch's own statistics; the variance is that of the batch itself, not an estimate from it. */
    private static List<Tensor> batchStatistics(Call call) {
        Tensor x = call.in(0);
        Tensor y = torch.batch_norm(
                x,
                call.optional(1),
                call.optional(2),
                new TensorOptional(),
                new TensorOptional(),
                true,
                0,
                call.attributes().real("epsilon", 1e-5),
                false);
        if (call.outputs() == 1) {
            return List.of(y);
        }
        long[] others = LongStream.range(0, x.dim()).filter(axis -> axis != 1).toArray();
        Tensor mean = x.mean(others, true, new ScalarTypeOptional());
        Tensor apart = x.sub(mean);
        Tensor variance = apart.mul(apart).mean(others, true, new ScalarTypeOptional());
        Scalar kept = new Scalar((double) call.attributes().real("momentum", 0.9));
        Scalar fresh = new Scalar(1.0 - call.attributes().real("momentum", 0.9));
        return List.of(
                y,
                call.in(3).mul(kept).add(mean.reshape(-1).mul(fresh)),
                call.in(4).mul(kept).add(variance.reshape(-1).mul(fresh)));
    }

    static Tensor inverse(Tensor variance, double epsilon) {
        return variance.add(new Scalar(epsilon)).rsqrt();
    }

    private static Tensor instance(Call call) {
        TensorOptional none = new TensorOptional();
        return torch.instance_norm(
                call.in(0),
                call.optional(1),
                call.optional(2),
                none,
                none,
                true,
                0,
                call.attributes().real("epsilon", 1e-5),
                false);
    }

    /** The squares of {@code size} channels around each are summed; channels beyond the ends count as zeros. */
    private static Tensor localResponse(Call call) {
        Tensor x = call.in(0);
        long size = call.attributes().integer("size", 0);
        require(size >= 1 && x.dim() >= 3, "size of " + size + " for an input of shape " + Sizes.text(x.shape()));
        long channels = x.size(1);
        long before = Math.min((size - 1) / 2, channels - 1);
        long after = Math.min(size - 1 - (size - 1) / 2, channels - 1);
        long[] padding = new long[2 * ((int) x.dim() - 1)];
        padding[padding.length - 2] = before;
        padding[padding.length - 1] = after;
        Tensor squares = torch.constant_pad_nd(x.mul(x), padding, new Scalar(0.0));
        Tensor sum = squares.narrow(1, 0, channels);
        for (long i = 1; i <= before + after; i++) {
            sum = sum.add(squares.narrow(1, i, channels));
        }
        double alpha = call.attributes().real("alpha", 1e-4);
        Tensor base = sum.mul(new Scalar(alpha / size))
                .add(new Scalar((double) call.attributes().real("bias", 1)));
        return x.mul(base.pow(new Scalar(-(double) call.attributes().real("beta", 0.75))));
    }

    private static Tensor meanVariance(Call call) {
        Tensor x = call.in(0);
        long[] axes = call.attributes().integers("axes", 0, 2, 3);
        for (long axis : axes) {
            Sizes.axis(axis, (int) x.dim());
        }
        Tensor apart = x.sub(x.mean(axes, true, new ScalarTypeOptional()));
        Tensor variance = apart.mul(apart).mean(axes, true, new ScalarTypeOptional());
        return apart.div(variance.sqrt().add(new Scalar(1e-9)));
    }

    private static Tensor lp(Call call) {
        Tensor x = call.in(0);
        long p = call.attributes().integer("p", 2);
        require(p == 1 || p == 2, "p of " + p);
        long[] axis = {Sizes.axis(call.attributes().integer("axis", -1), (int) x.dim())};
        Tensor norm = torch.norm(x, new org.bytedeco.pytorch.ScalarOptional(new Scalar((double) p)), axis, true);
        return x.div(norm.masked_fill(norm.eq(new Scalar(0.0)), new Scalar(1.0)));
    }
}
