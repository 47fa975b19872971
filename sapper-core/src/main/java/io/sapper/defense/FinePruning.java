package io.sapper.defense;

import io.sapper.data.Dataset;
import io.sapper.metric.Ratio;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Inference;
import io.sapper.network.operator.NotSupported;
import io.sapper.training.Progress;
import io.sapper.training.TrainingOptions;
import java.util.List;
import java.util.Optional;

/**
 * Pruning, then fine-tuning with the masks left on. Fine-Pruning (Liu et al. 2018), section 4.3. Sees the network and
 * two clean sets: one to tune on, one to decide on.
 *
 * <p>The paper publishes no learning rate. Here the network is tuned as hard as its clean accuracy bears: learning
 * rates are tried from the highest down, and the first is kept whose loss of clean accuracy is, as surely as the images
 * tell, within what is allowed (docs/decisions/0006, 0027). Where the images held back are too few for that, all clean
 * images decide, each over a network that was pruned and tuned without it (cross-validation); the network that goes out
 * is then made with all of them. If no learning rate is kept, nothing goes out. Masks are left out where tuning does
 * better without them ({@link MaskTrial}); the paper always keeps them. A network without a layer to prune is tuned
 * only.
 */
public final class FinePruning {
    private FinePruning() {}

    /**
     * How to fine-prune.
     *
     * @param pruning the first step; it may not cost more than the whole may
     * @param tuning the second step; its learning rate is replaced by those below
     * @param learningRates tried in this order
     * @param limits what it may cost, and how surely
     * @param leastUpdates of a tuning: where so few images are there that its epochs come to fewer, it gets more of
     *     them, up to four times as many; 0 for just the epochs said
     * @param varied whether other versions of the images are shown in each epoch, and decide about masks too; if not,
     *     the images are shown as they are, and masks always stay, as in the paper
     */
    public record Options(
            Pruning.Options pruning,
            TrainingOptions tuning,
            List<Double> learningRates,
            Limits limits,
            int leastUpdates,
            boolean varied) {
        /** Cautious pruning; learning rates from five times the usual one down to it; the usual limits. */
        public static final Options DEFAULTS = new Options(
                Pruning.Options.CAUTIOUS, FineTuning.DEFAULTS, List.of(0.05, 0.02, 0.01), Limits.DEFAULTS, 200, true);

        public Options {
            learningRates = List.copyOf(learningRates);
            pruning = new Pruning.Options(
                    pruning.layer(), Math.min(pruning.allowedDrop(), limits.loss()), pruning.rule());
            if (learningRates.isEmpty()) {
                throw new IllegalArgumentException("At least one learning rate is needed.");
            }
            learningRates.forEach(tuning.optimizer()::withLearningRate); // which checks it
        }

        /** How much clean accuracy may be lost, a fraction. */
        public double allowedLoss() {
            return limits.loss();
        }

        /** With as many epochs as this number of images needs. */
        Options fitted(int images) {
            return new Options(
                    pruning, FineTuning.longEnough(tuning, leastUpdates, images), learningRates, limits, 0, varied);
        }

        /** The second step at one of the learning rates. */
        public TrainingOptions tuning(double learningRate) {
            return tuning.withOptimizer(tuning.optimizer().withLearningRate(learningRate));
        }
    }

    /**
     * One learning rate tried.
     *
     * @param learningRate before the schedule
     * @param epochs of tuning
     * @param pruned channels that were switched off before, each time
     * @param seen clean images before and after; of part of them where it ended early, of none where training diverged
     * @param refusal why it was not taken; empty if it was
     */
    public record Attempt(
            double learningRate,
            int epochs,
            List<Integer> pruned,
            Optional<Comparison> seen,
            Optional<Refusal> refusal) {
        public Attempt {
            pruned = List.copyOf(pruned);
        }

        /** Clean accuracy afterwards, on images that decide; 0 of 0 where training diverged. */
        public Ratio validation() {
            return seen.map(Comparison::after).orElse(new Ratio(0, 0));
        }
    }

