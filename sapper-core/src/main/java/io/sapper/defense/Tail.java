package io.sapper.defense;

import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Node;
import io.sapper.network.operator.Attributes;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** The part of a network behind a layer that is pruned in every way. */
interface Tail extends AutoCloseable {
    /** Hears the scores, [batch, classes], of the network with the first {@code pruned} channels of an order pruned. */
    @FunctionalInterface
    interface Scores {
        void accept(int pruned, Tensor scores);
    }

    /** Runs a batch with 0, 1, ... all channels of the order pruned. */
    void prune(Features features, List<Integer> order, Scores scores);

    /** Images sent through it so far. */
    long passes();

    @Override
    void close();

    /**
     * The fastest way that fits: {@link DenseTail} where only a dense layer reads the features.
     *
     * @param features the tensor behind which the tail begins
     */
    static Tail of(Graph graph, String features, int channels, Compute compute) {
        Node first = graph.onlyConsumer(features);
        return first != null
                        && isDense(graph, first)
                        && graph.alongside(features).isEmpty()
                ? new DenseTail(graph.cutAt(features).tail(), first, channels, compute)
                : new MaskedTail(graph, compute);
    }

    /** Whether a node is the weights' product with its input and a bias of one number for each unit, no more. */
    private static boolean isDense(Graph graph, Node node) {
        Attributes set = node.operator().attributes();
        return node.operator().is("Gemm")
                && set.flag("transB")
                && !set.flag("transA")
                && set.real("alpha", 1) == 1
                && set.real("beta", 1) == 1
                && node.inputs().stream().skip(1).allMatch(name -> graph.initializers()
                        .containsKey(name))
                && (node.input(2).isEmpty()
                        || graph.initializer(node.input(2)).shape().size() == 1);
    }
}
