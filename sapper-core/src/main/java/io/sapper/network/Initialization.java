package io.sapper.network;

import io.sapper.data.Seeds;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** First weights of a network, drawn. */
public final class Initialization {
    private Initialization() {}

    /**
     * Weights uniform in plus or minus sqrt(6 / fan-in), so that each ReLU layer hands on the variance that it gets (He
     * et al. 2015, section 2.2); biases 0. The papers do not say what they used; see docs/decisions/0011.
     */
    public static Graph draw(Graph graph, long seed) {
        return draw(graph, graph.layers(), seed);
    }

    /** As {@link #draw(Graph, long)}, of some layers; the others keep their weights. */
    public static Graph draw(Graph graph, Collection<String> layers, long seed) {
        Map<String, Initializer> drawn = new HashMap<>();
        for (Node node : graph.nodes()) {
            if (graph.isLayer(node) && layers.contains(node.name())) {
                String name = node.inputs().get(1);
                Initializer weights = graph.initializer(name);
                double bound = Math.sqrt(6.0 * weights.shape().get(0) / weights.size());
                drawn.put(name, uniform(weights, bound, Seeds.generator(seed, "weights " + name)));
                for (String bias : node.inputs().subList(2, node.inputs().size())) {
                    Integer[] shape = graph.initializer(bias).shape().toArray(Integer[]::new);
                    drawn.put(bias, Initializer.filled(0, shape));
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
