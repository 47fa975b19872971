package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.type;
import static io.sapper.network.operator.Sizes.require;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Normalisation by statistics of the data or of the input itself. */
final class Normalization {
    private Normalization() {}

    static List<OperatorType> types() {
        return List.of(type("BatchNormalization", Normalization::batch)
                .inputs(5)
                .attributes("epsilon", "momentum", "training_mode")
                .weights(1, 2)
                .statistics(3, 4)
                .sizes(Normalization::batchSizes)
                .build());
    }

    private static List<long[]> batchSizes(Known known) {
        long[] shape = known.shape(0);
        require(shape.length >= 2, "needs channels, not shape " + Sizes.text(shape));
        for (int i = 1; i < 5; i++) {
            require(
                    Arrays.equals(known.shape(i), new long[] {shape[1]}), "its parameters are not one per channel");
        }
        return List.of(shape);
    }

    private static Tensor batch(Call call) {
        require(!call.attributes().flag("training_mode"), "training_mode is not supported");
        return torch.batch_norm(
                call.in(0),
                call.optional(1),
                call.optional(2),
                call.optional(3),
                call.optional(4),
                false,
                0,
                call.attributes().real("epsilon", 1e-5),
                false);
    }
}
