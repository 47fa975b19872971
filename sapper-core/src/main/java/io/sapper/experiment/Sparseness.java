package io.sapper.experiment;

import io.sapper.defense.LayerFeatures;
import io.sapper.metric.Ratio;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Masks;
import io.sapper.poison.TriggeredSet;
import io.sapper.result.ActivationProfile;
import io.sapper.training.Progress;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How few channels of a layer a backdoor needs: channels are silenced one by one, first those that the trigger raises
 * most, until it works on less than half of the inputs. What that costs clean inputs says whether those channels were
 * the trigger's alone. BadNets, section 4.2.2, says sparsely coded and gives no measure.
 *
 * @param layer whose channels
 * @param silenced so many; 0 where it works on less than half as it is, one more than there are where it outlives all
 * @param channels that the layer has
 * @param attackSuccess with so many silenced
 * @param cleanAccuracy of all clean test inputs then
 */
record Sparseness(String layer, int silenced, int channels, Ratio attackSuccess, Ratio cleanAccuracy) {
    private static final double HALF = 0.5;

    /**
     * Measures it.
     *
     * @param profile of the layer, on clean and on triggered inputs
     * @param task with a trigger
     */
    static Sparseness of(Graph graph, ActivationProfile profile, Task task, Compute compute) {
        TriggeredSet set = Objects.requireNonNull(task.triggered(), "made with a trigger");
        List<Integer> order = mostRaisedFirst(profile);
        int[][] attacked;
        try (LayerFeatures triggered = LayerFeatures.of(graph, profile.layer(), set.data(), compute)) {
            attacked = triggered.predictionsAsPruned(order);
        }
        int silenced = 0;
        while (silenced < attacked.length
                && set.attackSuccessRate(attacked[silenced]).value() >= HALF) {
            silenced++;
        }
        int last = Math.min(silenced, order.size());
        Graph without = Masks.prune(graph, profile.layer(), Set.copyOf(order.subList(0, last)));
        Task clean = Task.clean(task.test());
        return new Sparseness(
                profile.layer(),
                silenced,
                order.size(),
                set.attackSuccessRate(attacked[last]),
                Evaluation.of(without, clean, compute, Progress.NONE).cleanAccuracy(clean));
    }

    /** The channels of a layer by how much the trigger raises their mean activation. */
    static List<Integer> mostRaisedFirst(ActivationProfile profile) {
        return IntStream.range(0, profile.clean().size())
                .boxed()
                .sorted(Comparator.comparingDouble(channel ->
                        profile.clean().get(channel) - profile.triggered().get(channel)))
                .toList();
    }

    /** For a table. */
    String text() {
        if (silenced == 0) {
            return layer + " none, for it works on less than half as it is";
        }
        if (silenced > channels) {
            return layer + " none of " + channels;
        }
        return layer + " " + silenced + " of " + channels + " (clean accuracy then "
                + Words.percent(cleanAccuracy.value()) + ")";
    }
}
