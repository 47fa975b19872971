package io.sapper.training;

/** Hears how training goes on. Called by the thread that trains; must be quick. */
public interface Progress {
    /** Hears nothing. */
    Progress NONE = new Progress() {};

    /**
     * After each step.
     *
     * @param done images trained on so far, over all epochs
     * @param total images to train on, over all epochs
     */
    default void step(long done, long total) {}

    /**
     * After each epoch.
     *
     * @param epoch from 1
     * @param epochs how many there will be
     * @param meanLoss cross-entropy in nats, mean over the epoch's images
     * @param imagesPerSecond of this epoch
     */
    default void epoch(int epoch, int epochs, double meanLoss, double imagesPerSecond) {}

    /** A part of the work that trains nothing begins, for example pruning; what is returned hears of its images. */
    default Progress part(String name) {
        return NONE;
    }

    /** One line that people should know: that nothing is there to go on from, that a setting does not fit the data. */
    default void message(String line) {}
}
