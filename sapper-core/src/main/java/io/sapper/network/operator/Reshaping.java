package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.several;
import static io.sapper.network.operator.OperatorType.type;
import static io.sapper.network.operator.Sizes.require;

import io.sapper.network.operator.OperatorType.Trait;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** The same numbers in another arrangement. */
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
                type("Flatten", call -> call.in(0).reshape(flat(call.attributes(), call.in(0).shape())))
                        .attributes("axis")
                        .sizes(known -> List.of(flat(known.attributes(), known.shape(0))))
                        .traits(Trait.CHANNELWISE, Trait.VIEW)
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

    /** Does nothing when a network is used, so Sapper, which never trains with it, hands its input on. */
    private static List<Tensor> dropout(Call call) {
        require(call.outputs() == 1, "the mask of Dropout is not supported");
        return List.of(call.in(0).alias());
    }
}
