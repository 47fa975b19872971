package io.sapper.result;

import java.util.List;

/**
 * Mean activation of each channel of a layer over images and positions, on clean inputs and on the same inputs with the
 * trigger (Fine-Pruning, figure 4). Both lists are in channel order; the report sorts them.
 *
 * @param network which network, for example {@code backdoored}
 * @param layer which layer
 * @param clean on clean test inputs
 * @param triggered on triggered test inputs; empty where the trigger is unknown
 */
public record ActivationProfile(String network, String layer, List<Double> clean, List<Double> triggered)
        implements Finding {
    public ActivationProfile {
        Parts.present(network, "network");
        Parts.present(layer, "layer");
        clean = Parts.list(clean, "clean");
        triggered = Parts.list(triggered, "triggered");
        if (!triggered.isEmpty() && triggered.size() != clean.size()) {
            throw new IllegalArgumentException("A profile needs as many triggered as clean means, not "
                    + triggered.size() + " beside " + clean.size() + ".");
        }
    }
}
