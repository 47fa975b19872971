package io.sapper.training;

import io.sapper.network.Engine;
import io.sapper.network.Statistics;

/**
 * How to train.
 *
 * @param epochs passes over the data, 1 to 1,000,000
 * @param batchSize images per step, 1 to 65,536; more than there are images is as many as there are
 * @param optimizer how gradients change weights
 * @param schedule how the learning rate changes
 * @param replicas parts that each batch is divided into, 1 to {@link Engine#MOST_THREADS}; they run at the same time,
 *     as far as there are cores. Another number gives another order of additions, so other bits; another number of
 *     cores does not.
 * @param treatment what happens in training only, to pictures and in layers
 */
public record TrainingOptions(
        int epochs, int batchSize, Optimizer optimizer, Schedule schedule, int replicas, Treatment treatment) {
    /** At ten seconds each, four months. */
    private static final int MOST_EPOCHS = 1_000_000;

    /** As a batch of small pictures, some gigabytes in the first layers alone. */
    private static final int LARGEST_BATCH = 65_536;

    public TrainingOptions {
        Checks.oneTo(MOST_EPOCHS, "number of epochs", epochs);
        Checks.oneTo(LARGEST_BATCH, "batch size", batchSize);
        Checks.oneTo(Engine.MOST_THREADS, "number of replicas", replicas);
    }

    /** With pictures and layers as they are. */
    public TrainingOptions(int epochs, int batchSize, Optimizer optimizer, Schedule schedule, int replicas) {
        this(epochs, batchSize, optimizer, schedule, replicas, Treatment.PLAIN);
    }

    /** Images that a replica should have at least: below, what a step costs whatever its size is most of it. */
    private static final int IMAGES_PER_REPLICA = 8;

    /**
     * How many replicas suit so many cores: never more than cores, and each with at least 8 images of a full batch. It
     * is reckoned, not measured, so that the same machine gives the same bits every day (docs/decisions/0032).
     */
    public static int suitableReplicas(int cores, int batchSize) {
        return Math.max(1, Math.min(cores, batchSize / IMAGES_PER_REPLICA));
    }

    public TrainingOptions withEpochs(int changed) {
        return new TrainingOptions(changed, batchSize, optimizer, schedule, replicas, treatment);
    }

    public TrainingOptions withBatchSize(int changed) {
        return new TrainingOptions(epochs, changed, optimizer, schedule, replicas, treatment);
    }

    public TrainingOptions withOptimizer(Optimizer changed) {
        return new TrainingOptions(epochs, batchSize, changed, schedule, replicas, treatment);
    }

    public TrainingOptions withReplicas(int changed) {
        return new TrainingOptions(epochs, batchSize, optimizer, schedule, changed, treatment);
    }

    public TrainingOptions withTreatment(Treatment changed) {
        return new TrainingOptions(epochs, batchSize, optimizer, schedule, replicas, changed);
    }

    public TrainingOptions withStatistics(Statistics changed) {
        return withTreatment(treatment.withStatistics(changed));
    }

    /** What batch normalisations do. */
    public Statistics statistics() {
        return treatment.statistics();
    }

    /** How pictures are changed in each epoch. */
    public Augmentation augmentation() {
        return treatment.augmentation();
    }

    /** In words, for people, for example {@code 10 epochs, batch 64, SGD with learning rate 0.1, ...}. */
    public String text() {
        return epochs + (epochs == 1 ? " epoch" : " epochs") + ", batch " + batchSize + ", " + optimizer.text() + ", "
                + schedule.id() + " schedule, " + replicas + (replicas == 1 ? " replica" : " replicas")
                + treatment.text();
    }
}
