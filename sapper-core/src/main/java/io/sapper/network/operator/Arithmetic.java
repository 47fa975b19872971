package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.type;

import java.util.List;
import org.bytedeco.pytorch.global.torch;

/** Arithmetic number by number, of tensors stretched to each other's size. */
final class Arithmetic {
    private Arithmetic() {}

    static List<OperatorType> types() {
        return List.of(
                type("Add", call -> torch.add(call.in(0), call.in(1)))
                        .inputs(2)
                        .sizes(Sizes::broadcast)
                        .build(),
                type("Mul", call -> torch.mul(call.in(0), call.in(1)))
                        .inputs(2)
                        .sizes(Sizes::broadcast)
                        .build());
    }
}
