package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.type;
import static io.sapper.network.operator.Sizes.require;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Many numbers to one: sums, means, extremes along some dimensions. */
final class Reductions {
    private Reductions() {}

    /** Along at least one dimension; those stay with size 1 if {@code keep}. */
    private interface Along {
        Tensor run(Tensor x, long[] axes, boolean keep);
    }

    static List<OperatorType> types() {
        return List.of(
                of("ReduceSum", Reductions::sum),
                of("ReduceMean", Reductions::mean),
                of("ReduceMax", Reductions::max),
                of("ReduceMin", Reductions::min),
                of("ReduceProd", Reductions::product),
                of("ReduceL1", torch::abs, Reductions::sum, UnaryOperator.identity()),
                of("ReduceL2", torch::abs, Reductions::norm, UnaryOperator.identity()),
                of("ReduceLogSum", UnaryOperator.identity(), Reductions::sum, torch::log),
                of("ReduceSumSquare", torch::square, Reductions::sum, UnaryOperator.identity()),
                type("ReduceLogSumExp", Reductions::logSumExp)
                        .inputs(1, 2)
                        .attributes("keepdims", "noop_with_empty_axes")
                        .sizes(Reductions::sizes)
                        .build());
    }

    private static OperatorType of(String name, Along step) {
        return of(name, UnaryOperator.identity(), step, UnaryOperator.identity());
    }

    /** Something before the reduction, which is done even where nothing is reduced, and something behind it. */
    private static OperatorType of(
            String name, UnaryOperator<Tensor> before, Along step, UnaryOperator<Tensor> behind) {
        return type(name, call -> {
                    Tensor x = call.in(0);
                    Tensor reduced = reduce(call, before.apply(x), step);
                    return Types.as(behind.apply(reduced), x); // a root of whole numbers is one again
                })
                .inputs(1, 2)
                .attributes("keepdims", "noop_with_empty_axes")
                .sizes(Reductions::sizes)
                .build();
    }

    private static Tensor reduce(Call call, Tensor x, Along step) {
        long[] axes = axes(call.attributes(), call.integers(1), x.shape().length);
        return axes.length == 0 ? x.alias() : step.run(x, axes, keep(call.attributes()));
    }

    private static boolean keep(Attributes set) {
        return set.integer("keepdims", 1) != 0;
    }

    /** The dimensions to reduce, counted from the front, in order; all where none is named. */
    private static long[] axes(Attributes set, long[] named, int rank) {
        TreeSet<Long> axes = new TreeSet<>();
        for (long axis : named) {
            require(axes.add((long) Sizes.axis(axis, rank)), "axis " + axis + " is named twice");
        }
        if (axes.isEmpty() && !set.flag("noop_with_empty_axes")) {
            for (long axis = 0; axis < rank; axis++) {
                axes.add(axis);
            }
        }
        return axes.stream().mapToLong(Long::longValue).toArray();
    }

    private static List<long[]> sizes(Known known) {
        long[] shape = known.shape(0);
        long[] named = known.has(1) ? known.integers(1) : new long[0];
        return List.of(reduced(shape, axes(known.attributes(), named, shape.length), keep(known.attributes())));
    }

    private static long[] reduced(long[] shape, long[] axes, boolean keep) {
        List<Long> rest = new ArrayList<>();
        for (int i = 0; i < shape.length; i++) {
            boolean gone = java.util.Arrays.binarySearch(axes, i) >= 0;
            if (!gone || keep) {
                rest.add(gone ? 1 : shape[i]);
            }
        }
        return rest.stream().mapToLong(Long::longValue).toArray();
    }

    private static Tensor sum(Tensor x, long[] axes, boolean keep) {
        return torch.sum(x, axes, keep, new ScalarTypeOptional(Types.of(x)));
    }

    /** Of whole numbers the root is cut off. libtorch's own norm has a gradient even where all numbers are zero. */
    private static Tensor norm(Tensor x, long[] axes, boolean keep) {
        if (Types.real(x)) {
            return torch.norm(x, new ScalarOptional(new Scalar(2.0)), axes, keep);
        }
        Tensor squares = torch.square(x.to(ScalarType.Double));
        return torch.sqrt(torch.sum(squares, axes, keep, new ScalarTypeOptional()));
    }

    private static Tensor mean(Tensor x, long[] axes, boolean keep) {
        if (Types.real(x)) {
            return torch.mean(x, axes, keep, new ScalarTypeOptional());
        }
        Tensor sum = torch.sum(x, axes, keep, new ScalarTypeOptional(ScalarType.Long));
        long count = 1;
        for (long axis : axes) {
            count *= x.size(axis);
        }
        return Arithmetic.divide(sum, torch.full_like(sum, new Scalar(count)));
    }

    private static Tensor max(Tensor x, long[] axes, boolean keep) {
        return x.numel() == 0 ? constant(x, axes, keep, Types.lowest(x)) : torch.amax(x, axes, keep);
    }

    private static Tensor min(Tensor x, long[] axes, boolean keep) {
        return x.numel() == 0 ? constant(x, axes, keep, Types.highest(x)) : torch.amin(x, axes, keep);
    }

    /** What comes of no numbers at all. */
    private static Tensor constant(Tensor x, long[] axes, boolean keep, Scalar value) {
        return torch.full(reduced(x.shape(), axes, keep), value, x.options());
    }

    /** libtorch multiplies along one dimension at a time: the last one first, so that the others keep their places. */
    private static Tensor product(Tensor x, long[] axes, boolean keep) {
        Tensor product = x;
        for (int i = axes.length - 1; i >= 0; i--) {
            product = torch.prod(product, axes[i], keep, new ScalarTypeOptional(Types.of(x)));
        }
        return product;
    }

    private static Tensor logSumExp(Call call) {
        Tensor x = call.in(0);
        Tensor wide = Types.real(x) ? x : x.to(ScalarType.Double);
        return Types.as(reduce(call, wide, torch::logsumexp), x);
    }
}
