package io.sapper.audit;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Adam on a few tensors that are no network's weights. Adam (Kingma and Ba 2015) with short memories: the loss changes
 * as its weights are steered.
 */
final class Ascent implements AutoCloseable {
    private static final double BETA1 = 0.5;
    private static final double BETA2 = 0.9;
    private static final double EPSILON = 1e-8;

    private final double learningRate;
    private final List<Tensor> tensors;
    private final List<Tensor> means = new ArrayList<>();
    private final List<Tensor> squares = new ArrayList<>();
    private double decay1 = 1;
    private double decay2 = 1;

    /** @param tensors leaves that gradients are kept of; they stay the caller's */
    Ascent(List<Tensor> tensors, double learningRate) {
        this.tensors = tensors;
        this.learningRate = learningRate;
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            for (Tensor tensor : tensors) {
                means.add(kept(torch.zeros_like(tensor)));
                squares.add(kept(torch.zeros_like(tensor)));
            }
        }
    }

    private static Tensor kept(Tensor tensor) {
        tensor.retainReference();
        return tensor;
    }

    /**
     * Changes the tensors by their gradients, then clears those.
     *
     * @param share of the learning rate
     */
    void step(double share) {
        decay1 *= BETA1;
        decay2 *= BETA2;
        double rate = share * learningRate / (1 - decay1);
        double scale = 1 / Math.sqrt(1 - decay2);
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            for (int i = 0; i < tensors.size(); i++) {
                Tensor gradient = tensors.get(i).mutable_grad();
                Tensor mean = means.get(i);
                Tensor square = squares.get(i);
                mean.mul_(new Scalar(BETA1)).add_(gradient, new Scalar(1 - BETA1));
                square.mul_(new Scalar(BETA2)).addcmul_(gradient, gradient, new Scalar(1 - BETA2));
                Tensor deviation = square.sqrt().mul_(new Scalar(scale)).add_(new Scalar(EPSILON));
                tensors.get(i).addcdiv_(mean, deviation, new Scalar(-rate));
                gradient.zero_();
            }
        }
    }

    @Override
    public void close() {
        means.forEach(Tensor::close);
        squares.forEach(Tensor::close);
    }
}
