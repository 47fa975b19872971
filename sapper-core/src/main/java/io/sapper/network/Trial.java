package io.sapper.network;

import io.sapper.network.operator.Call;
import io.sapper.network.operator.Known.NotKnown;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * How large a node's results get, tried on libtorch's device without memory: a kernel there works out sizes and
 * allocates nothing.
 */
final class Trial {
    private Trial() {}

    static List<long[]> sizes(Node node, Sizing sizing) {
        if (!node.operator().attributes().bodies().isEmpty()) {
            throw new NotKnown();
        }
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            List<@Nullable Tensor> in = new ArrayList<>();
            for (String name : node.inputs()) {
                in.add(name.isEmpty() ? null : input(name, sizing));
            }
            List<Tensor> made = Kernels.run(
                    node,
                    new Call(node.operator().attributes(), in, node.outputs().size(), Call.NONE, Kernels.NO_BODIES));
            return made.stream().map(Tensor::shape).toList();
        }
    }

    /** Constants with their numbers, for sizes may depend on them; all else without. */
    private static Tensor input(String name, Sizing sizing) {
        Initializer constant = sizing.anyConstant(name);
        if (constant != null && !constant.type().real()) {
            return Tensors.create(constant);
        }
        return Tensors.empty(sizing.anyShape(name), new Device("meta"));
    }
}
