package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.several;
import static io.sapper.network.operator.OperatorType.type;
import static io.sapper.network.operator.Sizes.require;

import io.sapper.network.operator.OperatorType.OneOutput;
import io.sapper.network.operator.OperatorType.Trait;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Several operators in one, as the optimizer of ONNX Runtime writes them. */
final class Fused {
    private static final String[] GEMM = {
        "activation", "activation_alpha", "activation_beta", "activation_gamma", "alpha", "beta", "transA", "transB"
    };

    private Fused() {}

    static List<OperatorType> types() {
        return List.of(
                own("FusedConv", Fused::convolution)
                        .inputs(2, 4)
                        .attributes(Windows.ATTRIBUTES)
                        .attributes("activation", "activation_params", "group")
                        .weights(1, 2)
                        .sizes(Fused::convolutionSizes)
                        .traits(Trait.LAYER)
                        .build(),
                own("FusedGemm", Fused::gemm)
                        .inputs(2, 3)
                        .attributes(GEMM)
                        .weights(0, 1, 2)
                        .sizes(Products::gemmSizes)
                        .traits(Trait.LAYER)
                        .build(),
                own("FusedMatMul", Fused::matMul)
                        .inputs(2)
                        .attributes("alpha", "transA", "transB", "transBatchA", "transBatchB")
                        .weights(0, 1)
                        .sizes(Fused::matMulSizes)
                        .traits(Trait.LAYER)
                        .build(),
                own("Gelu", call -> torch.gelu(Types.needReal(call.in(0))))
                        .sizes(Sizes::same)
                        .traits(Trait.POINTWISE, Trait.CHANNELWISE)
                        .build(),
                own("BiasGelu", call -> torch.gelu(torch.add(Types.needReal(call.in(0)), call.in(1))))
                        .inputs(2)
                        .weights(1)
                        .sizes(Aligned::sizesOfFirst)
                        .build(),
                own("FastGelu", Fused::fastGelu)
                        .inputs(1, 2)
                        .weights(1)
                        .sizes(Sizes::same)
                        .build(),
                own(
                                "QuickGelu",
                                call -> Activations.swish(
                                        call.in(0), call.attributes().real("alpha", 1.702)))
                        .attributes("alpha")
                        .sizes(Sizes::same)
                        .traits(Trait.POINTWISE, Trait.CHANNELWISE)
                        .build(),
                several("SkipLayerNormalization", 4, Fused::skipNormalization)
                        .domain("com.microsoft")
                        .inputs(3, 5)
                        .attributes("epsilon")
                        .weights(2, 3, 4)
                        .sizes(Fused::skipSizes)
                        .build(),
                several("SkipSimplifiedLayerNormalization", 4, Fused::skipSimplified)
                        .domain("com.microsoft")
                        .inputs(3, 4)
                        .attributes("epsilon")
                        .weights(2, 3)
                        .sizes(Fused::skipSizes)
                        .build());
    }

    private static OperatorType.Builder own(String name, OneOutput kernel) {
        return type(name, kernel).domain("com.microsoft");
    }

    private static List<long[]> convolutionSizes(Known known) {
        List<long[]> sizes = Part.sizes("Conv", known, 0, 1, 2);
        require(
                !known.has(3) || Arrays.equals(known.shape(3), sizes.get(0)),
                "what is added does not have the result's shape");
        return sizes;
    }

    private static Tensor convolution(Call call) {
        Tensor made = Part.run("Conv", call.attributes(), call.in(0), call.in(1), call.orNull(2));
        Tensor summed = call.has(3) ? torch.add(made, call.in(3)) : made;
        return activate(summed, call.attributes(), call.attributes().reals("activation_params"));
    }

    private static Tensor gemm(Call call) {
        Attributes set = call.attributes();
        return activate(Products.gemm(call), set, set.real("activation_alpha", 0), set.real("activation_beta", 0));
    }

