package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.type;
import static io.sapper.network.operator.Sizes.axis;
import static io.sapper.network.operator.Sizes.require;

import io.sapper.network.operator.OperatorType.Trait;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Other element types; sums so far; numbers at equal distances. */
final class Conversions {
    private Conversions() {}

    static List<OperatorType> types() {
        return List.of(
                type("Cast", call -> Types.cast(call.in(0), target(call.attributes())))
                        .attributes("to", "saturate", "round_mode") // both of them: 8 bit floating point types only
                        .sizes(known -> {
                            target(known.attributes());
                            return Sizes.same(known);
                        })
                        .traits(Trait.VIEW, Trait.POINTWISE, Trait.CHANNELWISE)
                        .build(),
                type("CastLike", call -> call.in(0).to(Types.of(call.in(1))).alias())
                        .inputs(2)
                        .attributes("saturate", "round_mode")
                        .sizes(Sizes::same)
                        .traits(Trait.VIEW, Trait.POINTWISE, Trait.CHANNELWISE)
                        .build(),
                type("CumSum", Conversions::sumSoFar)
                        .inputs(2)
                        .attributes("exclusive", "reverse")
                        .sizes(Sizes::same)
                        .build(),
                type("Range", Conversions::range)
                        .inputs(3)
                        .sizes(known -> List.of(new long[] {steps(known.reals(0), known.reals(1), known.reals(2))}))
                        .traits(Trait.NO_GRADIENT)
                        .build());
    }

    private static io.sapper.network.ElementType target(Attributes set) {
        require(set.has("to"), "its attribute to is missing");
        return Types.named(set.integer("to", 0));
    }

    private static Tensor sumSoFar(Call call) {
        Tensor x = call.in(0);
        long axis = axis((long) call.number(1, 0), x.shape().length);
        boolean reverse = call.attributes().flag("reverse");
        Tensor from = reverse ? torch.flip(x, axis) : x;
        Tensor sums = Types.as(torch.cumsum(from, axis), x);
        if (call.attributes().flag("exclusive") && x.size(axis) > 0) {
            Tensor zero = torch.zeros_like(sums.narrow(axis, 0, 1));
            sums = torch.cat(new TensorVector(zero, sums.narrow(axis, 0, x.size(axis) - 1)), axis);
        }
        return reverse ? torch.flip(sums, axis) : sums;
    }

    private static long steps(double[] start, double[] limit, double[] delta) {
        require(start.length == 1 && limit.length == 1 && delta.length == 1, "needs single numbers");
        require(delta[0] != 0, "a step of 0 leads nowhere");
        double steps = Math.max(0, Math.ceil((limit[0] - start[0]) / delta[0]));
        require(steps < Integer.MAX_VALUE, "a range of " + steps + " numbers");
        return (long) steps;
    }

    private static Tensor range(Call call) {
        Tensor start = call.in(0);
        long count = steps(call.reals(0), call.reals(1), call.reals(2));
        Tensor positions =
                torch.arange(new Scalar(count), start.options().dtype(new ScalarTypeOptional(ScalarType.Long)));
        Tensor wide = Types.real(start) ? positions.to(ScalarType.Double) : positions;
        Tensor steps = torch.mul(wide, call.in(2).reshape().to(Types.of(wide)));
        return Types.as(torch.add(steps, start.reshape().to(Types.of(wide))), start);
    }
}
