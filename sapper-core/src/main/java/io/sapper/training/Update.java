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

    /**
     * Changes the weights by the block's gradients, then clears those.
     *
     * @param learningRate after the schedule
     * @param updates steps done before this one
     */
    void step(double learningRate, long updates) {
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            if (optimizer instanceof Sgd sgd) {
                decay(sgd.weightDecay());
                descend(sgd.momentum(), learningRate);
            } else if (optimizer instanceof ClippedSgd clipped) {
                shorten(clipped.largestNorm());
                decay(clipped.sgd().weightDecay());
                descend(clipped.sgd().momentum(), learningRate);
            } else if (optimizer instanceof Adam adam) {
                adam(adam, learningRate, updates + 1);
            }
            block.gradients().zero_();
        }
    }

    private void shorten(double largestNorm) {
        double norm = block.gradients().norm().item_double();
        if (norm > largestNorm) {
            block.gradients().mul_(new Scalar(largestNorm / norm));
        }
    }

    private void descend(double momentum, double learningRate) {
        Tensor velocity = memories.get(0);
        velocity.mul_(new Scalar(momentum)).add_(block.gradients());
        block.weights().add_(velocity, new Scalar(-learningRate));
    }

    private void adam(Adam adam, double learningRate, long count) {
        decay(adam.weightDecay());
        Tensor gradients = block.gradients();
        Tensor mean = memories.get(0);
        Tensor square = memories.get(1);
        mean.mul_(new Scalar(adam.beta1())).add_(gradients, new Scalar(1 - adam.beta1()));
        square.mul_(new Scalar(adam.beta2())).addcmul_(gradients, gradients, new Scalar(1 - adam.beta2()));
        double step = learningRate / (1 - Math.pow(adam.beta1(), (double) count));
        double scale = 1 / Math.sqrt(1 - Math.pow(adam.beta2(), (double) count));
        Tensor deviation = square.sqrt().mul_(new Scalar(scale)).add_(new Scalar(EPSILON));
        block.weights().addcdiv_(mean, deviation, new Scalar(-step));
    }

    private void decay(double weightDecay) {
        if (weightDecay > 0) {
            block.gradients().add_(block.weights(), new Scalar(weightDecay));
        }
    }

    @Override
    public void close() {
        memories.forEach(Tensor::close);
        memories.clear();
    }
}
