package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.type;
import static io.sapper.network.operator.Sizes.require;

import io.sapper.network.operator.OperatorType.Trait;
import java.util.List;
import java.util.function.BinaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Comparing, choosing between two, and logic. */
final class Comparisons {
    private Comparisons() {}

    static List<OperatorType> types() {
        return List.of(
                two("Equal", torch::eq),
                two("Less", torch::lt),
                two("LessOrEqual", torch::le),
                two("Greater", torch::gt),
                two("GreaterOrEqual", torch::ge),
                two("And", torch::logical_and),
                two("Or", torch::logical_or),
                two("Xor", torch::logical_xor),
                type("Not", call -> torch.logical_not(call.in(0)))
                        .sizes(Sizes::same)
                        .traits(Trait.NO_GRADIENT)
                        .build(),
                type("IsNaN", call -> torch.isnan(call.in(0)))
                        .sizes(Sizes::same)
                        .traits(Trait.NO_GRADIENT)
                        .build(),
                type("IsInf", Comparisons::isInfinite)
                        .attributes("detect_negative", "detect_positive")
                        .sizes(Sizes::same)
                        .traits(Trait.NO_GRADIENT)
                        .build(),
                type("Where", Comparisons::where)
                        .inputs(3)
                        .sizes(Sizes::broadcast)
                        .build());
    }

    private static OperatorType two(String name, BinaryOperator<Tensor> function) {
        return type(name, call -> function.apply(call.in(0), Aligned.second(call)))
                .inputs(2)
                .attributes(Aligned.FROM)
                .sizes(Aligned::sizes)
                .traits(Trait.NO_GRADIENT)
                .build();
    }

    private static Tensor isInfinite(Call call) {
        Tensor x = call.in(0);
        boolean negative = call.attributes().integer("detect_negative", 1) != 0;
        boolean positive = call.attributes().integer("detect_positive", 1) != 0;
        if (negative && positive) {
            return torch.isinf(x);
        }
        Tensor none = torch.zeros_like(x).to(ScalarType.Bool);
        return negative ? torch.isneginf(x) : positive ? torch.isposinf(x) : none;
    }

    private static Tensor where(Call call) {
        require(Types.of(call.in(0)) == ScalarType.Bool, "its condition is not of type bool");
        return torch.where(call.in(0), call.in(1), call.in(2));
    }
}
