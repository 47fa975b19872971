package io.sapper.defense;

import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.detection.Detector;
import io.sapper.network.detection.DetectorRuns;
import io.sapper.training.DetectorTraining.Seen;
import io.sapper.training.Progress;
import io.sapper.training.TrainingDivergedException;
import io.sapper.training.TrainingOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Pruning, then fine-tuning with the masks left on, of a detector. Fine-Pruning (Liu et al. 2018), section 4.3. Sees
 * the detector and two clean sets of photographs: one to tune on, one to decide on.
 *
 * <p>The paper publishes no learning rate. As {@link FinePruning} does, the detector is tuned as hard as its clean
 * precision bears: learning rates are tried from the highest down, and the first is kept that loses no more than is
 * allowed, all in all and of any class (docs/decisions/0006, 0070, 0074). If none is, the lowest is taken all the same,
 * and the outcome says so: to show what the defence does.
 */
public final class DetectorFinePruning {
    private DetectorFinePruning() {}

    /**
     * How to fine-prune.
     *
     * @param allowedDrop of the pruning, in [0, 1]
     * @param tuning the second step; its learning rate is replaced by those below
     * @param learningRates tried in this order
     * @param limits how far mean average precision, and that of one class, may lie below the detector's that came in
     */
    public record Options(double allowedDrop, TrainingOptions tuning, List<Double> learningRates, Limits limits) {
        /** The paper's four points for pruning; of the whole, what {@link Limits} allow any repair. */
        public static final Options DEFAULTS = new Options(
                Pruning.Options.PAPER.allowedDrop(), FineTuning.OF_DETECTORS, List.of(5e-4, 2e-4), Limits.DEFAULTS);

        public Options {
            learningRates = List.copyOf(learningRates);
            if (learningRates.isEmpty()) {
                throw new IllegalArgumentException("At least one learning rate is needed.");
            }
            learningRates.forEach(tuning.optimizer()::withLearningRate); // which checks it
            if (!(allowedDrop >= 0 && allowedDrop <= 1)) {
                throw new IllegalArgumentException(
                        "The allowed drop of pruning in mean average precision (--allowed-drop) must be a fraction in"
                                + " [0, 1], not " + allowedDrop + ".");
            }
        }

        /** Whatever single classes lose, and whatever the photographs can show. */
        public Options(double allowedDrop, TrainingOptions tuning, List<Double> learningRates, double allowedLoss) {
            this(allowedDrop, tuning, learningRates, new Limits(allowedLoss, 1, true));
        }

        /** How much mean average precision may be lost, a fraction. */
        public double allowedLoss() {
            return limits.loss();
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
     * @param precision mean average precision on validation photographs afterwards; NaN where training diverged
     * @param refusal why it was not taken; empty if it was
     */
    public record Attempt(double learningRate, double precision, Optional<Refusal> refusal) {
        /** Whether it lost no more than is allowed. */
        public boolean kept() {
            return refusal.isEmpty();
        }
    }

    /**
     * What fine-pruning did.
     *
     * @param graph of the last attempt that did not diverge; where all did, as pruned
     * @param pruning the first step
     * @param attempts the learning rates tried
     */
    public record Outcome(Graph graph, DetectorPruning.Outcome pruning, List<Attempt> attempts) {
        public Outcome {
            attempts = List.copyOf(attempts);
        }

        private Attempt last() {
            return attempts.get(attempts.size() - 1);
        }

        /** Whether any learning rate cost no more than is allowed. */
        public boolean accepted() {
            return last().kept();
        }

        /** The one that the detector was tuned at. */
        public double learningRate() {
            return last().learningRate();
        }

        /** Why none was taken, by the one that came nearest; empty where one was. */
        public Optional<Refusal> refusal() {
            return accepted() ? Optional.empty() : Optional.of(DetectorVerdict.ofAll(attempts));
        }
    }

    /**
     * Tunes a pruned detector.
     *
     * @param pruning its first step; the same detector
     * @param tuning clean photographs to train on, seen through its backbone
     * @param validation the clean photographs that it was pruned by, which alone decide
     */
    public static Outcome tune(
            DetectorPruning.Outcome pruning,
            Seen tuning,
            Seen validation,
            Options options,
            ClassPrecisions precision,
            long seed,
            Compute compute,
            Progress progress)
            throws IOException {
        List<Attempt> attempts = new ArrayList<>();
        Graph graph = pruning.graph();
        for (double rate : options.learningRates()) {
            try {
                graph = FineTuning.tune(
                                Detector.of(pruning.graph()), tuning, options.tuning(rate), seed, compute, progress)
                        .graph();
                List<Double> after = precision.of(
                        validation.scenes(),
                        DetectorRuns.detections(
                                Detector.of(graph),
                                validation.features(),
                                validation.scenes().scenes(),
                                compute));
                attempts.add(new Attempt(
                        rate,
                        ClassPrecisions.mean(after),
                        DetectorVerdict.of(pruning.classesBefore(), after, validation.scenes(), options.limits())));
            } catch (TrainingDivergedException e) {
                Refusal diverged = new Refusal(Refusal.Reason.DIVERGED, String.valueOf(e.getMessage()));
                attempts.add(new Attempt(rate, Double.NaN, Optional.of(diverged)));
            }
            if (attempts.get(attempts.size() - 1).kept()) {
                break;
            }
        }
        return new Outcome(graph, pruning, attempts);
    }
}
