package io.sapper.experiment;

import io.sapper.data.Dataset;
import io.sapper.network.ActivationDifference;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Initializer;
import io.sapper.network.Node;
import io.sapper.poison.TriggeredSet;
import io.sapper.result.FilterPictures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The first layer's filters and which of them answer to the trigger (BadNets, figure 5). */
final class Filters {
    private static final int IMAGES = 256;

    private Filters() {}

    /** Empty where the network has no convolution. */
    static Optional<FilterPictures> of(String network, Graph graph, Task task, Compute compute) {
        return graph.hasConvolution()
                ? Optional.of(of(network, graph, graph.firstConvolution(), task, compute))
                : Optional.empty();
    }

    private static FilterPictures of(String network, Graph graph, Node first, Task task, Compute compute) {
        Initializer weights = graph.initializer(graph.weights(first.name()));
        List<Double> responses =
                responses(graph, first.name(), task, compute, weights.shape().get(0));
        double strongest = Collections.max(responses);
        List<FilterPictures.Filter> filters = new ArrayList<>();
        for (int channel = 0; channel < weights.shape().get(0); channel++) {
            double response = responses.get(channel);
            filters.add(new FilterPictures.Filter(
                    channel,
                    weights.shape().get(2),
                    weights.shape().get(3),
                    picture(weights, channel),
                    response,
                    strongest > 0 && response >= strongest / 2));
        }
        return new FilterPictures(network, first.name(), filters);
    }

    private static List<Double> responses(Graph graph, String layer, Task task, Compute compute, int channels) {
        TriggeredSet triggered = task.triggered();
        if (triggered == null || triggered.data().size() == 0) {
            return Collections.nCopies(channels, Double.NaN);
        }
        int[] some = Arrays.copyOf(triggered.indices(), Math.min(IMAGES, triggered.indices().length));
        int[] same = IntStream.range(0, some.length).toArray();
        Dataset clean = task.test().subset("clean", some);
        Dataset attacked = triggered.data().subset("triggered", same);
        return ActivationDifference.perChannel(graph, layer, clean, attacked, compute);
    }

    private static List<Float> picture(Initializer weights, int channel) {
        int inputs = weights.shape().get(1);
        int area = weights.shape().get(2) * weights.shape().get(3);
        List<Float> picture = new ArrayList<>();
        for (int place = 0; place < area; place++) {
            float sum = 0;
            for (int input = 0; input < inputs; input++) {
                sum += weights.get((channel * inputs + input) * area + place);
            }
            picture.add(sum / inputs);
        }
        return picture;
    }
}
