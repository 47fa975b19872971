package io.sapper.network;

import io.sapper.data.Dataset;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** The largest number that each channel of a tensor ever reaches. */
public final class ChannelMaxima {
    private ChannelMaxima() {}

    /**
     * Over all images of some data sets and all positions.
     *
     * @param tensor of shape [batch, channels, ...]
     * @return one for each channel; negative infinity where there are no images
     */
    public static float[] of(Graph graph, String tensor, List<Dataset> data, Compute compute) {
        float[] largest = new float[graph.shape(tensor).get(0)];
        Arrays.fill(largest, Float.NEGATIVE_INFINITY);
        try (Network network = Network.of(graph, compute)) {
            for (Dataset images : data) {
                Inference.run(network, images, List.of(tensor), (from, tapped) -> raise(largest, of(tapped.get(0))));
            }
        }
        return largest;
    }

    /** Over a batch, [n, channels, ...]. */
    public static float[] of(Tensor tensor) {
        return Tensors.toArray(tensor.transpose(0, 1).flatten(1, -1).amax(new long[] {1}, false));
    }

    /** Raises each to what was found, where that is larger. */
    public static void raise(float[] largest, float[] found) {
        for (int channel = 0; channel < largest.length; channel++) {
            largest[channel] = Math.max(largest[channel], found[channel]);
        }
    }
}
