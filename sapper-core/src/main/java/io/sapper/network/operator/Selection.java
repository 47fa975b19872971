package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.several;
import static io.sapper.network.operator.OperatorType.type;
import static io.sapper.network.operator.Sizes.axis;
import static io.sapper.network.operator.Sizes.require;

import io.sapper.network.operator.OperatorType.Trait;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The largest or smallest numbers and where they are. */
final class Selection {
    private Selection() {}

    static List<OperatorType> types() {
        return List.of(
                extreme("ArgMax", true),
                extreme("ArgMin", false),
                several("TopK", 2, Selection::top)
                        .inputs(2)
                        .attributes("axis", "largest", "sorted")
                        .sizes(Selection::topSizes)
                        .build());
    }

    private static OperatorType extreme(String name, boolean largest) {
        return type(name, call -> extreme(call, largest))
                .attributes("axis", "keepdims", "select_last_index")
                .sizes(Selection::extremeSizes)
                .traits(Trait.NO_GRADIENT)
                .build();
    }

    private static List<long[]> extremeSizes(Known known) {
        long[] shape = known.shape(0);
        int axis = axis(known.attributes().integer("axis", 0), Math.max(1, shape.length));
        List<Long> rest = new ArrayList<>(Arrays.stream(shape).boxed().toList());
        if (!rest.isEmpty()) {
            rest.remove(axis);
            if (keep(known.attributes())) {
                rest.add(axis, 1L);
            }
        }
        return List.of(rest.stream().mapToLong(Long::longValue).toArray());
    }

    private static boolean keep(Attributes set) {
        return set.integer("keepdims", 1) != 0;
    }

    /** The first of equal ones, as libtorch finds it; the last one is the first from behind. */
    private static Tensor extreme(Call call, boolean largest) {
        Tensor x = call.in(0);
        long axis = axis(call.attributes().integer("axis", 0), Math.max(1, x.shape().length));
        boolean last = call.attributes().flag("select_last_index") && x.dim() > 0;
        Tensor searched = last ? torch.flip(x, axis) : x;
        LongOptional along = new LongOptional(axis);
        boolean keep = keep(call.attributes());
        Tensor found = largest ? torch.argmax(searched, along, keep) : torch.argmin(searched, along, keep);
        return last ? found.neg().add(new Scalar(x.size(axis) - 1)) : found;
    }

    private static List<long[]> topSizes(Known known) {
        long[] shape = known.shape(0).clone();
        int axis = axis(known.attributes().integer("axis", -1), shape.length);
        long[] count = known.integers(1);
        require(count.length == 1, "needs one number K");
        require(count[0] >= 0 && count[0] <= shape[axis], "there are no " + count[0] + " of " + shape[axis]);
        shape[axis] = count[0];
        return List.of(shape, shape);
    }

    /** Sorted even where that is not asked for; of equal ones the one with the lower index comes first. */
    private static List<Tensor> top(Call call) {
        Tensor x = call.in(0);
        long axis = axis(call.attributes().integer("axis", -1), x.shape().length);
        boolean largest = call.attributes().integer("largest", 1) != 0;
        long[] count = call.integers(1);
        require(count.length == 1 && count[0] >= 0 && count[0] <= x.size(axis), "its K does not fit");
        T_TensorTensor_T sorted = torch.sort(x, new BoolOptional(true), axis, largest);
        return List.of(sorted.get0().narrow(axis, 0, count[0]), sorted.get1().narrow(axis, 0, count[0]));
    }
}
