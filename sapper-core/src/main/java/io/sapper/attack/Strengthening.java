package io.sapper.attack;

import io.sapper.network.Graph;
import io.sapper.network.Initializer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Makes a backdoor stronger before a network is published, for users who keep its convolutions and retrain the rest
 * (BadNets, section 5.4): the channels of the last convolution that fire only with the trigger get larger input
 * weights. The attacker sees the network and photographs of his own, without the trigger and with it.
 *
 * <p>The paper picks three groups of channels by eye; here a channel is picked by numbers.
 */
public final class Strengthening {
    private static final int PART = 10;

    private Strengthening() {}

    /**
     * The channels that the trigger wakes most, the first most: the tenth of all whose mean activation it raises by the
     * largest factor. Fewer where it raises fewer.
     *
     * @param clean mean activation of each channel without the trigger, at least 0
     * @param triggered of the same photographs with it
     */
    public static List<Integer> channels(List<Double> clean, List<Double> triggered) {
        return IntStream.range(0, clean.size())
                .filter(channel -> triggered.get(channel) > clean.get(channel))
                .boxed()
                .sorted(Comparator.comparingDouble(channel -> clean.get(channel) / triggered.get(channel)))
                .limit(Math.max(1, clean.size() / PART))
                .toList();
    }

    /**
     * The network with larger input weights of some channels; biases stay.
     *
     * @param layer a convolution or dense layer whose weights begin with its channels
     * @param factor what they are multiplied with, the paper's k; 1 leaves them
     */
    public static Graph of(Graph graph, String layer, List<Integer> channels, double factor) {
        String name = graph.weights(layer);
        Initializer weights = graph.initializer(name);
        float[] values = weights.toArray();
        int each = values.length / weights.shape().get(0);
        Set<Integer> once = new TreeSet<>(channels);
        for (int channel : once) {
            for (int i = channel * each; i < (channel + 1) * each; i++) {
                values[i] *= (float) factor;
            }
        }
        return graph.withInitializers(Map.of(name, new Initializer(weights.shape(), values)));
    }
}
