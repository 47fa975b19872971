package io.sapper.training;

import io.sapper.network.Network;
import io.sapper.network.operator.NotSupported;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * What a network learns: examples, and how wrong the network is about some of them. {@link Trainer} decides on their
 * order and changes the weights. It belongs to whoever made it.
 */
public interface Lesson {
    /** What messages call the examples, for example {@code MNIST training}. */
    String name();

    /** How many examples there are, at least one. */
    int size();

    /** What they are, for example {@code images}. */
    String noun();

    /** Equal digests mean equal examples, in the same order. */
    String digest();

    /**
     * Throws if this cannot be learned by the network.
     *
     * @throws IllegalArgumentException if the examples do not fit it
     * @throws NotSupported if it has nothing to learn with
     */
    void check(Network network);

    /**
     * Which example comes at which position of an epoch: by chance.
     *
     * @param epoch from 0
     */
    default int[] order(int epoch, long seed) {
        return Presentation.PLAIN.order(size(), epoch, seed);
    }

    /**
     * Begins an epoch.
     *
     * @param epoch from 0
     * @param order which example comes at which position
     */
    void begin(int epoch, int[] order);

    /**
     * The loss of some examples with gradients, in the caller's scope. Several threads may ask at the same time, each
     * with a network of its own; equal arguments give equal bits.
     *
     * @param from position in the order of the first one
     * @param count how many
     * @param also tensors of the same pass that are wanted besides
     */
    Loss loss(Network network, int from, int count, List<String> also);

    /**
     * How wrong a network is.
     *
     * @param sum over the examples, one number
     * @param also the tensors wanted besides, in their order
     */
    record Loss(Tensor sum, List<Tensor> also) {}
}
