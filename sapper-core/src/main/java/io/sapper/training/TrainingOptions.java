package io.sapper.training;

import io.sapper.network.Engine;

/**
 * How to train.
 *
 * @param epochs passes over the data, 1 to 1,000,000
 * @param batchSize images per step, 1 to 65,536; more than there are images is as many as there are
 * @param optimizer how gradients change weights
 * @param schedule how the learning rate changes
 * @param replicas networks that share each batch, one thread each, 1 to {@link Engine#MOST_THREADS}. Another number
 *     gives another order of additions, so other bits.
 */
public record TrainingOptions(int epochs, int batchSize, Optimizer optimizer, Schedule schedule, int replicas) {
    /** At ten seconds each, four months. */
    private static final int MOST_EPOCHS = 1_000_000;

    /** As a batch of small pictures, some gigabytes in the first layers alone. */
    private static final int LARGEST_BATCH = 65_536;

    public TrainingOptions {
        Checks.oneTo(MOST_EPOCHS, "number of epochs", epochs);
        Checks.oneTo(LARGEST_BATCH, "batch size", batchSize);
        Checks.oneTo(Engine.MOST_THREADS, "number of replicas", replicas);
    }

    public TrainingOptions withEpochs(int changed) {
        return new TrainingOptions(changed, batchSize, optimizer, schedule, replicas);
    }

    public TrainingOptions withOptimizer(Optimizer changed) {
        return new TrainingOptions(epochs, batchSize, changed, schedule, replicas);
    }

    public TrainingOptions withReplicas(int changed) {
        return new TrainingOptions(epochs, batchSize, optimizer, schedule, changed);
    }

    /** Everything that decides the result, in one line: two runs may continue each other only if it is the same. */
    public String fingerprint() {
        return epochs + " epochs, batch " + batchSize + ", " + optimizer + ", " + schedule.id() + ", " + replicas
                + " replica(s)";
    }
}
