package io.sapper.defense;

import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Network;
import io.sapper.network.Node;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A tail that begins with a dense layer. What the dense layer gives is its bias plus one product per channel, so we
 * begin with all channels of the order pruned and add them one by one, last pruned first: the work of one dense layer
 * for the whole curve instead of one for each of its points.
 */
final class DenseTail implements Tail {
    private final Network dense;
    private final Network rest;
    private final String weights;
    private final List<String> bias;
    private final int channels;

    DenseTail(Graph graph, Node first, int channels, Compute compute) {
        Graph.Cut cut = graph.cutAt(first.output());
        dense = Network.of(cut.head(), compute);
        rest = Network.of(cut.tail(), compute);
        weights = first.inputs().get(1);
        bias = first.inputs().subList(2, first.inputs().size());
        this.channels = channels;
    }

    @Override
    public void prune(Features batch, List<Integer> order, Scores scores) {
        Tensor features = batch.channels();
        Tensor byChannel = dense.value(weights).reshape(dense.value(weights).size(0), channels, -1);
        Tensor sum = torch.zeros(features.size(0), byChannel.size(0)).to(features.device(), features.scalar_type());
        bias.forEach(name -> sum.add_(dense.value(name)));
        Set<Integer> never = new HashSet<>(IntStream.range(0, channels).boxed().toList());
        never.removeAll(order);
        never.forEach(channel -> addChannel(sum, features, byChannel, channel));
        for (int pruned = order.size(); pruned >= 0; pruned--) {
            if (pruned < order.size()) {
                addChannel(sum, features, byChannel, order.get(pruned));
            }
            try (PointerScope scope = new PointerScope()) {
                scores.accept(pruned, rest.forward(sum));
            }
        }
    }

    private static void addChannel(Tensor sum, Tensor features, Tensor byChannel, int channel) {
        try (PointerScope scope = new PointerScope()) {
            sum.addmm_(features.select(1, channel), byChannel.select(1, channel).t());
        }
    }

    @Override
    public long passes() {
        return rest.passes();
    }

    @Override
    public void close() {
        dense.close();
        rest.close();
    }
}
