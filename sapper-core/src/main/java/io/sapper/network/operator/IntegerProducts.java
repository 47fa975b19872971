package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.type;
import static io.sapper.network.operator.Sizes.require;

import io.sapper.network.operator.OperatorType.Trait;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * Products of quantized numbers. Computed in 64 bit floating point numbers, in which the sums of such products are
 * exact and which libtorch multiplies fast on every device.
 */
final class IntegerProducts {
    private IntegerProducts() {}

    static List<OperatorType> types() {
        return List.of(
                type("MatMulInteger", IntegerProducts::matMul)
                        .inputs(2, 4)
                        .sizes(known -> Products.matMulSizes(known.shape(0), known.shape(1)))
                        .traits(Trait.NO_GRADIENT)
                        .build(),
                type("QLinearMatMul", IntegerProducts::quantizedMatMul)
                        .inputs(8)
                        .sizes(known -> Products.matMulSizes(known.shape(0), known.shape(3)))
                        .traits(Trait.NO_GRADIENT)
                        .build(),
                type("ConvInteger", IntegerProducts::convolution)
                        .inputs(2, 4)
                        .attributes(Windows.ATTRIBUTES)
                        .attributes("group")
                        .sizes(known -> Part.sizes("Conv", known, 0, 1))
                        .traits(Trait.NO_GRADIENT)
                        .build(),
                type("QLinearConv", IntegerProducts::quantizedConvolution)
                        .inputs(8, 9)
                        .attributes(Windows.ATTRIBUTES)
                        .attributes("group")
                        .sizes(known -> Part.sizes("Conv", known, 0, 3, 8))
                        .traits(Trait.NO_GRADIENT)
                        .build());
    }

    private static Tensor shifted(Tensor x, @Nullable Tensor zeroPoint) {
        Tensor wide = x.to(ScalarType.Double);
        return zeroPoint == null ? wide : torch.sub(wide, zeroPoint.to(ScalarType.Double));
    }

    /** One number for each row of a matrix, so that it stretches to it. */
    private static @Nullable Tensor rows(@Nullable Tensor values, Tensor matrix) {
        boolean vector = values != null && values.dim() == 1 && values.numel() > 1 && matrix.dim() > 1;
        return vector ? values.unsqueeze(-1) : single(values);
    }

    /** A number alone stretches to anything. */
    private static @Nullable Tensor single(@Nullable Tensor values) {
        return values != null && values.dim() == 1 && values.numel() == 1 ? values.reshape() : values;
    }

    /** One number for each filter, so that it stretches to what is named: filters, or channels at dimension 1. */
    private static @Nullable Tensor filters(@Nullable Tensor values, int dimension, long rank) {
        if (values == null || values.numel() == 1) {
            return values == null ? null : values.reshape();
        }
        long[] shape = LongStream.generate(() -> 1).limit(rank).toArray();
        shape[dimension] = values.numel();
        return values.reshape(shape);
    }

    private static Tensor matMul(Call call) {
        Tensor a = shifted(call.in(0), rows(call.orNull(2), call.in(0)));
        Tensor b = shifted(call.in(1), single(call.orNull(3)));
        return torch.matmul(a, b).to(ScalarType.Int);
    }

    private static Tensor quantizedMatMul(Call call) {
        Tensor a = shifted(call.in(0), rows(call.in(2), call.in(0)));
        Tensor b = shifted(call.in(3), single(call.in(5)));
        Tensor scale = torch.mul(present(rows(call.in(1), call.in(0))), present(single(call.in(4))));
        return requantized(torch.matmul(a, b), torch.div(scale, present(single(call.in(6)))), call.in(7));
    }

    private static Tensor present(@Nullable Tensor tensor) {
        require(tensor != null, "a scale is missing");
        return tensor;
    }

    private static Tensor requantized(Tensor sums, Tensor scale, Tensor zeroPoint) {
        Tensor steps = torch.round(torch.mul(sums, scale.to(ScalarType.Double)));
        Tensor moved = torch.add(steps, present(single(zeroPoint)).to(ScalarType.Double));
        return Quantization.saturate(moved, Quantization.quantizedType(zeroPoint));
    }

    private static Tensor convolution(Call call) {
        Tensor x = shifted(call.in(0), single(call.orNull(2)));
        Tensor weights =
                shifted(call.in(1), filters(call.orNull(3), 0, call.in(1).dim()));
        return Part.run("Conv", call.attributes(), x, weights).to(ScalarType.Int);
    }

    private static Tensor quantizedConvolution(Call call) {
        long rank = call.in(0).dim();
        Tensor x = shifted(call.in(0), single(call.in(2)));
        Tensor weights = shifted(call.in(3), filters(call.in(5), 0, rank));
        Tensor bias = call.orNull(8);
        Tensor sums = Part.run("Conv", call.attributes(), x, weights, bias == null ? null : bias.to(ScalarType.Double));
        Tensor scale = torch.mul(present(single(call.in(1))), present(filters(call.in(4), 1, rank)));
        return requantized(sums, torch.div(scale, present(single(call.in(6)))), call.in(7));
    }
}
