package io.sapper.defense;

import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Node;
import io.sapper.network.Operator;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** The part of a network behind a layer that is pruned in every way. */
interface Tail extends AutoCloseable {
    /** Hears the scores, [batch, classes], of the network with the first {@code pruned} channels of an order pruned. */
    @FunctionalInterface
    interface Scores {
        void accept(int pruned, Tensor scores);
    }

    /** Runs a batch of features, [batch, channels, positions], with 0, 1, ... all channels of the order pruned. */
    void prune(Tensor features, List<Integer> order, Scores scores);

    /** Images sent through it so far. */
    long passes();

    @Override
    void close();

    /** The fastest way that fits: {@link DenseTail} where the tail begins with a dense layer. */
    static Tail of(Graph graph, int channels, Compute compute) {
        Node first = graph.onlyConsumer(graph.input());
        return first != null && first.operator() instanceof Operator.Gemm
                ? new DenseTail(graph, first, channels, compute)
                : new MaskedTail(graph, compute);
    }
}
