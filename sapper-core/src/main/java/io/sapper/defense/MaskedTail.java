package io.sapper.defense;

import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Network;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** Runs all that is behind the features for each number of pruned channels, whatever it is. */
final class MaskedTail implements Tail {
    private final Network network;

    MaskedTail(Graph graph, Compute compute) {
        network = Network.of(graph, compute);
    }

    @Override
    public void prune(Features features, List<Integer> order, Scores scores) {
        Tensor left = features.channels().clone();
        for (int pruned = 0; pruned <= order.size(); pruned++) {
            if (pruned > 0) {
                left.narrow(1, order.get(pruned - 1), 1).zero_();
            }
            try (PointerScope scope = new PointerScope()) {
                scores.accept(pruned, network.resume(features.with(left)));
            }
        }
    }

    @Override
    public long passes() {
        return network.resumed();
    }

    @Override
    public void close() {
        network.close();
    }
}
