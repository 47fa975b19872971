package io.sapper.training;

/**
 * How to train.
 *
 * @param epochs passes over the data, at least 1
 * @param batchSize images per step, at least 1
 * @param optimizer how gradients change weights
 * @param schedule how the learning rate changes
 * @param replicas networks that share each batch, one thread each, at least 1. Another number gives another order of
 *     additions, so other bits.
 */
public record TrainingOptions(int epochs, int batchSize, Optimizer optimizer, Schedule schedule, int replicas) {
    public TrainingOptions {
        Checks.atLeastOne("number of epochs", epochs);
        Checks.atLeastOne("batch size", batchSize);
        Checks.atLeastOne("number of replicas", replicas);
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
