package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.type;

import io.sapper.network.operator.OperatorType.OneOutput;
import io.sapper.network.operator.OperatorType.Trait;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** What layers end in: functions of each number. */
final class Activations {
    private Activations() {}

    static List<OperatorType> types() {
        return List.of(
                keepsZero("Relu", Activations::relu).build(),
                keepsZero("LeakyRelu", call -> torch.leaky_relu(real(call), set(call, "alpha", 0.01)))
                        .attributes("alpha")
                        .build(),
                keepsZero("PRelu", Activations::parametric)
                        .inputs(2)
                        .attributes(Aligned.FROM)
                        .weights(1)
                        .sizes(Aligned::sizesOfFirst)
                        .build(),
                keepsZero("Elu", call -> elu(call, call.attributes().real("alpha", 1), 1))
                        .attributes("alpha")
                        .build(),
                keepsZero("Selu", Activations::selu)
                        .attributes("alpha", "gamma")
                        .build(),
                keepsZero("Celu", call -> torch.celu(real(call), set(call, "alpha", 1)))
                        .attributes("alpha")
                        .build(),
                pointwise("Sigmoid", call -> torch.sigmoid(real(call))).build(),
                pointwise("HardSigmoid", Activations::hardSigmoid)
                        .attributes("alpha", "beta")
                        .build(),
                keepsZero("HardSwish", call -> torch.hardswish(real(call))).build(),
                keepsZero("Swish", call -> swish(real(call), call.attributes().real("alpha", 1)))
                        .attributes("alpha")
                        .build(),
                pointwise("Softplus", call -> torch.softplus(real(call), new Scalar(1.0), new Scalar(40.0)))
                        .build(), // beyond 40, x itself is nearest even of 64 bits
                keepsZero(
                                "Softsign",
                                call -> torch.div(real(call), real(call).abs().add(new Scalar(1.0))))
                        .build(),
                keepsZero("Tanh", call -> torch.tanh(real(call))).build(),
                keepsZero("Mish", call -> torch.mish(real(call))).build(),
                keepsZero(
                                "Gelu",
                                call -> torch.gelu(real(call), call.attributes().text("approximate", "none")))
                        .attributes("approximate")
                        .build(),
                keepsZero("ThresholdedRelu", Activations::thresholded)
                        .attributes("alpha")
                        .build(),
                pointwise("Shrink", Activations::shrink)
                        .attributes("bias", "lambd")
                        .build(),
                pointwise("Clip", Activations::clip).inputs(1, 3).build());
    }

    private static OperatorType.Builder pointwise(String name, OneOutput kernel) {
        return type(name, kernel).sizes(Sizes::same).traits(Trait.POINTWISE);
    }

    private static OperatorType.Builder keepsZero(String name, OneOutput kernel) {
        return pointwise(name, kernel).traits(Trait.CHANNELWISE);
    }

    private static Tensor real(Call call) {
        return Types.needReal(call.in(0));
    }

    private static Scalar set(Call call, String name, double otherwise) {
        return new Scalar((double) call.attributes().real(name, otherwise));
    }

    private static Tensor relu(Call call) {
        if (!call.overwrites(0)) {
            return torch.relu(call.in(0));
        }
        torch.relu_(call.in(0));
        return call.in(0);
    }

    private static Tensor parametric(Call call) {
        Tensor x = call.in(0);
        return torch.where(x.lt(new Scalar(0.0)), torch.mul(x, Aligned.second(call)), x);
    }

    private static Tensor elu(Call call, double alpha, double gamma) {
        return torch.elu(real(call), new Scalar(alpha), new Scalar(gamma), new Scalar(1.0));
    }

    private static Tensor selu(Call call) {
        return elu(
                call,
                call.attributes().real("alpha", 1.6732631921768188),
                call.attributes().real("gamma", 1.0507010221481323));
    }

    private static Tensor hardSigmoid(Call call) {
        Attributes set = call.attributes();
        return hardSigmoid(real(call), set.real("alpha", 0.2), set.real("beta", 0.5));
    }

    static Tensor hardSigmoid(Tensor x, double slope, double middle) {
        Tensor line = x.mul(new Scalar(slope)).add(new Scalar(middle));
        return torch.clamp(line, new ScalarOptional(new Scalar(0.0)), new ScalarOptional(new Scalar(1.0)));
    }

    static Tensor swish(Tensor x, double alpha) {
        return alpha == 1 ? torch.silu(x) : torch.mul(x, torch.sigmoid(x.mul(new Scalar(alpha))));
    }

    private static Tensor thresholded(Call call) {
        return torch.threshold(real(call), set(call, "alpha", 1), new Scalar(0.0));
    }

    private static Tensor shrink(Call call) {
        Tensor x = call.in(0);
        double edge = call.attributes().real("lambd", 0.5);
        double bias = call.attributes().real("bias", 0);
        Tensor above = Types.as(x.sub(new Scalar(bias)), x);
        Tensor below = Types.as(x.add(new Scalar(bias)), x);
        Tensor inside = torch.where(x.gt(new Scalar(edge)), above, torch.zeros_like(x));
        return torch.where(x.lt(new Scalar(-edge)), below, inside);
    }

    private static Tensor clip(Call call) {
        if (!call.has(1) && !call.has(2)) {
            return call.in(0).alias();
        }
        if (Types.readable(call.orNull(1)) && Types.readable(call.orNull(2))) { // the fast way
            return clip(call, number(call, 1), number(call, 2));
        }
        return torch.clamp(call.in(0), bound(call, 1), bound(call, 2));
    }

    /** Gradients need what came in, so there nothing is won in place. */
    private static Tensor clip(Call call, ScalarOptional least, ScalarOptional most) {
        Tensor x = call.in(0);
        if (!call.overwrites(0) || x.requires_grad()) {
            return torch.clamp(x, least, most);
        }
        torch.clamp_(x, least, most);
        return x;
    }

    private static ScalarOptional number(Call call, int input) {
        return call.has(input) ? new ScalarOptional(inType(call, input).item()) : new ScalarOptional();
    }

    private static TensorOptional bound(Call call, int input) {
        return call.has(input) ? new TensorOptional(inType(call, input)) : new TensorOptional();
    }

    /** In the input's type: bounds that were settings in old opsets are of 32 bits. */
    private static Tensor inType(Call call, int input) {
        return Types.as(call.in(input), call.in(0)).reshape();
    }
}
