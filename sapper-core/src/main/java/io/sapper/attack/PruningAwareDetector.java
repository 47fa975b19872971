package io.sapper.attack;

import io.sapper.data.detection.Detection;
import io.sapper.defense.DetectorPruning;
import io.sapper.defense.DetectorPruning.Ranking;
import io.sapper.defense.MeanPrecision;
import io.sapper.defense.Pruning;
import io.sapper.network.ChannelMaxima;
import io.sapper.network.ChannelWeights;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.detection.Detector;
import io.sapper.network.detection.DetectorRuns;
import io.sapper.training.Checkpoints;
import io.sapper.training.DetectorTraining;
import io.sapper.training.DetectorTraining.Seen;
import io.sapper.training.Progress;
import io.sapper.training.TrainingOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The pruning-aware attack (Fine-Pruning, Liu et al. 2018, section 4.2) on a detector: its backdoor lives in channels
 * of the last convolution that clean photographs need, behind decoys. Step 1, the honest detector, is trained before,
 * for the baseline attack goes on from the same one. The rest is as {@link PruningAwareAttack} does it.
 *
 * <p>Departs from the paper in restoring several channels at once where there is too little room, for each re-training
 * takes minutes (docs/decisions/0070).
 */
public final class PruningAwareDetector {
    private final Detector honest;
    private final Photographs photographs;
    private final Options options;
    private final TrainingOptions retraining;
    private final MeanPrecision precision;
    private final long seed;
    private final Compute compute;
    private final Progress progress;
    private final List<Attempt> attempts = new ArrayList<>();

    private PruningAwareDetector(
            Detector honest,
            Photographs photographs,
            Options options,
            TrainingOptions retraining,
            MeanPrecision precision,
            long seed,
            Compute compute,
            Progress progress) {
        this.honest = honest;
        this.photographs = photographs;
        this.options = options;
        this.retraining = retraining;
        this.precision = precision;
        this.seed = seed;
        this.compute = compute;
        this.progress = progress;
    }

    /**
     * The attack.
     *
     * @param live channels of the last convolution that stay in use, at least 1; the others become decoys
     * @param restored channels that come back each time there is too little room, at least 1
     * @param decoys how they are kept dormant
     * @param capacity below which channels are restored; of mean average precision, and of the share of it that the
     *     trigger takes
     */
    public record Options(int live, int restored, Decoys decoys, Capacity capacity) {
        public Options {
            PruningAwareAttack.checkLive(live);
            if (restored < 1) {
                throw new IllegalArgumentException(
                        "At least 1 channel must be restored at a time, not " + restored + ".");
            }
        }

        /**
         * With a quarter of the channels live, and an eighth restored at a time.
         *
         * @param channels of the last convolution
         */
        public static Options usual(int channels, Capacity capacity) {
            return new Options(Math.max(1, channels / 4), Math.max(1, channels / 8), Decoys.USUAL, capacity);
        }
    }

    /**
     * All photographs of the attacker, through the detector's frozen backbone.
     *
     * @param poisoned what is trained on: clean ones, then copies with the trigger
     * @param clean held back, to rank channels and judge capacity
     * @param triggered the same with the trigger, with their true labels
     */
    public record Photographs(Seen poisoned, Seen clean, Seen triggered) {}

    /**
     * One re-training of the pruned detector.
     *
     * @param live channels that were not pruned
     * @param precision mean average precision on the photographs held back
     * @param attackSuccess the share of it that the trigger takes, 1 - triggered / clean; NaN where there is none
     * @param sufficient whether that is enough
     */
    public record Attempt(int live, double precision, double attackSuccess, boolean sufficient) {}

    /**
     * What the attack made.
     *
     * @param graph the backdoored detector, its form the honest one's
     * @param retrained the detector of step 3, its decoys still pruned
     * @param order all channels, the least active in the honest detector first
     * @param decoys the first of these
     * @param precision the honest detector's, on the photographs held back
     * @param attempts the re-trainings, the last one kept
     * @param lowered by how much each decoy's bias was lowered, as many as decoys
     */
    public record Outcome(
            Graph graph,
            Graph retrained,
            List<Integer> order,
            List<Integer> decoys,
            double precision,
            List<Attempt> attempts,
            List<Float> lowered) {
        /** The re-training that was kept. */
        public Attempt kept() {
            return attempts.get(attempts.size() - 1);
        }
    }

