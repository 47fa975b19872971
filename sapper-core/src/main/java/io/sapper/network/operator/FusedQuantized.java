package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.type;
import static io.sapper.network.operator.Sizes.axis;
import static io.sapper.network.operator.Sizes.require;
import static io.sapper.network.operator.Sizes.support;

import io.sapper.network.operator.OperatorType.OneOutput;
import io.sapper.network.operator.OperatorType.Trait;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * Operators on quantized numbers that ONNX Runtime's tools write: from whole numbers to real ones, the operator itself,
 * and back.
 */
final class FusedQuantized {
    private FusedQuantized() {}

    static List<OperatorType> types() {
        return List.of(
                two("QLinearAdd", torch::add),
                two("QLinearMul", torch::mul),
                one("QLinearSigmoid", (x, set) -> torch.sigmoid(x))
                        .sizes(Sizes::same)
                        .build(),
                one("QLinearLeakyRelu", (x, set) -> leaky(x, set))
                        .attributes("alpha")
                        .sizes(Sizes::same)
                        .build(),
                one("QLinearGlobalAveragePool", (x, set) -> Part.run("GlobalAveragePool", set, channelsFirst(x, set)))
                        .attributes("channels_last")
                        .sizes(known -> Part.sizes("GlobalAveragePool", known, 0))
                        .build(),
                one("QLinearAveragePool", (x, set) -> Part.run("AveragePool", set, channelsFirst(x, set)))
                        .attributes(Windows.ATTRIBUTES)
                        .attributes("ceil_mode", "channels_last", "count_include_pad")
                        .sizes(known -> Part.sizes("AveragePool", known, 0))
                        .build(),
                own("QLinearConcat", FusedQuantized::concat)
                        .inputs(5, Integer.MAX_VALUE)
                        .attributes("axis")
                        .sizes(FusedQuantized::concatSizes)
                        .build(),
                own("QGemm", FusedQuantized::gemm)
                        .inputs(6, 9)
                        .attributes("alpha", "transA", "transB")
                        .sizes(known -> Part.sizes("Gemm", known, 0, 3, 6))
                        .build(),
                own("MatMulIntegerToFloat", FusedQuantized::matMul)
                        .inputs(4, 7)
                        .sizes(known -> Products.matMulSizes(known.shape(0), known.shape(1)))
                        .build(),
                own("DynamicQuantizeMatMul", FusedQuantized::dynamicMatMul)
                        .inputs(3, 5)
                        .sizes(known -> Products.matMulSizes(known.shape(0), known.shape(1)))
                        .build());
    }

    private interface Function {
        Tensor run(Tensor x, Attributes set);
    }

    private static OperatorType.Builder own(String name, OneOutput kernel) {
        return type(name, kernel).domain("com.microsoft").traits(Trait.NO_GRADIENT);
    }

    /** Of one tensor: input, scale, zero point; scale, zero point of the output. */
    private static OperatorType.Builder one(String name, Function function) {
        return own(name, call -> {
                    Tensor made = function.run(real(call, 0), call.attributes());
                    return quantized(made, call.in(3), call.has(4) ? call.in(4) : torch.zeros_like(call.in(0)));
                })
                .inputs(4, 5);
    }

    /** Of two tensors: input, scale, zero point of each; scale, zero point of the output. */
    private static OperatorType two(String name, BinaryOperator<Tensor> function) {
        return own(name, call -> {
                    Tensor made = function.apply(real(call, 0), real(call, 3));
                    return quantized(made, call.in(6), call.has(7) ? call.in(7) : torch.zeros_like(call.in(0)));
                })
                .inputs(7, 8)
                .sizes(known -> List.of(Sizes.broadcast(known.shape(0), known.shape(3))))
                .build();
    }

    /** The numbers that an input, its scale and its zero point stand for. */
    private static Tensor real(Call call, int at) {
        return Part.run("DequantizeLinear", Attributes.NONE, call.in(at), call.in(at + 1), call.orNull(at + 2));
    }

    private static Tensor quantized(Tensor x, Tensor scale, Tensor zeroPoint) {
        Tensor one = zeroPoint.dim() == 0 ? zeroPoint : zeroPoint.flatten().select(0, 0);
        return Part.run("QuantizeLinear", Attributes.NONE, x, scale, one);
    }

    private static Tensor leaky(Tensor x, Attributes set) {
        return Part.run("LeakyRelu", set, x);
    }

    private static Tensor channelsFirst(Tensor x, Attributes set) {
        support(!set.flag("channels_last"), "channels in the last dimension are not supported");
        return x;
    }

    private static Tensor concat(Call call) {
        require(call.count() % 3 == 2, "needs a scale and a zero point for each input");
        Tensor[] parts = new Tensor[call.count() / 3];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = real(call, 2 + 3 * i);
        }
        Tensor joined = torch.cat(new TensorVector(parts), call.attributes().integer("axis", 1));
        return quantized(joined, call.in(0), call.in(1));
    }

    private static List<long[]> concatSizes(Known known) {
        long[] shape = known.shape(2).clone();
        int axis = axis(known.attributes().integer("axis", 1), shape.length);
        for (int i = 5; i < known.count(); i += 3) {
            long[] more = known.shape(i).clone();
            require(more.length == shape.length, "its inputs have different numbers of dimensions");
            long places = more[axis];
            more[axis] = shape[axis];
            require(Arrays.equals(more, shape), "shapes " + Sizes.text(more) + " and " + Sizes.text(shape) + " differ");
            shape[axis] += places;
        }
        return List.of(shape);
    }

    /** Without a scale of the output that is real numbers. The bias counts in steps of both scales' product. */
    private static Tensor gemm(Call call) {
        Attributes set = call.attributes();
        Tensor a = shifted(set.flag("transA") ? call.in(0).t() : call.in(0), call.orNull(2));
        Tensor b = shifted(set.flag("transB") ? call.in(3).t() : call.in(3), call.orNull(5)); // one for each column
        Tensor product = torch.matmul(a, b);
        Tensor sums = call.has(6) ? torch.add(product, call.in(6).to(ScalarType.Double)) : product;
        Tensor made = Products.scaled(
                torch.mul(sums, torch.mul(call.in(1), call.in(4))).to(ScalarType.Float), set.real("alpha", 1));
        return call.has(7)
                ? quantized(made, call.in(7), call.has(8) ? call.in(8) : torch.zeros_like(call.in(0)))
                : made;
    }

    private static Tensor shifted(Tensor x, @Nullable Tensor zeroPoint) {
        Tensor wide = x.to(ScalarType.Double);
        return zeroPoint == null ? wide : torch.sub(wide, zeroPoint.to(ScalarType.Double));
    }

    private static Tensor matMul(Call call) {
        return product(
                shifted(call.in(0), call.orNull(4)),
                shifted(call.in(1), call.orNull(5)),
                torch.mul(call.in(2), call.in(3)),
                call.orNull(6));
    }

    private static Tensor dynamicMatMul(Call call) {
        List<Tensor> made = Quantization.dynamic(call.in(0));
        return product(
                shifted(made.get(0), made.get(2)),
                shifted(call.in(1), call.orNull(3)),
                torch.mul(made.get(1), call.in(2)),
                call.orNull(4));
    }

    private static Tensor product(Tensor a, Tensor b, Tensor scale, @Nullable Tensor bias) {
        Tensor made = torch.mul(torch.matmul(a, b), scale).to(ScalarType.Float);
        return bias == null ? made : torch.add(made, bias);
    }
}
