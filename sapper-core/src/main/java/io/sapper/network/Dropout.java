package io.sapper.network;

import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * Numbers left out by chance while training (Srivastava et al. 2014); those that stay are made larger, so that their
 * mean stays. What is left out comes from a generator of ours, never from libtorch's global one (docs/decisions/0054).
 */
final class Dropout {
    private static final double USUAL = 0.5;

    private Dropout() {}

    static boolean is(Node node) {
        return node.operator().is("Dropout");
    }

    /**
     * The node's outputs.
     *
     * @param inputs numbers, and where the node says it, the share that is left out
     */
    static List<Tensor> run(Node node, List<@Nullable Tensor> inputs, Compute compute, RandomGenerator random) {
        Tensor numbers = inputs.get(0);
        Tensor said = inputs.size() > 1 ? inputs.get(1) : null;
        if (numbers == null) {
            throw new IllegalArgumentException("has no input");
        }
        double share = said == null ? USUAL : said.item_double();
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException("leaves out a share of " + share + "; expected 0 or more, below 1");
        }
        Tensor kept = kept(numbers, share, compute, random);
        Tensor dropped = numbers.mul(kept);
        return node.outputs().size() == 1 ? List.of(dropped) : List.of(dropped, kept.to(ScalarType.Bool));
    }

    /** 0 where a number is left out, else what it is multiplied by. */
    private static Tensor kept(Tensor numbers, double share, Compute compute, RandomGenerator random) {
        float[] factors = new float[Math.toIntExact(numbers.numel())];
        float stays = (float) (1 / (1 - share));
        for (int i = 0; i < factors.length; i++) {
            factors[i] = random.nextDouble() < share ? 0 : stays;
        }
        return Engine.move(Tensor.create(factors, numbers.shape()), compute);
    }
}
