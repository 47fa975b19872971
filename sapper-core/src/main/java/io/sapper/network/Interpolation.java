package io.sapper.network;

import java.util.HashMap;
import java.util.Map;

/**
 * Networks between two of the same nodes: each weight moved a part of the way from the one to the other. For a network
 * and what tuning made of it: Wortsman et al. 2022 (arXiv 2109.01903).
 */
public final class Interpolation {
    private Interpolation() {}

    /**
     * A network on the way, in the types of the first.
     *
     * @param share of the way, in [0, 1]: 0 for the first network's weights, 1 for the other's
     * @throws IllegalArgumentException if the share is no such number, or the other lacks a weight of the first
     */
    public static Graph between(Graph from, Graph to, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("A share of the way must be in [0, 1], not " + share + ".");
        }
        Map<String, Initializer> now = new HashMap<>();
        for (String name : from.trainable()) {
            Initializer there = to.initializers().get(name);
            Initializer here = from.initializer(name);
            if (there == null || !there.shape().equals(here.shape())) {
                throw new IllegalArgumentException("The other network has no weight " + name + " of that shape.");
            }
            float[] values = here.toArray();
            float[] others = there.toArray();
            for (int i = 0; i < values.length; i++) {
                values[i] += (float) (share * (others[i] - values[i]));
            }
            now.put(name, here.updated(values));
        }
        return to.withInitializers(now);
    }
}
