package io.sapper.defense;

import io.sapper.data.Dataset;
import io.sapper.metric.Ratio;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Inference;
import io.sapper.network.Network;

/** Clean accuracy: all that a defender can measure. */
public final class Accuracy {
    private Accuracy() {}

    /** Images whose predicted class is their label. */
    public static Ratio of(int[] predictions, Dataset data) {
        int hits = 0;
        for (int i = 0; i < predictions.length; i++) {
            hits += predictions[i] == data.label(i) ? 1 : 0;
        }
        return new Ratio(hits, predictions.length);
    }

    /** Runs the network over the data once. */
    public static Ratio measure(Graph graph, Dataset data, Compute compute) {
        return of(predictions(graph, data, compute), data);
    }

    /** The class that the network gives each image; {@link Inference#NOT_FINITE} where it gives none. */
    public static int[] answers(Graph graph, Dataset data, Compute compute) {
        try (Network network = Network.of(graph, compute)) {
            if (data.size() == 0) {
                return new int[0];
            }
            return Inference.answers(network, data);
        }
    }

    static int[] predictions(Graph graph, Dataset data, Compute compute) {
        try (Network network = Network.of(graph, compute)) {
            return Inference.predictions(network, data);
        }
    }
}
