package io.sapper.defense;

import io.sapper.network.Channels;
import io.sapper.network.Graph;
import io.sapper.network.Tensors;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Mean activation of each channel of a layer over images and positions (Fine-Pruning, section 4.1). The paper's layers
 * end in an activation; of features that have both signs, the mean size.
 */
final class ChannelActivations {
    private final double[] sums;
    private final int axis;
    private final boolean signed;
    private long images;

    ChannelActivations(Graph graph, String layer) {
        Channels channels = Channels.of(graph, layer);
        sums = new double[channels.count()];
        axis = channels.axis();
        signed = !graph.layers().contains(layer);
    }

    /** Adds a batch; the tensor is as the network makes it. */
    void add(Tensor activation) {
        Tensor sized = signed ? activation.abs() : activation;
        float[] values = Tensors.toArray(perImage(axis == 1 ? sized : sized.movedim(axis, 1)));
        for (int i = 0; i < values.length; i++) {
            sums[i % sums.length] += values[i];
        }
        images += activation.size(0);
    }

    /** The tensor is [batch, channels, ...]. */
    private static Tensor perImage(Tensor activation) {
        return switch ((int) activation.dim()) {
            case 2 -> activation;
            case 4 -> activation.mean(2, 3);
            default -> activation.flatten(2, -1).mean(2);
        };
    }

    /** The mean of each channel over all that was added; NaN before anything was. */
    List<Double> means() {
        return Arrays.stream(sums).map(sum -> sum / images).boxed().toList();
    }
}
