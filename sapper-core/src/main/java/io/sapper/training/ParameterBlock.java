package io.sapper.training;

import io.sapper.network.Network;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * All trainable weights of a network as one vector, and their gradients as another. The network's own tensors become
 * views of them, so that an update is a few operations in all, instead of a few for each of many tensors.
 */
final class ParameterBlock implements AutoCloseable {
    private final Tensor weights;
    private final Tensor gradients;

    private ParameterBlock(Tensor weights, Tensor gradients) {
        this.weights = weights;
        this.gradients = gradients;
    }

    /** Moves a network's trainable weights into a new block. */
    static ParameterBlock of(Network network) {
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            List<String> names = network.graph().trainable();
            long size = network.graph().parameterCount();
            Tensor first = network.value(names.get(0));
            Tensor weights = torch.zeros(size).to(first.device(), first.scalar_type());
            ParameterBlock block = new ParameterBlock(weights, torch.zeros_like(weights));
            long offset = 0;
            for (String name : names) {
                Tensor value = network.value(name);
                part(weights, offset, value.shape()).copy_(value);
                offset += value.numel();
            }
            block.weights.retainReference();
            block.gradients.retainReference();
            block.bind(network);
            return block;
        }
    }

    /** The same weights for a replica, with gradients of its own. */
    ParameterBlock share(Network replica) {
        try (PointerScope scope = new PointerScope()) {
            ParameterBlock block = new ParameterBlock(weights.alias(), torch.zeros_like(gradients));
            block.weights.retainReference();
            block.gradients.retainReference();
            block.bind(replica);
            return block;
        }
    }

    private void bind(Network network) {
        try (PointerScope scope = new PointerScope()) {
            long offset = 0;
            for (String name : network.graph().trainable()) {
                Tensor old = network.value(name);
                long count = old.numel();
                Tensor view = part(weights, offset, old.shape()).detach();
                view.set_requires_grad(true);
                view.mutable_grad().put(part(gradients, offset, old.shape()));
                view.retainReference();
                network.replaceValue(name, view);
                offset += count;
            }
        }
    }

    /**
     * A part of a block as a tensor. The weights of a convolution lie with their input channels last: convolutions and
     * poolings then keep that order throughout, which is the fastest (docs/decisions/0015).
     */
    private static Tensor part(Tensor block, long offset, long[] shape) {
        Tensor part = block.narrow(0, offset, LongStream.of(shape).reduce(1, (a, b) -> a * b));
        return shape.length == 4
                ? part.reshape(shape[0], shape[2], shape[3], shape[1]).permute(0, 3, 1, 2)
                : part.reshape(shape);
    }

    /** Whether every weight is a number that is not infinite. */
    boolean isFinite() {
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            return weights.isfinite().all().item_bool();
        }
    }

    Tensor weights() {
        return weights;
    }

    Tensor gradients() {
        return gradients;
    }

    @Override
    public void close() {
        weights.close();
        gradients.close();
    }
}
