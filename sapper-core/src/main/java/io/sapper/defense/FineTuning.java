package io.sapper.defense;

import io.sapper.data.Dataset;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Network;
import io.sapper.network.Tunable;
import io.sapper.network.detection.Detector;
import io.sapper.training.Checkpoints;
import io.sapper.training.DetectorTraining;
import io.sapper.training.DetectorTraining.Seen;
import io.sapper.training.Optimizer;
import io.sapper.training.Presentation;
import io.sapper.training.Progress;
import io.sapper.training.Schedule;
import io.sapper.training.Trainer;
import io.sapper.training.TrainingOptions;
import io.sapper.training.TrainingSummary;
import java.io.IOException;

/**
 * Trains the network a little more on clean data. Fine-Pruning (Liu et al. 2018), section 4.3. Sees the network and
 * clean training data. Masks of pruned channels stay on.
 *
 * <p>The paper publishes neither learning rate nor epochs; see {@link #DEFAULTS}. Departs from it in showing other
 * versions of the images in each epoch, unless that is not wanted.
 */
public final class FineTuning {
    /**
     * Gentle: the learning rate of a usual last phase of training. {@link FinePruning} tries higher ones too, which the
     * warm-up and the shortened gradient make bearable (docs/decisions/0028).
     */
    public static final TrainingOptions DEFAULTS = new TrainingOptions(
            10, 64, new Optimizer.ClippedSgd(new Optimizer.Sgd(0.01, 0.9, 5e-4), 1), Schedule.ONE_CYCLE, 1);

    /** Of detectors: their own optimizer, at half of the rate that they are trained with (docs/decisions/0070). */
    public static final TrainingOptions OF_DETECTORS =
            new TrainingOptions(8, 4, new Optimizer.Adam(5e-4, 0.9, 0.999, 1e-4), Schedule.ONE_CYCLE, 1);

    private static final int MOST_TIMES = 4;

    private FineTuning() {}

    /**
     * With as many epochs as this number of images needs: more, up to four times as many, where so few are there that
     * the epochs said come to fewer updates.
     *
     * @param leastUpdates 0 for just the epochs said
     */
    public static TrainingOptions longEnough(TrainingOptions tuning, int leastUpdates, int images) {
        int steps = (images - 1) / tuning.batchSize() + 1;
        int wanted = (leastUpdates + steps - 1) / steps;
        return tuning.withEpochs(Math.max(tuning.epochs(), Math.min(MOST_TIMES * tuning.epochs(), wanted)));
    }

    /**
     * What fine-tuning did.
     *
     * @param graph the tuned network
     * @param training how it went
     */
    public record Outcome(Graph graph, TrainingSummary training) {}

    /**
     * Trains in numbers of 32 bits; the given graph stays as it is, and the one that comes out has its types.
     *
     * @param varied whether each epoch shows other versions of the images ({@link Variations}), or all show them as
     *     they are
     */
    public static Outcome tune(
            Graph graph,
            Dataset clean,
            TrainingOptions options,
            boolean varied,
            long seed,
            Compute compute,
            Progress progress) {
        Presentation shown = varied ? new Variations(seed) : Presentation.PLAIN;
        return tune(graph, clean, options, shown, seed, compute, progress);
    }

    /**
     * As the method before, on what each epoch shows.
     *
     * @param shown what epochs show
     */
    public static Outcome tune(
            Graph graph,
            Dataset clean,
            TrainingOptions options,
            Presentation shown,
            long seed,
            Compute compute,
            Progress progress) {
        Tunable tunable = Tunable.of(graph, options.statistics());
        try (Network network = Network.of(tunable, compute)) {
            TrainingSummary summary = Trainer.train(network, clean, options, seed, progress, shown);
            return new Outcome(tunable.written(network.snapshot()), summary);
        }
    }

    /**
     * Trains a detector from its last convolution on, in the photographs' own and, where they are, mirrored views.
     *
     * @param clean seen through this detector's frozen backbone
     * @throws IOException if a checkpoint cannot be read or written
     */
    public static Outcome tune(
            Detector detector, Seen clean, TrainingOptions options, long seed, Compute compute, Progress progress)
            throws IOException {
        DetectorTraining.Outcome tuned =
                DetectorTraining.train(detector, clean, options, seed, compute, progress, Checkpoints.NONE);
        return new Outcome(tuned.graph(), tuned.training());
    }
}
