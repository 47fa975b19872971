package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.type;

import io.sapper.network.operator.OperatorType.Trait;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** What layers end in: functions of each number, and normalised exponentials. */
final class Activations {
    private Activations() {}

    static List<OperatorType> types() {
        return List.of(
                type("Relu", Activations::relu)
                        .sizes(Sizes::same)
                        .traits(Trait.POINTWISE, Trait.CHANNELWISE)
                        .build(),
                type("Softmax", call -> torch.softmax(call.in(0), call.attributes().integer("axis", -1)))
                        .attributes("axis")
                        .sizes(Sizes::same)
                        .build());
    }

    private static Tensor relu(Call call) {
        if (!call.overwrites()) {
            return torch.relu(call.in(0));
        }
        torch.relu_(call.in(0));
        return call.in(0);
    }
}
