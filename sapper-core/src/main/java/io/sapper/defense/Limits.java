package io.sapper.defense;

/**
 * What a repair may cost, and how surely that must be known.
 *
 * @param loss clean accuracy that may be lost, a fraction in [0, 1]; the upper end of the loss's 95 % interval must
 *     keep to it. Of detectors, mean average precision, as counted
 * @param classLoss clean accuracy that one class may lose, a fraction in [0, 1]; no class may be shown to have got
 *     worse and have lost more
 * @param acceptWeakEvidence whether to go on where the images are too few or of too few classes to know; then the
 *     counted loss is held against the limit, not its interval
 */
public record Limits(double loss, double classLoss, boolean acceptWeakEvidence) {
    /**
     * Two points in all, ten points in a class, and surely. Two, because that is what the few hundred clean images
     * which a receiver of a network has can show: 189 at the least, usually 769; one point takes twice as many.
     */
    public static final Limits DEFAULTS = new Limits(0.02, 0.1, false);

    public Limits {
        if (!(loss >= 0 && loss <= 1)) {
            throw new IllegalArgumentException(
                    "The allowed loss of accuracy (--max-loss) must be a fraction in [0, 1], not " + loss + ".");
        }
        if (!(classLoss >= 0 && classLoss <= 1)) {
            throw new IllegalArgumentException(
                    "The allowed loss of a class (--max-class-loss) must be a fraction in [0, 1], not " + classLoss
                            + ".");
        }
    }

    /**
     * What one class of a detector may lose of its average precision, which has no interval: never less than one of its
     * boxes is worth, so that no class is refused for a single box.
     *
     * @param boxes of the class, at least 1
     */
    public double classLoss(long boxes) {
        return Math.max(classLoss, 1.0 / boxes);
    }

    /** Whatever it costs, it is taken: for showing what a defence does. */
    public static Limits none() {
        return new Limits(1, 1, true);
    }
}
