package io.sapper.defense;

import io.sapper.data.Dataset;
import io.sapper.metric.Ratio;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Masks;
import io.sapper.training.Passes;
import io.sapper.training.Progress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Switches off the channels that clean inputs leave dormant. Fine-Pruning (Liu et al. 2018), section 4.1. Sees the
 * network and clean validation data, nothing of an attack.
 *
 * <p>Defaults: the last convolution and a drop of 4 points, from the paper. Departs from the released code, which ranks
 * on test data and prunes fixed counts, in ranking on the defender's own validation data and in stopping by the rule;
 * from the rule, in counting the upper end of the drop's interval, so that few images prune little
 * (docs/decisions/0027).
 */
public final class Pruning {
    private static final double ROUNDING = 1e-12;

    private Pruning() {}

    /**
     * How to prune.
     *
     * @param layer whose channels; empty for the default, mostly the last convolution
     * @param allowedDrop how far clean validation accuracy may fall below the unpruned network's, in [0, 1]
     * @param rule what is held against it
     */
    public record Options(String layer, double allowedDrop, Rule rule) {
        /** The paper's: last convolution, 4 points, as counted. */
        public static final Options PAPER = new Options("", 0.04, Rule.AS_COUNTED);

        /**
         * What a repair begins with: the last convolution, half a point. What more pruning costs, tuning does not win
         * back on signs that nobody trained on (docs/decisions/0029).
         */
        public static final Options CAUTIOUS = new Options("", 0.005);

        /** Pruned as far as is surely allowed. */
        public Options(String layer, double allowedDrop) {
            this(layer, allowedDrop, Rule.SURELY);
        }

        public Options {
            if (!(allowedDrop >= 0 && allowedDrop <= 1)) {
                throw new IllegalArgumentException(
                        "The allowed drop in accuracy (--allowed-drop) must be a fraction in [0, 1], not " + allowedDrop
                                + ".");
            }
        }
    }

    /** Which drop in accuracy is held against what is allowed. */
    public enum Rule {
        /** The upper end of its 95 % interval, so that few images prune little. */
        SURELY,
        /** The counted one, as in the paper. */
        AS_COUNTED;

        private double drop(Loss loss) {
            return this == SURELY ? loss.high() : loss.value();
        }
    }

    /**
     * What pruning did.
     *
     * @param graph the pruned network; its masks stay on in whatever training follows
     * @param layer the pruned layer
     * @param order all channels of the layer, least active first
     * @param chosen how many of them are pruned
     * @param validation clean validation accuracy with 0, 1, ... all channels pruned
     * @param meanActivations of each channel on clean validation data
     * @param headPasses images through the network up to the layer
     * @param tailPasses images through the rest of the network
     */
    public record Outcome(
            Graph graph,
            String layer,
            List<Integer> order,
            int chosen,
            List<Ratio> validation,
            List<Double> meanActivations,
            long headPasses,
            long tailPasses) {}

    /** Prunes in the paper's steps: rank, prune one by one, stop before accuracy falls too far. */
    public static Outcome prune(Graph graph, Dataset validation, Options options, Compute compute) {
        return prune(graph, validation, List.of(), options, compute, Progress.NONE);
    }

    /**
     * As {@link #prune(Graph, Dataset, Options, Compute)}, but the rule must hold on versions of the images as well: on
     * images that the network knows by heart, accuracy falls later than on any others (docs/decisions/0029).
     *
     * @param versions data sets of images like the validation images
     * @param progress hears how many images are done
     */
    static Outcome prune(
            Graph graph,
            Dataset validation,
            List<Dataset> versions,
            Options options,
            Compute compute,
            Progress progress) {
        if (validation.size() == 0) {
            throw new IllegalArgumentException(
                    "Pruning needs clean validation images; " + validation.name() + " has none.");
        }
        String layer = PrunedLayer.of(graph, options.layer());
        long images = validation.size();
        // Each set goes up to the layer once and then, in every state of it, on to the end.
        long all = images + versions.stream().mapToLong(Dataset::size).sum();
        Passes passes = new Passes(progress, 2 * all);
        try (LayerFeatures features = LayerFeatures.of(graph, layer, validation, compute, passes.next(images))) {
            List<Integer> order = rank(features.meanActivations());
            List<Comparison> curve = curve(features, order, validation, passes.next(images));
            int chosen = choose(losses(curve), options);
            long headPasses = features.headPasses();
            long tailPasses = features.tailPasses();
            for (Dataset version : versions) {
                try (LayerFeatures others =
                        LayerFeatures.of(graph, layer, version, compute, passes.next(version.size()))) {
                    List<Comparison> more = curve(others, order, version, passes.next(version.size()));
                    chosen = Math.min(chosen, choose(losses(more), options));
                    headPasses += others.headPasses();
                    tailPasses += others.tailPasses();
                }
            }
            return new Outcome(
                    Masks.prune(graph, layer, Set.copyOf(order.subList(0, chosen))),
                    layer,
                    order,
                    chosen,
                    curve.stream().map(Comparison::after).toList(),
                    features.meanActivations(),
                    headPasses,
                    tailPasses);
        }
    }

    /** Each number of channels pruned beside none. */
    private static List<Comparison> curve(
            LayerFeatures features, List<Integer> order, Dataset images, Progress progress) {
        int[][] predictions = features.predictionsAsPruned(order, progress);
        return Arrays.stream(predictions)
                .map(row -> Comparison.of(predictions[0], row, images))
                .toList();
    }

    private static List<Loss> losses(List<Comparison> curve) {
        return curve.stream().map(Comparison::loss).toList();
    }

    /** Channels by mean activation, least first; of equals the lower number first. */
    public static List<Integer> rank(List<Double> meanActivations) {
        return IntStream.range(0, meanActivations.size())
                .boxed()
                .sorted(Comparator.comparingDouble(meanActivations::get))
                .toList();
    }

    /**
     * The last number of channels before accuracy may first have fallen further than allowed.
     *
     * @param curve what was lost with 0, 1, ... channels pruned
     */
    static int choose(List<Loss> curve, Options options) {
        return last(curve.stream().map(options.rule()::drop).toList(), options.allowedDrop());
    }

    /**
     * The last state before the first that is not allowed.
     *
     * @param drops of accuracy in each state; the first is that of the network as it is
     */
    static int last(List<Double> drops, double allowed) {
        int chosen = 0;
        while (chosen + 1 < drops.size() && drops.get(chosen + 1) <= allowed + ROUNDING) {
            chosen++;
        }
        return chosen;
    }
}
