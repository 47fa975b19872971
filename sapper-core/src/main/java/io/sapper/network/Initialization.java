package io.sapper.network;

import io.sapper.data.Seeds;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** First weights of a network, drawn. */
public final class Initialization {
    private Initialization() {}

    /**
     * Every weight and bias of a layer uniform in plus or minus 1/sqrt(fan-in): what PyTorch does by default (He et al.
     * 2015 with a = sqrt(5)). The papers do not say what they used.
     */
    public static Graph draw(Graph graph, long seed) {
        Map<String, Initializer> drawn = new HashMap<>();
        for (Node node : graph.nodes()) {
            if (Graph.isLayer(node)) {
                Initializer weights = graph.initializer(node.inputs().get(1));
                double bound =
                        1 / Math.sqrt((double) weights.size() / weights.shape().get(0));
                for (String name : node.inputs().subList(1, node.inputs().size())) {
                    drawn.put(name, uniform(graph.initializer(name), bound, Seeds.generator(seed, "weights " + name)));
                }
            }
        }
        return graph.withInitializers(drawn);
    }

    private static Initializer uniform(Initializer old, double bound, RandomGenerator random) {
        float[] values = new float[old.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-bound, bound);
        }
        return new Initializer(old.shape(), values);
    }
}
