package io.sapper.training;

import java.util.List;

/**
 * What training did.
 *
 * @param losses mean cross-entropy of each epoch, in nats
 * @param images trained on by this process (less than all after a resume)
 * @param seconds wall time of this process
 */
public record TrainingSummary(List<Double> losses, long images, double seconds) {
    /** Images per second of this process. */
    public double imagesPerSecond() {
        return images / seconds;
    }
}
