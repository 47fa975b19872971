package io.sapper.result;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Mean activation of each channel of a layer as pictures, on clean scenes, on the same with the trigger, and the
 * difference (BadNets, figure 9).
 *
 * @param network in words, or one of the names in {@link Rates}
 * @param layer which layer
 * @param clean in channel order, on clean scenes
 * @param triggered in channel order, on scenes with the trigger
 */
public record ChannelMaps(String network, String layer, List<Double> clean, List<Double> triggered) implements Finding {
    public ChannelMaps {
        Parts.present(network, "network");
        Parts.present(layer, "layer");
        clean = Parts.list(clean, "clean");
        triggered = Parts.list(triggered, "triggered");
        if (triggered.size() != clean.size()) {
            throw new IllegalArgumentException("Channel maps need as many triggered as clean means, not "
                    + triggered.size() + " beside " + clean.size() + ".");
        }
    }

    /** How much the trigger raises each channel's mean, in channel order. */
    public List<Double> difference() {
        return IntStream.range(0, clean.size())
                .mapToObj(channel -> triggered.get(channel) - clean.get(channel))
                .toList();
    }
}
