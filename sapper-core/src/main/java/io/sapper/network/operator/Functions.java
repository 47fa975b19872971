package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.type;

import io.sapper.network.operator.OperatorType.Trait;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Mathematical functions of each number. */
final class Functions {
    private Functions() {}

    static List<OperatorType> types() {
        return List.of(
                any("Abs", torch::abs, Trait.CHANNELWISE),
                any("Neg", torch::neg, Trait.CHANNELWISE),
                any("Sign", torch::sign, Trait.CHANNELWISE, Trait.NO_GRADIENT),
                real("Ceil", torch::ceil, Trait.CHANNELWISE, Trait.NO_GRADIENT),
                real("Floor", torch::floor, Trait.CHANNELWISE, Trait.NO_GRADIENT),
                real("Round", torch::round, Trait.CHANNELWISE, Trait.NO_GRADIENT), // halves to even, as libtorch
                real("Sqrt", torch::sqrt, Trait.CHANNELWISE),
                real("Reciprocal", torch::reciprocal),
                real("Exp", torch::exp),
                real("Log", torch::log),
                real("Erf", torch::erf, Trait.CHANNELWISE),
                real("Sin", torch::sin, Trait.CHANNELWISE),
                real("Cos", torch::cos),
                real("Tan", torch::tan, Trait.CHANNELWISE),
                real("Asin", torch::asin, Trait.CHANNELWISE),
                real("Acos", torch::acos),
                real("Atan", torch::atan, Trait.CHANNELWISE),
                real("Sinh", torch::sinh, Trait.CHANNELWISE),
                real("Cosh", torch::cosh),
                real("Asinh", torch::asinh, Trait.CHANNELWISE),
                real("Acosh", torch::acosh),
                real("Atanh", torch::atanh, Trait.CHANNELWISE));
    }

    /** For numbers of any type. */
    private static OperatorType any(String name, UnaryOperator<Tensor> function, Trait... traits) {
        return type(name, call -> function.apply(call.in(0)))
                .sizes(Sizes::same)
                .traits(Trait.POINTWISE)
                .traits(traits)
                .build();
    }

    /** For floating point numbers. */
    static OperatorType real(String name, UnaryOperator<Tensor> function, Trait... traits) {
        return any(name, x -> function.apply(Types.needReal(x)), traits);
    }
}
