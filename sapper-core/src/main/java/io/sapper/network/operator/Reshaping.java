package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.several;
import static io.sapper.network.operator.OperatorType.type;
import static io.sapper.network.operator.Sizes.require;
import static io.sapper.network.operator.Sizes.support;

import io.sapper.network.operator.OperatorType.Trait;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The same numbers in another arrangement, and sizes as numbers. */
final class Reshaping {
    private Reshaping() {}

    static List<OperatorType> types() {
        return List.of(
                type("Identity", call -> call.in(0).alias())
                        .sizes(Sizes::same)
                        .traits(Trait.POINTWISE, Trait.CHANNELWISE, Trait.VIEW)
                        .build(),
                several("Dropout", 2, Reshaping::dropout)
                        .inputs(1, 3)
                        .attributes("seed")
                        .sizes(Sizes::same)
                        .traits(Trait.POINTWISE, Trait.CHANNELWISE, Trait.VIEW)
                        .build(),
                type("Flatten", call -> call.in(0)
                                .reshape(call.prepared(
                                        long[].class,
                                        () -> flat(call.attributes(), call.in(0).shape()))))
                        .attributes("axis")
                        .sizes(known -> List.of(flat(known.attributes(), known.shape(0))))
                        .traits(Trait.CHANNELWISE, Trait.VIEW)
                        .build(),
                type("Reshape", call -> call.in(0)
                                .reshape(reshaped(call.in(0).shape(), call.integers(1), call.attributes())))
                        .inputs(2)
                        .attributes("allowzero")
                        .sizes(known -> List.of(reshaped(known.shape(0), known.integers(1), known.attributes())))
                        .traits(Trait.VIEW)
                        .build(),
                type("Squeeze", call -> call.in(0)
                                .reshape(squeezed(call.in(0).shape(), call.has(1) ? call.integers(1) : null)))
                        .inputs(1, 2)
                        .sizes(known -> List.of(squeezed(known.shape(0), known.has(1) ? known.integers(1) : null)))
                        .traits(Trait.VIEW)
                        .build(),
                type("Unsqueeze", call -> call.in(0)
                                .reshape(unsqueezed(call.in(0).shape(), call.integers(1))))
                        .inputs(2)
                        .sizes(known -> List.of(unsqueezed(known.shape(0), known.integers(1))))
                        .traits(Trait.VIEW)
                        .build(),
                type("Transpose", call -> call.in(0).permute(order(call.attributes(), (int)
                                call.in(0).dim())))
                        .attributes("perm")
                        .sizes(Reshaping::transposedSizes)
                        .traits(Trait.VIEW)
                        .build(),
                type("Shape", Reshaping::shape)
                        .attributes("start", "end")
                        .sizes(known -> List.of(new long[] {part(known.attributes(), known.shape(0)).length}))
                        .traits(Trait.NO_GRADIENT)
                        .build(),
                type(
                                "Size",
                                call -> Made.longs(
                                        call.in(0), new long[] {call.in(0).numel()}))
                        .sizes(known -> List.of(new long[0]))
                        .traits(Trait.NO_GRADIENT)
                        .build());
    }

    private static long[] flat(Attributes attributes, long[] shape) {
        long axis = attributes.integer("axis", 1);
        require(
                axis >= -shape.length && axis <= shape.length,
                "axis " + axis + " is none of " + shape.length + " dimension(s)");
        int at = (int) (axis < 0 ? axis + shape.length : axis);
        return new long[] {
            Sizes.count(Arrays.copyOf(shape, at)), Sizes.count(Arrays.copyOfRange(shape, at, shape.length))
        };
    }

    /**
     * Does nothing when a network is used, so Sapper, which never trains with it, hands its input on; the mask says
     * that all was kept.
     */
    private static List<Tensor> dropout(Call call) {
        boolean training = call.has(2) && call.number(2, 0) != 0;
        support(
                !training || call.number(1, 0.5) == 0,
                "with training_mode it leaves numbers out by chance, which is not supported");
        Tensor x = call.in(0);
        return call.outputs() == 1
                ? List.of(x.alias())
                : List.of(x.alias(), Made.filled(x, ScalarType.Bool, 1, x.shape()));
    }

    private static long[] reshaped(long[] shape, long[] asked, Attributes attributes) {
        String problem = "shape " + Sizes.text(shape) + " cannot become " + Sizes.text(asked);
        boolean keepsZero = attributes.flag("allowzero");
        long[] result = asked.clone();
        int open = -1;
        for (int i = 0; i < result.length; i++) {
            require(result[i] >= -1 && !(result[i] == -1 && open >= 0), problem);
            if (result[i] == -1) {
                open = i;
                result[i] = 1;
            } else if (result[i] == 0 && !keepsZero) {
                require(i < shape.length, problem);
                result[i] = shape[i];
            }
        }
        long count = Sizes.count(shape);
        long known = Sizes.count(result);
        if (open >= 0) {
            require(known > 0 && count % known == 0, problem);
            result[open] = count / known;
        }
        require(Sizes.count(result) == count, problem);
        return result;
    }

    private static long[] squeezed(long[] shape, long @org.jspecify.annotations.Nullable [] axes) {
        boolean[] gone = new boolean[shape.length];
        if (axes == null) {
            for (int i = 0; i < shape.length; i++) {
                gone[i] = shape[i] == 1;
            }
        } else {
            for (long axis : axes) {
                int at = Sizes.axis(axis, shape.length);
                require(shape[at] == 1, "dimension " + at + " of " + Sizes.text(shape) + " is not 1");
                gone[at] = true;
            }
        }
        long[] result = new long[shape.length];
        int count = 0;
        for (int i = 0; i < shape.length; i++) {
            if (!gone[i]) {
                result[count++] = shape[i];
            }
        }
        return Arrays.copyOf(result, count);
    }

    private static long[] unsqueezed(long[] shape, long[] axes) {
        long[] result = new long[shape.length + axes.length];
        for (long axis : axes) {
            int at = Sizes.axis(axis, result.length);
            require(result[at] == 0, "axes " + Sizes.text(axes) + " name one twice");
            result[at] = -1;
        }
        int from = 0;
        for (int i = 0; i < result.length; i++) {
            result[i] = result[i] == -1 ? 1 : shape[from++];
        }
        return result;
    }

    private static long[] order(Attributes attributes, int rank) {
        long[] order = new long[rank];
        Arrays.setAll(order, i -> rank - 1 - i);
        order = attributes.integers("perm", order);
        long[] sorted = order.clone();
        Arrays.sort(sorted);
        boolean each = sorted.length == rank;
        for (int i = 0; i < rank && each; i++) {
            each = sorted[i] == i;
        }
        require(each, "perm " + Sizes.text(order) + " does not name each of " + rank + " dimension(s) once");
        return order;
    }

    private static List<long[]> transposedSizes(Known known) {
        long[] shape = known.shape(0);
        long[] order = order(known.attributes(), shape.length);
        return List.of(Arrays.stream(order).map(axis -> shape[(int) axis]).toArray());
    }

    private static Tensor shape(Call call) {
        return Made.row(call.in(0), part(call.attributes(), call.in(0).shape()));
    }

    private static long[] part(Attributes attributes, long[] shape) {
        int start = clamp(attributes.integer("start", 0), shape.length);
        int end = clamp(attributes.integer("end", shape.length), shape.length);
        return Arrays.copyOfRange(shape, start, Math.max(start, end));
    }

    private static int clamp(long at, int rank) {
        return (int) Math.max(0, Math.min(rank, at < 0 ? at + rank : at));
    }
}
