package io.sapper.defense;

import io.sapper.data.Dataset;
import io.sapper.metric.Ratio;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.training.Progress;
import io.sapper.training.TrainingDivergedException;
import io.sapper.training.TrainingOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * Pruning, then fine-tuning with the masks left on. Fine-Pruning (Liu et al. 2018), section 4.3. Sees the network and
 * two clean sets: one to tune on, one to decide on.
 *
 * <p>The paper publishes no learning rate. Here the network is tuned as hard as its clean accuracy bears: learning
 * rates are tried from the highest down, and the first whose validation accuracy falls no further than allowed is kept
 * (docs/decisions/0006). If none does, the network that came in is what goes out.
 */
public final class FinePruning {
    private FinePruning() {}

    /**
     * How to fine-prune.
     *
     * @param pruning the first step
     * @param tuning the second step; its learning rate is replaced by those below
     * @param learningRates tried in this order
     * @param allowedLoss how far clean validation accuracy may end below the network's that came in, in [0, 1]
     */
    public record Options(
            Pruning.Options pruning, TrainingOptions tuning, List<Double> learningRates, double allowedLoss) {
        /** The paper's pruning; learning rates from ten times the usual one down to it; at most one point lost. */
        public static final Options DEFAULTS =
                new Options(Pruning.Options.PAPER, FineTuning.DEFAULTS, List.of(0.1, 0.05, 0.02, 0.01), 0.01);

        public Options {
            learningRates = List.copyOf(learningRates);
            if (learningRates.isEmpty()) {
                throw new IllegalArgumentException("At least one learning rate is needed.");
            }
            if (!(allowedLoss >= 0 && allowedLoss <= 1)) {
                throw new IllegalArgumentException(
                        "The allowed loss of accuracy must be a fraction in [0, 1], not " + allowedLoss + ".");
            }
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
     * @param validation clean validation accuracy afterwards; 0 of 0 where training diverged
     */
    public record Attempt(double learningRate, Ratio validation) {}

    /**
     * What fine-pruning did.
     *
     * @param graph the repaired network, or the one that came in
     * @param accepted whether a repaired network kept enough clean accuracy
     * @param pruning the first step
     * @param before clean validation accuracy of the network that came in
     * @param attempts the learning rates tried, the last one kept if accepted
     * @param trainingPasses images trained on over all attempts
     */
    public record Outcome(
            Graph graph,
            boolean accepted,
            Pruning.Outcome pruning,
            Ratio before,
            List<Attempt> attempts,
            long trainingPasses) {
        /** The learning rate tried last: the one kept, if a repaired network was accepted. */
        public double learningRate() {
            return attempts.get(attempts.size() - 1).learningRate();
        }
    }

    /**
     * Repairs a network; the given graph stays as it is.
     *
     * @param tuningData clean images to train on
     * @param validation other clean images, the only ones anything is decided on
     */
    public static Outcome repair(
            Graph graph,
            Dataset tuningData,
            Dataset validation,
            Options options,
            long seed,
            Compute compute,
            Progress progress) {
        Pruning.Outcome pruned = Pruning.prune(graph, validation, options.pruning(), compute);
        Ratio before = pruned.validation().get(0);
        List<Attempt> attempts = new ArrayList<>();
        long passes = 0;
        for (double learningRate : options.learningRates()) {
            try {
                FineTuning.Outcome tuned = FineTuning.tune(
                        pruned.graph(), tuningData, options.tuning(learningRate), seed, compute, progress);
                passes += tuned.training().images();
                Ratio after = Accuracy.measure(tuned.graph(), validation, compute);
                attempts.add(new Attempt(learningRate, after));
                if (after.value() >= before.value() - options.allowedLoss() - 1e-12) {
                    return new Outcome(tuned.graph(), true, pruned, before, List.copyOf(attempts), passes);
                }
            } catch (TrainingDivergedException e) {
                attempts.add(new Attempt(learningRate, new Ratio(0, 0)));
            }
        }
        return new Outcome(graph, false, pruned, before, List.copyOf(attempts), passes);
    }
}
