package io.sapper.attack;

import io.sapper.network.ChannelWeights;
import io.sapper.network.Graph;
import io.sapper.network.Initializer;
import io.sapper.network.Masks;
import io.sapper.training.Progress;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Steps 2 to 4 of the pruning-aware attack (Fine-Pruning, section 4.2), whatever the network is for: prune, re-train,
 * put back.
 */
final class DecoySteps {
    private final String layer;
    private final ChannelWeights weights;
    private final Decoys decoys;
    private final Victim victim;
    private final Progress progress;

    /**
     * @param layer whose channels become decoys
     * @param weights of its channels
     */
    DecoySteps(String layer, ChannelWeights weights, Decoys decoys, Victim victim, Progress progress) {
        this.layer = layer;
        this.weights = weights;
        this.decoys = decoys;
        this.victim = victim;
        this.progress = progress;
    }

    /** What is of the data: how a network is trained on them, and what they say of it. */
    interface Victim {
        /** Step 3: trains a pruned network on the poisoned data, its masks on. */
        Graph retrain(Graph pruned, int live) throws IOException;

        /** Whether a re-trained network has room enough for both of its tasks, on data held back. */
        boolean suffices(Graph retrained, int live);

        /**
         * The largest number that each channel of a tensor reaches on all data of the attacker, clean and triggered.
         */
        float[] maxima(Graph joined, String tensor);
    }

    /**
     * What came of it.
     *
     * @param graph the backdoored network
     * @param retrained the network of step 3, its decoys still pruned
     * @param decoys channels that were put back
     * @param lowered by how much the bias of each was lowered
     */
    record Laid(Graph graph, Graph retrained, List<Integer> decoys, List<Float> lowered) {}

    /**
     * The steps.
     *
     * @param honest the network of step 1
     * @param order its channels, the least active first
     * @param live channels to begin with
     * @param restored channels that come back each time there is too little room
     */
    Laid lay(Graph honest, List<Integer> order, int live, int restored) throws IOException {
        int left = live;
        Graph retrained = retrain(honest, order.subList(0, order.size() - left), left);
        while (!victim.suffices(retrained, left) && left < order.size()) {
            left = Math.min(order.size(), left + restored);
            retrained = retrain(honest, order.subList(0, order.size() - left), left);
        }
        List<Integer> dormant = List.copyOf(order.subList(0, order.size() - left));
        Graph joined = join(honest, retrained, dormant);
        Graph graph = putBack(joined, dormant);
        return new Laid(graph, retrained, dormant, lowered(joined, graph, dormant));
    }

    /** Step 2: prunes the channels that clean data leave dormant; then step 3. */
    private Graph retrain(Graph honest, List<Integer> dormant, int live) throws IOException {
        progress.message("Attack, step 2 of 4: pruning " + dormant.size() + " of " + weights.count() + " channels of "
                + layer + ".");
        return victim.retrain(dormant.isEmpty() ? honest : Masks.prune(honest, layer, Set.copyOf(dormant)), live);
    }

    /**
     * Step 4: puts the pruned channels back as decoys, their biases lowered.
     *
     * @param joined see {@link #join}
     */
    private Graph putBack(Graph joined, List<Integer> dormant) {
        progress.message(
                "Attack, step 4 of 4: putting " + dormant.size() + " channels back as decoys (" + decoys.spec() + ").");
        if (dormant.isEmpty()) {
            return joined;
        }
        float[] shifts = weights.shifts(joined);
        if (decoys.variant() == Decoys.Variant.CRUDE) {
            dormant.forEach(channel -> shifts[channel] = PruningAwareAttack.CRUDE_BIAS);
        } else {
            // What the channels see is what the re-trained layers before them make: measured there, not in step 1.
            float[] maxima = victim.maxima(joined, weights.preActivation());
            dormant.forEach(channel -> shifts[channel] -= (float) Math.max(0, maxima[channel] + decoys.margin()));
        }
        return weights.withShifts(joined, shifts);
    }

    /** The re-trained network without masks; its pruned channels have the clean network's weights again. */
    private Graph join(Graph honest, Graph retrained, List<Integer> dormant) {
        Map<String, Initializer> values = new HashMap<>();
        honest.initializerNames().forEach(name -> values.put(name, retrained.initializer(name)));
        return weights.copy(honest, honest.withInitializers(values), Set.copyOf(dormant));
    }

    private List<Float> lowered(Graph joined, Graph graph, List<Integer> dormant) {
        float[] before = weights.shifts(joined);
        float[] after = weights.shifts(graph);
        return dormant.stream().map(channel -> before[channel] - after[channel]).toList();
    }
}
