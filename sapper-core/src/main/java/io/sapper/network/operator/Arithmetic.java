package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.type;
import static io.sapper.network.operator.Sizes.require;
import static io.sapper.network.operator.Sizes.support;

import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Arithmetic number by number, of tensors stretched to each other's size. */
final class Arithmetic {
    private Arithmetic() {}

    static List<OperatorType> types() {
        return List.of(
                type("Add", Arithmetic::add)
                        .inputs(2)
                        .attributes(Aligned.FROM)
                        .sizes(Aligned::sizes)
                        .build(),
                two("Sub", torch::sub),
                two("Mul", torch::mul),
                two("Div", Arithmetic::divide),
                two("Pow", Arithmetic::power),
                bits("BitwiseAnd", torch::bitwise_and),
                bits("BitwiseOr", torch::bitwise_or),
                bits("BitwiseXor", torch::bitwise_xor),
                type("BitwiseNot", call -> not(call.in(0)))
                        .sizes(Sizes::same)
                        .traits(OperatorType.Trait.NO_GRADIENT)
                        .build(),
                type("BitShift", Arithmetic::shift)
                        .inputs(2)
                        .attributes("direction")
                        .sizes(Sizes::broadcast)
                        .traits(OperatorType.Trait.NO_GRADIENT)
                        .build(),
                type("Mod", Arithmetic::modulo)
                        .inputs(2)
                        .attributes("fmod")
                        .sizes(Sizes::broadcast)
                        .build(),
                many("Sum", call -> fold(call, torch::add)),
                many("Max", call -> fold(call, torch::maximum)),
                many("Min", call -> fold(call, torch::minimum)),
                many("Mean", Arithmetic::mean));
    }

    private static Tensor add(Call call) {
        int over = call.overwrites(0) ? 0 : 1;
        if (call.overwrites(over) && call.prepared(Boolean.class, () -> alike(call.in(0), call.in(1)))) {
            call.in(over).add_(call.in(1 - over));
            return call.in(over);
        }
        return torch.add(call.in(0), Aligned.second(call));
    }

    private static boolean alike(Tensor a, Tensor b) {
        return Types.of(a) == Types.of(b) && Arrays.equals(a.shape(), b.shape());
    }

    private static OperatorType two(String name, BinaryOperator<Tensor> function) {
        return type(name, call -> function.apply(call.in(0), Aligned.second(call)))
                .inputs(2)
                .attributes(Aligned.FROM)
                .sizes(Aligned::sizes)
                .build();
    }

    private static OperatorType bits(String name, BinaryOperator<Tensor> function) {
        return type(name, call -> function.apply(call.in(0), call.in(1)))
                .inputs(2)
                .sizes(Sizes::broadcast)
                .traits(OperatorType.Trait.NO_GRADIENT)
                .build();
    }

    /** Numbers without a sign stand in wider types with one, where their upper bits would be turned too. */
    private static Tensor not(Tensor x) {
        boolean wide = Types.of(x) == ScalarType.Int || Types.of(x) == ScalarType.Long;
        support(
                !wide || x.numel() == 0 || x.lt(new Scalar(0L)).any().item_bool(),
                "numbers with and without a sign, which differ here, are not told apart");
        return torch.bitwise_not(x);
    }

    private static OperatorType many(String name, OperatorType.OneOutput kernel) {
        return type(name, kernel)
                .inputs(1, Integer.MAX_VALUE)
                .sizes(Sizes::broadcast)
                .build();
    }

    private static Tensor fold(Call call, BinaryOperator<Tensor> function) {
        return call.count() == 1
                ? call.in(0).alias()
                : call.all().stream().reduce(function).orElseThrow();
    }

    private static Tensor mean(Call call) {
        return fold(call, torch::add).div(new Scalar((double) call.count()));
    }

    /** Of whole numbers the fraction is cut off. */
    static Tensor divide(Tensor a, Tensor b) {
        return Types.real(a) ? torch.div(a, b) : torch.floor_divide(torch.sub(a, torch.fmod(a, b)), b);
    }

    /** In the type of the base, whatever the exponent's. */
    private static Tensor power(Tensor base, Tensor exponent) {
        if (Types.real(base) && exponent.dim() == 0 && Types.readable(exponent)) { // squares and roots go faster so
            return torch.pow(base, exponent.item());
        }
        return Types.as(torch.pow(base, exponent), base);
    }

    /** Without {@code fmod} the result has the sign of the divisor, with it that of the dividend. */
    private static Tensor modulo(Call call) {
        if (call.attributes().flag("fmod")) {
            return torch.fmod(call.in(0), call.in(1));
        }
        require(!Types.real(call.in(0)), "floating point numbers need fmod");
        return torch.remainder(call.in(0), call.in(1));
    }

    /** Of unsigned numbers, though libtorch's 32 and 64 bits are signed. */
    private static Tensor shift(Call call) {
        Tensor x = call.in(0);
        Tensor by = call.in(1);
        return switch (call.attributes().text("direction", "")) {
            case "LEFT" -> left(x, by);
            case "RIGHT" -> right(x, by);
            default -> throw new IllegalArgumentException("direction must be LEFT or RIGHT");
        };
    }

    private static Tensor left(Tensor x, Tensor by) {
        Tensor moved = torch.bitwise_left_shift(x, by);
        if (Types.of(x) == ScalarType.Int) { // 16 bits held in 32
            return torch.bitwise_and(moved, new Scalar(0xffffL));
        }
        if (Types.of(x) == ScalarType.Long) {
            support(
                    !torch.logical_and(short32(x), short32(moved).logical_not())
                            .any()
                            .item_bool(),
                    "numbers of 32 and of 64 bits, which differ here, are not told apart");
        }
        return moved;
    }

    private static Tensor short32(Tensor x) {
        return torch.bitwise_right_shift(x, new Scalar(32L)).eq(new Scalar(0L));
    }

    private static Tensor right(Tensor x, Tensor by) {
        Tensor moved = torch.bitwise_right_shift(x, by);
        if (Types.of(x) != ScalarType.Long) {
            return moved;
        }
        Tensor rest = torch.add(by.neg(), new Scalar(64L)); // the sign came in from the left: zeros are meant
        Tensor zeros = torch.bitwise_left_shift(torch.full_like(by, new Scalar(-1L)), rest);
        return torch.bitwise_and(moved, zeros.bitwise_not());
    }
}
