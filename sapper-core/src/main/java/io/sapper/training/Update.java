package io.sapper.training;

import io.sapper.training.Optimizer.Adam;
import io.sapper.training.Optimizer.ClippedSgd;
import io.sapper.training.Optimizer.Sgd;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** An optimizer at work on one block, with what it remembers. */
final class Update implements AutoCloseable {
    private static final double EPSILON = 1e-8;

    private final Optimizer optimizer;
    private final ParameterBlock block;
    private final List<Tensor> memories = new ArrayList<>();

    Update(Optimizer optimizer, ParameterBlock block) {
        this.optimizer = optimizer;
        this.block = block;
        try (PointerScope scope = new PointerScope()) {
            for (int i = 0; i < optimizer.memories(); i++) {
                Tensor memory = torch.zeros_like(block.weights());
                memory.retainReference();
                memories.add(memory);
            }
        }
    }

    /** What is remembered for each weight, one vector each; live tensors. */
    List<Tensor> memories() {
        return memories;
    }

    /** Whether gradients are shortened before each step: then {@link #shorten} comes before the slices. */
    boolean clips() {
        return optimizer instanceof ClippedSgd;
    }

    /** Shortens the block's whole gradient, where it is longer than the optimizer bears. */
    void shorten() {
        if (!(optimizer instanceof ClippedSgd clipped)) {
            return;
        }
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            double norm = block.gradients().norm().item_double();
            if (norm > clipped.largestNorm()) {
                block.gradients().mul_(new Scalar(clipped.largestNorm() / norm));
            }
        }
    }

    /**
     * Changes the weights of a slice by the block's gradients, then clears those.
     *
     * @param learningRate after the schedule
     * @param updates steps done before this one
     */
    void step(Slice slice, double learningRate, long updates) {
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            Tensor weights = slice.of(block.weights());
            Tensor gradients = slice.of(block.gradients());
            if (optimizer instanceof Sgd sgd) {
                sgd(weights, gradients, slice, sgd, learningRate);
            } else if (optimizer instanceof ClippedSgd clipped) {
                sgd(weights, gradients, slice, clipped.sgd(), learningRate);
            } else if (optimizer instanceof Adam adam) {
                decay(weights, gradients, adam.weightDecay());
                adam(weights, gradients, slice, adam, learningRate, updates + 1);
            }
            gradients.zero_();
        }
    }

    private void sgd(Tensor weights, Tensor gradients, Slice slice, Sgd sgd, double learningRate) {
        decay(weights, gradients, sgd.weightDecay());
        Tensor velocity = slice.of(memories.get(0));
        velocity.mul_(new Scalar(sgd.momentum())).add_(gradients);
        weights.add_(velocity, new Scalar(-learningRate));
    }

    private void adam(Tensor weights, Tensor gradients, Slice slice, Adam adam, double learningRate, long count) {
        Tensor mean = slice.of(memories.get(0));
        Tensor square = slice.of(memories.get(1));
        mean.mul_(new Scalar(adam.beta1())).add_(gradients, new Scalar(1 - adam.beta1()));
        square.mul_(new Scalar(adam.beta2())).addcmul_(gradients, gradients, new Scalar(1 - adam.beta2()));
        double step = learningRate / (1 - Math.pow(adam.beta1(), (double) count));
        double scale = 1 / Math.sqrt(1 - Math.pow(adam.beta2(), (double) count));
        Tensor deviation = square.sqrt().mul_(new Scalar(scale)).add_(new Scalar(EPSILON));
        weights.addcdiv_(mean, deviation, new Scalar(-step));
    }

    private static void decay(Tensor weights, Tensor gradients, double weightDecay) {
        if (weightDecay > 0) {
            gradients.add_(weights, new Scalar(weightDecay));
        }
    }

    @Override
    public void close() {
        memories.forEach(Tensor::close);
        memories.clear();
    }
}
