package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.type;
import static io.sapper.network.operator.Sizes.axis;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Exponentials divided by their sum, and their kin. Up to opset 12 they ran over all dimensions from the axis on as if
 * these were one; an upgraded node of then has {@link #FLAT}.
 */
final class Softmaxes {
    /** The setting that an upgraded node of an old opset has. */
    static final String FLAT = "flattened";

    private Softmaxes() {}

    private interface Along {
        Tensor run(Tensor x, long axis);
    }

    static List<OperatorType> types() {
        return List.of(
                of("Softmax", (x, axis) -> torch.softmax(Types.needReal(x), axis)),
                of("LogSoftmax", (x, axis) -> torch.log_softmax(Types.needReal(x), axis)),
                of("Hardmax", Softmaxes::hardmax));
    }

    private static OperatorType of(String name, Along function) {
        return type(name, call -> run(call, function))
                .attributes("axis", FLAT)
                .sizes(Softmaxes::sizes)
                .build();
    }

    private static List<long[]> sizes(Known known) {
        long[] shape = known.shape(0);
        at(known.attributes(), shape.length);
        return List.of(shape);
    }

    /** An old axis may stand behind the last dimension: then every number is alone. */
    private static int at(Attributes set, int rank) {
        long named = set.integer("axis", -1);
        return set.has(FLAT) && named == rank ? rank : axis(named, Math.max(1, rank));
    }

    private static Tensor run(Call call, Along function) {
        Tensor x = call.in(0);
        long[] shape = x.shape();
        int axis = at(call.attributes(), shape.length);
        if (!call.attributes().has(FLAT) || axis == shape.length - 1) {
            return function.run(x, axis);
        }
        long inner = Sizes.count(java.util.Arrays.copyOfRange(shape, axis, shape.length));
        long outer = Sizes.count(java.util.Arrays.copyOf(shape, axis));
        return function.run(x.reshape(outer, inner), 1).reshape(shape);
    }

    private static Tensor hardmax(Tensor x, long axis) {
        Tensor first = torch.argmax(x, new org.bytedeco.pytorch.LongOptional(axis), true);
        return torch.scatter(torch.zeros_like(x), axis, first, new Scalar(1.0));
    }
}