    private static Tensor activate(Tensor x, Attributes set, float... parameters) {
        String name = set.text("activation", "");
        return switch (name) {
            case "" -> x;
            case "Relu" -> torch.relu(x);
            case "Tanh" -> torch.tanh(x);
            case "Sigmoid" -> torch.sigmoid(x);
            case "HardSwish" -> torch.hardswish(x);
            case "LeakyRelu" -> torch.leaky_relu(x, new Scalar(parameter(parameters, 0)));
            case "Clip" ->
                torch.clamp(
                        x,
                        new ScalarOptional(new Scalar(parameter(parameters, 0))),
                        new ScalarOptional(new Scalar(parameter(parameters, 1))));
            case "HardSigmoid" -> Activations.hardSigmoid(x, parameter(parameters, 0), parameter(parameters, 1));
            default -> throw new NotSupported("the activation " + name + " is not supported");
        };
    }

    private static double parameter(float[] parameters, int position) {
        require(position < parameters.length, "a parameter of its activation is missing");
        return parameters[position];
    }

    /** An operand after the turns that the node asks for: first dimension to the last but one, last two swapped. */
    private static long[] turned(long[] shape, boolean batch, boolean matrix) {
        int rank = shape.length;
        long[] turned = shape.clone();
        if (batch && rank > 2) {
            System.arraycopy(shape, 1, turned, 0, rank - 2);
            turned[rank - 2] = shape[0];
        }
        if (matrix && rank > 1) {
            long last = turned[rank - 1];
            turned[rank - 1] = turned[rank - 2];
            turned[rank - 2] = last;
        }
        return turned;
    }

    private static Tensor turned(Tensor x, boolean batch, boolean matrix) {
        Tensor moved = batch && x.dim() > 2 ? x.movedim(0, -2) : x;
        return matrix && x.dim() > 1 ? moved.transpose(-1, -2) : moved;
    }

    private static List<long[]> matMulSizes(Known known) {
        Attributes set = known.attributes();
        return Products.matMulSizes(
                turned(known.shape(0), set.flag("transBatchA"), set.flag("transA")),
                turned(known.shape(1), set.flag("transBatchB"), set.flag("transB")));
    }

    private static Tensor matMul(Call call) {
        Attributes set = call.attributes();
        Tensor product = torch.matmul(
                turned(call.in(0), set.flag("transBatchA"), set.flag("transA")),
                turned(call.in(1), set.flag("transBatchB"), set.flag("transB")));
        return Products.scaled(product, set.real("alpha", 1));
    }

    private static Tensor fastGelu(Call call) {
        Tensor x = Types.needReal(call.in(0));
        return torch.gelu(call.has(1) ? torch.add(x, call.in(1)) : x, "tanh");
    }

    private static List<long[]> skipSizes(Known known) {
        long[] shape = known.shape(0);
        require(shape.length >= 2, "needs at least two dimensions, not " + Sizes.text(shape));
        long[] statistics = shape.clone();
        statistics[shape.length - 1] = 1;
        return List.of(shape, statistics, statistics, shape);
    }

    private static List<Tensor> skipNormalization(Call call) {
        Tensor sum = torch.add(call.in(0), call.in(1));
        Tensor x = call.has(4) ? torch.add(sum, call.in(4)) : sum;
        long[] last = {-1};
        Tensor mean = torch.mean(x, last, true, new org.bytedeco.pytorch.ScalarTypeOptional());
        Tensor centred = torch.sub(x, mean);
        Tensor variance = torch.mean(torch.square(centred), last, true, new org.bytedeco.pytorch.ScalarTypeOptional());
        Tensor factor =
                torch.rsqrt(variance.add(new Scalar((double) call.attributes().real("epsilon", 1e-12))));
        Tensor scaled = torch.mul(torch.mul(centred, factor), call.in(2));
        return List.of(call.has(3) ? torch.add(scaled, call.in(3)) : scaled, mean, factor, x);
    }

    /** By the root mean square alone, nothing taken off; the bias is summed with what comes in. */
    private static List<Tensor> skipSimplified(Call call) {
        Tensor sum = torch.add(call.in(0), call.in(1));
        Tensor x = call.has(3) ? torch.add(sum, call.in(3)) : sum;
        long[] last = {-1};
        Tensor factor =
                LayerNormalization.inverseRoot(x, last, call.attributes().real("epsilon", 1e-12));
        Tensor mean = torch.mean(x, last, true, new org.bytedeco.pytorch.ScalarTypeOptional());
        return List.of(torch.mul(torch.mul(x, factor), call.in(2)), mean, factor, x);
    }
}
