package io.sapper.defense;

import io.sapper.network.Tensors;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Mean activation of each channel of a layer over images and positions (Fine-Pruning, section 4.1). */
final class ChannelActivations {
    private final double[] sums;
    private long images;

    ChannelActivations(int channels) {
        sums = new double[channels];
    }

    int channels() {
        return sums.length;
    }

    /** Adds a batch; the tensor is [batch, channels] or [batch, channels, rows, columns]. */
    void add(Tensor activation) {
        Tensor perImage = activation.dim() == 2 ? activation : activation.mean(2, 3);
        float[] values = Tensors.toArray(perImage);
        for (int i = 0; i < values.length; i++) {
            sums[i % sums.length] += values[i];
        }
        images += activation.size(0);
    }

    /** The mean of each channel over all that was added; NaN before anything was. */
    List<Double> means() {
        return Arrays.stream(sums).map(sum -> sum / images).boxed().toList();
    }
}
