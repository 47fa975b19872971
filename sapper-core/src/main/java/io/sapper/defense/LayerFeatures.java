package io.sapper.defense;

import io.sapper.data.Dataset;
import io.sapper.network.Channels;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Inference;
import io.sapper.network.Network;
import io.sapper.network.Node;
import io.sapper.network.operator.OperatorType.Trait;
import io.sapper.training.Progress;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;

/**
 * What a layer makes of a data set, computed once and kept (design D3), so that every way of pruning the layer costs
 * only the rest of the network. Two facts save most of that rest too. Pooling works channel by channel, so it is done
 * once and only the pooled values are kept. And a dense layer behind it is a sum over channels, so a network with one
 * channel more is one small product away ({@link DenseTail}).
 */
public final class LayerFeatures implements AutoCloseable {
    private final Tail tail;
    private final List<Features> batches = new ArrayList<>();
    private final int size;
    private final int[] predictions;
    private final List<Double> meanActivations;
    private final long headPasses;

    private LayerFeatures(
            Graph graph, String layer, Dataset data, boolean toTheEnd, Compute compute, Progress progress) {
        Inference.checkInput(graph, data);
        Channels channels = Channels.of(graph, layer);
        String activation = channels.tensor();
        ChannelActivations means = new ChannelActivations(graph, layer);
        String kept = channels.axis() == 1 ? lastChannelwise(graph, activation) : activation;
        size = data.size();
        List<String> taps = new ArrayList<>(List.of(activation, kept));
        taps.addAll(graph.alongside(kept));
        int features = taps.size();
        predictions = new int[toTheEnd ? size : 0];
        if (toTheEnd) {
            taps.add(graph.output());
        }
        try (Network network = Network.of(graph, compute)) {
            Inference.runFilled(network, data, taps, (from, tapped) -> {
                int count = Math.min(Inference.batch(graph), size - from);
                means.add(tapped.get(0).narrow(0, 0, count));
                batches.add(Features.keep(channels, taps.subList(1, features), tapped.subList(1, features), count));
                if (toTheEnd) {
                    Inference.argmax(tapped.get(features).narrow(0, 0, count), predictions, from);
                }
                progress.step(from + count, size);
            });
            headPasses = network.passes();
        }
        meanActivations = means.means();
        tail = Tail.of(graph, kept, channels.count(), compute);
    }

    /** Sends every image through the part of the network before the layer's activation, once. */
    public static LayerFeatures of(Graph graph, String layer, Dataset data, Compute compute) {
        return of(graph, layer, data, compute, Progress.NONE);
    }

    /** As {@link #of(Graph, String, Dataset, Compute)}; {@code progress} hears how many images are done. */
    public static LayerFeatures of(Graph graph, String layer, Dataset data, Compute compute, Progress progress) {
        return new LayerFeatures(graph, layer, data, false, compute, progress);
    }

    /**
     * As {@link #of(Graph, String, Dataset, Compute, Progress)}, and the same pass goes on to the network's end: what
     * it says is known afterwards without another one.
     */
    public static LayerFeatures withPredictions(
            Graph graph, String layer, Dataset data, Compute compute, Progress progress) {
        return new LayerFeatures(graph, layer, data, true, compute, progress);
    }

    /** The last tensor behind an activation whose channels still are the activation's own. */
    private static String lastChannelwise(Graph graph, String activation) {
        String tensor = activation;
        for (Node next = graph.onlyConsumer(tensor); next != null; next = graph.onlyConsumer(tensor)) {
            if (!next.operator().type().is(Trait.CHANNELWISE) || next.made().size() > 1) {
                break;
            }
            tensor = next.output();
        }
        return tensor;
    }

    /** Mean activation of each channel over images and positions. */
    public List<Double> meanActivations() {
        return meanActivations;
    }

    /**
     * What the network says of each image, bit by bit as {@link Inference#predictions(Network, Dataset)}; empty where
     * not asked for.
     */
    public int[] predictions() {
        return predictions.clone();
    }

    /** Images sent through the head: as many as the data set has. */
    public long headPasses() {
        return headPasses;
    }

    /** Images sent through the tail so far. */
    public long tailPasses() {
        return tail.passes();
    }

    /**
     * What the network says of every image as the layer is pruned channel by channel.
     *
     * @param order channels in the order in which they are pruned, each at most once
     * @return predicted classes, [number of channels pruned, 0 to order.size()][image]
     */
    public int[][] predictionsAsPruned(List<Integer> order) {
        return predictionsAsPruned(order, Progress.NONE);
    }

    /** As {@link #predictionsAsPruned(List)}; {@code progress} hears how many images are done, in every state. */
    public int[][] predictionsAsPruned(List<Integer> order, Progress progress) {
        int[][] predictions = new int[order.size() + 1][size];
        int from = 0;
        for (Features batch : batches) {
            int offset = from;
            try (PointerScope scope = new PointerScope();
                    AutoGradMode off = new AutoGradMode(false)) {
                tail.prune(
                        batch,
                        order,
                        (pruned, scores) ->
                                Inference.argmax(scores.narrow(0, 0, batch.images()), predictions[pruned], offset));
            }
            from += batch.images();
            progress.step(from, size);
        }
        return predictions;
    }

    @Override
    public void close() {
        batches.forEach(Features::close);
        batches.clear();
        tail.close();
    }
}