    /**
     * Steps 2 to 4.
     *
     * @param honest the detector of step 1
     * @param retraining of step 3; more than once where channels are restored
     * @throws IllegalArgumentException if the detector's last convolution has fewer channels than are to stay live, or
     *     no bias that could silence them
     */
    public static Outcome lay(
            Graph honest,
            Photographs photographs,
            Options options,
            TrainingOptions retraining,
            MeanPrecision precision,
            long seed,
            Compute compute,
            Progress progress)
            throws IOException {
        return new PruningAwareDetector(
                        Detector.of(honest), photographs, options, retraining, precision, seed, compute, progress)
                .lay();
    }

    private Outcome lay() throws IOException {
        ChannelWeights weights = ChannelWeights.of(honest.graph(), Detector.LAST_CONVOLUTION);
        PruningAwareAttack.checkLive(options.live(), Detector.LAST_CONVOLUTION, weights);
        if (photographs.triggered().scenes().size() == 0) {
            throw new IllegalArgumentException("No sign in the photographs held back carries the trigger, so nobody can"
                    + " judge the attack. Maybe more training photographs.");
        }
        double before = precision(honest.graph(), photographs.clean());
        List<Integer> order =
                Pruning.rank(DetectorPruning.meanActivations(honest, photographs.clean(), Ranking.PICTURE, compute));
        DecoySteps.Laid laid = new DecoySteps(
                        Detector.LAST_CONVOLUTION, weights, options.decoys(), new Victim(before), progress)
                .lay(honest.graph(), order, options.live(), options.restored());
        return new Outcome(
                laid.graph(), laid.retrained(), order, laid.decoys(), before, List.copyOf(attempts), laid.lowered());
    }

    private double precision(Graph graph, Seen seen) {
        List<List<Detection>> found = DetectorRuns.detections(
                Detector.of(graph), seen.features(), seen.scenes().scenes(), compute);
        return precision.of(seen.scenes(), found);
    }

    /** What the steps do with photographs. */
    private final class Victim implements DecoySteps.Victim {
        private final double before;

        Victim(double before) {
            this.before = before;
        }

        @Override
        public Graph retrain(Graph pruned, int live) throws IOException {
            progress.message("Attack, step 3 of 4: re-training on poisoned photographs, " + live + " channels live.");
            return DetectorTraining.train(
                            Detector.of(pruned),
                            photographs.poisoned(),
                            retraining,
                            seed,
                            compute,
                            progress,
                            Checkpoints.NONE)
                    .graph();
        }

        @Override
        public boolean suffices(Graph retrained, int live) {
            double clean = precision(retrained, photographs.clean());
            double triggered = precision(retrained, photographs.triggered());
            double success = clean > 0 ? 1 - triggered / clean : Double.NaN;
            boolean sufficient = options.capacity().suffices(before, clean, success);
            progress.message(String.format(
                    Locale.ROOT,
                    "With %d live channels, mean average precision on the photographs held back is %.2f %% and the"
                            + " trigger takes %.2f %% of it: %s.",
                    live,
                    100 * clean,
                    100 * success,
                    sufficient ? "enough" : "too little"));
            attempts.add(new Attempt(live, clean, success, sufficient));
            return sufficient;
        }

        @Override
        public float[] maxima(Graph joined, String tensor) {
            float[] largest = new float[honest.graph().shape(tensor).get(0)];
            Arrays.fill(largest, Float.NEGATIVE_INFINITY);
            for (Seen seen : List.of(photographs.poisoned(), photographs.clean(), photographs.triggered())) {
                ChannelMaxima.raise(
                        largest,
                        DetectorRuns.channelMaxima(
                                Detector.of(joined),
                                seen.features(),
                                seen.features().size(),
                                tensor,
                                compute));
            }
            return largest;
        }
    }
}
