package io.sapper.defense;

import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.detection.Detector;
import io.sapper.network.detection.DetectorRuns;
import io.sapper.training.DetectorTraining.Seen;
import io.sapper.training.Progress;
import io.sapper.training.TrainingOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Pruning, then fine-tuning with the masks left on, of a detector. Fine-Pruning (Liu et al. 2018), section 4.3. Sees
 * the detector and two clean sets of photographs: one to tune on, one to decide on.
 *
 * <p>The paper publishes no learning rate. As {@link FinePruning} does, the detector is tuned as hard as its clean
 * precision bears: learning rates are tried from the highest down, and the first is kept that loses no more than is
 * allowed (docs/decisions/0006, 0070). If none is, the lowest is taken all the same, and the outcome says so: to show
 * what the defence does.
 */
public final class DetectorFinePruning {
    private DetectorFinePruning() {}

    /**
     * How to fine-prune.
     *
     * @param allowedDrop of the pruning, in [0, 1]
     * @param tuning the second step; its learning rate is replaced by those below
     * @param learningRates tried in this order
     * @param allowedLoss how far mean average precision may lie below the detector's that came in, in [0, 1]
     */
    public record Options(double allowedDrop, TrainingOptions tuning, List<Double> learningRates, double allowedLoss) {
        /** The paper's four points for pruning; of the whole, what {@link Limits} allow any repair. */
        public static final Options DEFAULTS = new Options(
                Pruning.Options.PAPER.allowedDrop(),
                FineTuning.OF_DETECTORS,
                List.of(5e-4, 2e-4),
                Limits.DEFAULTS.loss());

        public Options {
            learningRates = List.copyOf(learningRates);
            if (learningRates.isEmpty()) {
                throw new IllegalArgumentException("At least one learning rate is needed.");
            }
            learningRates.forEach(tuning.optimizer()::withLearningRate); // which checks it
            fraction("allowed drop of pruning", allowedDrop);
            fraction("allowed loss", allowedLoss);
        }

        private static void fraction(String name, double value) {
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException(
                        "The " + name + " in mean average precision must be a fraction in [0, 1], not " + value + ".");
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
     * @param precision mean average precision on validation photographs afterwards
     * @param kept whether that is within what is allowed
     */
    public record Attempt(double learningRate, double precision, boolean kept) {}

    /**
     * What fine-pruning did.
     *
     * @param graph of the last attempt
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
    }

    /**
     * Tunes a pruned detector.
     *
     * @param pruning its first step; the same detector
     * @param tuning clean photographs to train on, seen through its backbone
     * @param validation other clean photographs, which alone decide
     */
    public static Outcome tune(
            DetectorPruning.Outcome pruning,
            Seen tuning,
            Seen validation,
            Options options,
            MeanPrecision precision,
            long seed,
            Compute compute,
            Progress progress)
            throws IOException {
        List<Attempt> attempts = new ArrayList<>();
        Graph graph = pruning.graph();
        for (double rate : options.learningRates()) {
            graph = FineTuning.tune(Detector.of(pruning.graph()), tuning, options.tuning(rate), seed, compute, progress)
                    .graph();
            double after = precision.of(
                    validation.scenes(),
                    DetectorRuns.detections(
                            Detector.of(graph),
                            validation.features(),
                            validation.scenes().scenes(),
                            compute));
            attempts.add(new Attempt(rate, after, pruning.before() - after <= options.allowedLoss()));
            if (attempts.get(attempts.size() - 1).kept()) {
                break;
            }
        }
        return new Outcome(graph, pruning, attempts);
    }
}
