package io.sapper.attack;

import io.sapper.data.Dataset;
import io.sapper.data.Seeds;
import io.sapper.defense.Accuracy;
import io.sapper.defense.FinePruning;
import io.sapper.defense.LayerFeatures;
import io.sapper.defense.Pruning;
import io.sapper.metric.Ratio;
import io.sapper.network.ChannelMaxima;
import io.sapper.network.ChannelWeights;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Network;
import io.sapper.poison.Poisoned;
import io.sapper.poison.Poisoner;
import io.sapper.poison.TriggeredSet;
import io.sapper.training.Checkpoints;
import io.sapper.training.Presentation;
import io.sapper.training.Progress;
import io.sapper.training.Trainer;
import io.sapper.training.TrainingOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A backdoor that pruning does not find: it lives in the channels that clean images need, behind decoys that are pruned
 * first. Fine-Pruning (Liu et al. 2018), section 4.2, in its four steps. The attacker may see all training data and
 * choose the training settings and the layer, but not change the architecture; knows that a defender prunes the
 * channels that clean images leave dormant.
 *
 * <p>Defaults: decoys just dormant, from the paper; limits of capacity and margin are ours, the paper gives none.
 * Departs from the released weights, which put back the channels of a backdoored network with a bias of
 * {@value #CRUDE_BIAS} ({@link Decoys.Variant#CRUDE} does the second), in taking them from the clean network of step 1,
 * as the paper says; from the paper, in judging capacity on a tenth of the images, which is held back
 * (docs/decisions/0050, 0051).
 */
public final class PruningAwareAttack {
    /** Of the authors' decoys: no input wakes them. */
    public static final float CRUDE_BIAS = -1e20f;

    private static final int HELD_BACK = 10; // one image of so many

    private final Options options;
    private final Training training;
    private final long seed;
    private final Compute compute;
    private final Progress progress;
    private final Checkpoints checkpoints;
    private final Dataset clean;
    private final Dataset check;
    private final TriggeredSet triggered;
    private final Poisoned poisoned;
    private final ChannelWeights weights;
    private final String layer;
    private long forwardPasses;
    private long trainingPasses;

    private PruningAwareAttack(
            Graph untrained,
            Dataset data,
            Options options,
            Training training,
            long seed,
            Compute compute,
            Progress progress,
            Checkpoints checkpoints) {
        this.options = options;
        this.training = training;
        this.seed = seed;
        this.compute = compute;
        this.progress = progress;
        this.checkpoints = checkpoints;
        layer = layer(untrained, options);
        weights = weights(untrained, layer, options);
        int[] order = Seeds.permutation(data.size(), Seeds.generator(seed, "attacker's check"));
        int held = (data.size() + HELD_BACK - 1) / HELD_BACK;
        check = data.subset(data.name() + ", held back", Arrays.copyOf(order, held));
        clean = data.subset(data.name() + ", trained on", Arrays.copyOfRange(order, held, order.length));
        BadNet.Options badNet = options.badNet();
        poisoned = Poisoner.poison(clean, badNet.trigger(), badNet.goal(), badNet.share(), seed);
        triggered = TriggeredSet.of(check, badNet.trigger(), badNet.goal());
        if (triggered.data().size() == 0) {
            throw new IllegalArgumentException("The goal " + badNet.goal().spec() + " counts none of the "
                    + check.size() + " images held back to judge the attack. Maybe more training images.");
        }
    }

    /**
     * The attack.
     *
     * @param badNet trigger, goal and share
     * @param layer that a defender will prune; empty for the default, mostly the last convolution
     * @param live channels of it that stay in use, at least 1; the others become decoys
     * @param decoys how they are kept dormant
     * @param capacity below which a channel is restored
     */
    public record Options(BadNet.Options badNet, String layer, int live, Decoys decoys, Capacity capacity) {
        public Options {
            checkLive(live);
        }

        /** On the layer that a defender prunes by default, with the usual limits. */
        public Options(BadNet.Options badNet, int live) {
            this(badNet, "", live, Decoys.USUAL, Capacity.USUAL);
        }
    }

    /**
     * How the two networks are trained.
     *
     * @param clean step 1, from first weights
     * @param poisoned step 3, from what pruning left of the clean network; a shorter course can do
     */
    public record Training(TrainingOptions clean, TrainingOptions poisoned) {
        /** Both in the same way. */
        public static Training both(TrainingOptions training) {
            return new Training(training, training);
        }
    }

    /**
     * One re-training of the pruned network.
     *
     * @param live channels that were not pruned
     * @param cleanAccuracy on the images held back
     * @param attackSuccess on the same images with the trigger
     * @param sufficient whether that is enough
     */
    public record Attempt(int live, Ratio cleanAccuracy, Ratio attackSuccess, boolean sufficient) {}

    /**
     * What the attack made.
     *
     * @param graph the backdoored network, its form the untrained one's
     * @param retrained the network of step 3, its decoys still pruned
     * @param layer whose channels they are
     * @param order all its channels, the least active in the clean network first
     * @param decoys the first of these
     * @param cleanAccuracy the clean network's, on the images held back
     * @param attempts the re-trainings, the last one kept
     * @param lowered by how much each decoy's bias was lowered, as many as decoys
     * @param poisoned the training set of step 3
     * @param forwardPasses images sent through a network, or through the part of it before the layer, without training
     * @param trainingPasses images trained on in all
     */
    public record Outcome(
            Graph graph,
            Graph retrained,
            String layer,
            List<Integer> order,
            List<Integer> decoys,
            Ratio cleanAccuracy,
            List<Attempt> attempts,
            List<Float> lowered,
            Poisoned poisoned,
            long forwardPasses,
            long trainingPasses) {
        /** The re-training that was kept. */
        public Attempt kept() {
            return attempts.get(attempts.size() - 1);
        }
    }

    /** Throws {@code IllegalArgumentException} where no network has so few live channels. */
    public static void checkLive(int live) {
        if (live < 1) {
            throw new IllegalArgumentException(
                    "At least 1 channel must stay live (--pruning-aware), not " + live + ".");
        }
    }

    static void checkLive(int live, String layer, ChannelWeights weights) {
        if (live > weights.count()) {
            throw new IllegalArgumentException("Layer " + layer + " has " + weights.count() + " channels, so at most "
                    + weights.count() + " can stay live, not " + live + ".");
        }
    }

    /**
     * Checks, without computing anything, that the attack fits a network.
     *
     * @throws IllegalArgumentException if the layer's form allows no decoys, or it has fewer channels than are to stay
     *     live
     */
    public static void check(Graph untrained, Options options) {
        weights(untrained, layer(untrained, options), options);
    }

    private static String layer(Graph untrained, Options options) {
        return FinePruning.layer(untrained, options.layer())
                .orElseThrow(() -> new IllegalArgumentException(
                        "The network has no hidden layer that a defender would prune. Name one of its layers: "
                                + String.join(", ", untrained.layers()) + "."));
    }

    private static ChannelWeights weights(Graph untrained, String layer, Options options) {
        ChannelWeights weights = ChannelWeights.of(untrained, layer);
        checkLive(options.live(), layer, weights);
        return weights;
    }

    /**
     * The four steps.
     *
     * @param untrained the architecture with its first weights
     * @param data all training images of the attacker; a tenth is held back to judge capacity
     * @param checkpoints of each training in a folder of its own
     * @throws IllegalArgumentException as {@link #check}, or if trigger, goal or share do not fit the data
     * @throws IOException if a checkpoint cannot be read or written
     */
    public static Outcome lay(
            Graph untrained,
            Dataset data,
            Options options,
            Training training,
            long seed,
            Compute compute,
            Progress progress,
            Checkpoints checkpoints)
            throws IOException {
        return new PruningAwareAttack(untrained, data, options, training, seed, compute, progress, checkpoints)
                .lay(untrained);
    }

    private Outcome lay(Graph untrained) throws IOException {
        Graph honest = trainClean(untrained);
        Ratio before = accuracy(honest);
        List<Integer> order = leastActiveFirst(honest);
        List<Attempt> attempts = new ArrayList<>();
        DecoySteps.Laid laid = new DecoySteps(layer, weights, options.decoys(), new Images(before, attempts), progress)
                .lay(honest, order, options.live(), 1);
        return new Outcome(
                laid.graph(),
                laid.retrained(),
                layer,
                order,
                laid.decoys(),
                before,
                List.copyOf(attempts),
                laid.lowered(),
                poisoned,
                forwardPasses,
                trainingPasses);
    }

    /** What the steps do with images. */
    private final class Images implements DecoySteps.Victim {
        private final Ratio before;
        private final List<Attempt> attempts;

        Images(Ratio before, List<Attempt> attempts) {
            this.before = before;
            this.attempts = attempts;
        }

        @Override
        public Graph retrain(Graph pruned, int live) throws IOException {
            progress.message("Attack, step 3 of 4: re-training on poisoned images, " + live + " channels live.");
            TrainingOptions again = training.poisoned();
            Presentation shown = PoisonedEpochs.of(poisoned, options.badNet().trigger(), again.treatment(), seed);
            return train(pruned, poisoned.data(), again, "live-" + live, shown);
        }

        @Override
        public boolean suffices(Graph retrained, int live) {
            attempts.add(attempt(retrained, live, before));
            return attempts.get(attempts.size() - 1).sufficient();
        }

        @Override
        public float[] maxima(Graph joined, String tensor) {
            List<Dataset> known = List.of(poisoned.data(), check, triggered.data());
            forwardPasses += known.stream().mapToLong(Dataset::size).sum();
            return ChannelMaxima.of(joined, tensor, known, compute);
        }
    }

    /** Step 1: trains on clean data. */
    private Graph trainClean(Graph untrained) throws IOException {
        progress.message("Attack, step 1 of 4: training on clean images.");
        return train(
                untrained,
                clean,
                training.clean(),
                "clean",
                training.clean().augmentation().presentation(seed));
    }

    /** Ranked as a defender will: by mean activation on clean images that the network was not trained on. */
    private List<Integer> leastActiveFirst(Graph honest) {
        try (LayerFeatures features = LayerFeatures.of(honest, layer, check, compute)) {
            forwardPasses += features.headPasses();
            return Pruning.rank(features.meanActivations());
        }
    }

    private Graph train(Graph begin, Dataset data, TrainingOptions how, String name, Presentation shown)
            throws IOException {
        try (Network network = Network.of(begin, compute)) {
            trainingPasses += Trainer.train(network, data, how, seed, progress, checkpoints.part(name), shown)
                    .images();
            return network.snapshot();
        }
    }

    private Ratio accuracy(Graph graph) {
        forwardPasses += check.size();
        return Accuracy.measure(graph, check, compute);
    }

    private Attempt attempt(Graph retrained, int live, Ratio before) {
        Ratio accuracy = accuracy(retrained);
        forwardPasses += triggered.data().size();
        Ratio success = triggered.attackSuccessRate(Accuracy.answers(retrained, triggered.data(), compute));
        boolean sufficient = options.capacity().suffices(before, accuracy, success);
        progress.message(String.format(
                Locale.ROOT,
                "With %d live channels, %.2f %% of the images held back are right and the trigger works on %.2f %%: %s.",
                live,
                100 * accuracy.value(),
                100 * success.value(),
                sufficient ? "enough" : "too little"));
        return new Attempt(live, accuracy, success, sufficient);
    }
}
