package io.sapper.defense;

import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Network;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** Runs the whole tail for each number of pruned channels, whatever the tail is. */
final class MaskedTail implements Tail {
    private final Network network;

    MaskedTail(Graph graph, Compute compute) {
        network = Network.of(graph, compute);
    }

    @Override
    public void prune(Tensor features, List<Integer> order, Scores scores) {
        Tensor left = features.clone();
        List<Long> shape = new ArrayList<>(List.of(features.size(0)));
        network.graph().inputShape().forEach(size -> shape.add((long) size));
        long[] sizes = shape.stream().mapToLong(Long::longValue).toArray();
        for (int pruned = 0; pruned <= order.size(); pruned++) {
            if (pruned > 0) {
                left.narrow(1, order.get(pruned - 1), 1).zero_();
            }
            try (PointerScope scope = new PointerScope()) {
                scores.accept(pruned, network.forward(left.reshape(sizes)));
            }
        }
    }

    @Override
    public long passes() {
        return network.passes();
    }

    @Override
    public void close() {
        network.close();
    }
}