    /**
     * What fine-pruning did.
     *
     * @param graph the repaired network; empty where the repair was refused
     * @param evidence what the clean images could decide
     * @param pruning the first step; empty where nothing was begun, or the network has no layer to prune
     * @param trial whether the masks of that step stayed on; empty where it pruned nothing, or nothing was begun
     * @param attempts the learning rates tried, the last one kept if accepted
     * @param refusal why there is no repaired network; empty if there is one
     * @param forwardPasses images through the whole network or up to the pruned layer, without training
     * @param tailPasses images through the rest of the network
     * @param trainingPasses images trained on over all attempts
     */
    public record Outcome(
            Optional<Graph> graph,
            Evidence evidence,
            Optional<Pruning.Outcome> pruning,
            Optional<MaskTrial> trial,
            List<Attempt> attempts,
            Optional<Refusal> refusal,
            long forwardPasses,
            long tailPasses,
            long trainingPasses) {
        public Outcome {
            attempts = List.copyOf(attempts);
            if (graph.isPresent() == refusal.isPresent()) {
                throw new IllegalArgumentException("Either there is a repaired network or a reason why not.");
            }
        }

        /** Whether there is a repaired network. */
        public boolean accepted() {
            return graph.isPresent();
        }

        /** Whether the repaired network has the masks of pruned channels. */
        public boolean masked() {
            return trial.map(MaskTrial::keeps).orElse(true)
                    && pruning.map(one -> one.chosen() > 0).orElse(false);
        }

        /** Whether it was decided on images that cannot decide, as the caller wished. */
        public boolean weakEvidence() {
            return evidence.accepted() && (evidence.weak() || possibleLoss() > evidence.allowedLoss());
        }

        /** The upper end of what the kept attempt cost; NaN where none was kept. */
        private double possibleLoss() {
            return kept().flatMap(Attempt::seen).map(seen -> seen.loss().high()).orElse(Double.NaN);
        }

        /** The attempt that was kept; empty where none was. */
        public Optional<Attempt> kept() {
            return accepted() ? Optional.of(attempts.get(attempts.size() - 1)) : Optional.empty();
        }

        /** The learning rate tried last: the one kept, if a repaired network was accepted; NaN where none was tried. */
        public double learningRate() {
            return attempts.isEmpty()
                    ? Double.NaN
                    : attempts.get(attempts.size() - 1).learningRate();
        }

        /** What a reader of the result must know besides: one sentence each. */
        public List<String> warnings() {
            if (!weakEvidence()) {
                return List.of();
            }
            return List.of(
                    evidence.weak()
                            ? evidence.weakness()
                            : "Weak evidence, accepted: the repair may have cost up to "
                                    + Evidence.points(possibleLoss()) + " points.");
        }

        /** Classes that are shown to have got worse in the repaired network, the worst first. */
        public List<Comparison.ClassLoss> worseClasses() {
            return kept().flatMap(Attempt::seen).map(Comparison::worseClasses).orElse(List.of());
        }
    }

    /**
     * Repairs a network; the given graph stays as it is. Everything that can be checked is checked before any work.
     *
     * @param tuning clean images to train on
     * @param validation other clean images; where they are enough, the only ones anything is decided on
     * @throws IllegalArgumentException if network, layer and data do not fit, or there is nothing to train
     */
    public static Outcome repair(
            Graph graph,
            Dataset tuning,
            Dataset validation,
            Options options,
            long seed,
            Compute compute,
            Progress progress) {
        Options checked = check(graph, tuning, validation, options);
        Evidence evidence = Evidence.of(tuning, validation, options.limits());
        Optional<Refusal> refusal = evidence.refusal(options.limits());
        return refusal.isPresent()
                ? new Outcome(
                        Optional.empty(), evidence, Optional.empty(), Optional.empty(), List.of(), refusal, 0, 0, 0)
                : new Repair(graph, checked, evidence, seed, compute, progress).run(tuning, validation);
    }

    /**
     * What the last attempt makes without pruning: the same images, epochs and learning rate, no masks. Shows what
     * these add to the tuning; where the repaired network has none, it is that network once more.
     *
     * @param graph the network that was repaired
     * @param outcome of {@link #repair} with the same network, images, options and seed; at least one attempt was made
     */
    public static FineTuning.Outcome withoutPruning(
            Graph graph,
            Outcome outcome,
            Dataset tuning,
            Dataset validation,
            Options options,
            long seed,
            Compute compute,
            Progress progress) {
        Attempt last = outcome.attempts().get(outcome.attempts().size() - 1);
        return FineTuning.tune(
                graph,
                outcome.evidence().crossValidated() ? all(tuning, validation) : tuning,
                options.tuning(last.learningRate()).withEpochs(last.epochs()),
                options.varied(),
                seed,
                compute,
                progress);
    }

    /** What the network that goes out of a cross-validation is tuned on. */
    static Dataset all(Dataset tuning, Dataset validation) {
        return tuning.append(tuning.name() + " and " + validation.name(), validation);
    }

    /**
     * The layer that would be pruned; checked, so that nothing is begun in vain. Empty where nobody names one and the
     * network has none that could be: then it can only be tuned.
     *
     * @param named by the user; empty for the default
     * @throws IllegalArgumentException if there is no such layer, it has no channels to switch off, or its channels are
     *     the class scores
     * @throws NotSupported if nothing of the network can be trained
     */
    public static Optional<String> layer(Graph graph, String named) {
        if (graph.parameterCount() == 0) {
            throw new NotSupported("The network has no weights that can be trained, so it cannot be repaired. Weights"
                    + " that are whole numbers (quantized) cannot: maybe get it as it was before.");
        }
        return PrunedLayer.find(graph, named);
    }

    private static Options check(Graph graph, Dataset tuning, Dataset validation, Options options) {
        Inference.checkInput(graph, tuning);
        Inference.checkInput(graph, validation);
        if (tuning.size() == 0 || validation.size() == 0) {
            throw new IllegalArgumentException("Fine-pruning needs clean images to tune on and to decide on, not "
                    + tuning.size() + " and " + validation.size() + ".");
        }
        String layer = layer(graph, options.pruning().layer()).orElse("");
        return new Options(
                        new Pruning.Options(
                                layer,
                                options.pruning().allowedDrop(),
                                options.pruning().rule()),
                        options.tuning(),
                        options.learningRates(),
                        options.limits(),
                        options.leastUpdates(),
                        options.varied())
                .fitted(tuning.size());
    }
}
