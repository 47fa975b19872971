package io.sapper.network.detection;

/**
 * How many boxes go from the first stage to the second, and from there out.
 *
 * @param before the best so many of the first stage are looked at
 * @param overlap of two that overlap more, the better is kept; intersection over union
 * @param after the best so many go on
 * @param detectionOverlap of two detections of one class that overlap more, the better is kept
 * @param leastScore detections below are left out
 * @param detections the best so many of each class go out
 */
public record Proposing(
        int before, double overlap, int after, double detectionOverlap, double leastScore, int detections) {
    /** For two cores: 1,000 and 300 boxes; the thresholds are those of the published code, the least score is lower. */
    public static final Proposing SMALL = new Proposing(1000, 0.7, 300, 0.3, 0.01, 50);

    /** The published code's: 6,000 and 300. */
    public static final Proposing PAPER = new Proposing(6000, 0.7, 300, 0.3, 0.01, 100);
}
