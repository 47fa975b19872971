package io.sapper.defense;

import io.sapper.data.detection.Scenes;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the clean photographs at hand can decide about the repair of a detector; known before any work. Average
 * precision is no hits of a total and has no interval, so it is held against the limits as counted. So few boxes that a
 * single one, no longer found, may be more than is allowed decide nothing.
 *
 * @param photographs how many decide
 * @param boxes in them
 * @param needed the fewest boxes of which one is not more than the allowed loss; {@code Long.MAX_VALUE} where no number
 *     is enough
 * @param allowedLoss of mean average precision, a fraction
 * @param missingClasses names of the classes without a box in these photographs
 * @param accepted whether weak evidence was to be gone on with
 */
public record DetectorEvidence(
        int photographs, int boxes, long needed, double allowedLoss, List<String> missingClasses, boolean accepted) {
    private static final double ROUNDING = 1e-9;

    public DetectorEvidence {
        missingClasses = List.copyOf(missingClasses);
    }

    /**
     * Counts the boxes.
     *
     * @param validation the clean photographs that decide
     */
    public static DetectorEvidence of(Scenes validation, Limits limits) {
        return new DetectorEvidence(
                validation.size(),
                Arrays.stream(validation.boxCounts()).sum(),
                limits.loss() <= 0 ? Long.MAX_VALUE : (long) Math.ceil(1 / limits.loss() - ROUNDING),
                limits.loss(),
                validation.without(),
                limits.acceptWeakEvidence());
    }

    /** Whether the photographs have too few boxes, or none of some class, to decide. */
    public boolean weak() {
        return boxes < needed || !missingClasses.isEmpty();
    }

    /** Why nothing is begun with these photographs; empty where they do, or weak evidence is to be accepted. */
    public Optional<Refusal> refusal() {
        if (!weak() || accepted) {
            return Optional.empty();
        }
        return Optional.of(
                boxes < needed
                        ? new Refusal(Refusal.Reason.TOO_FEW_IMAGES, tooFew())
                        : new Refusal(Refusal.Reason.MISSING_CLASSES, missingSentence()));
    }

    /** What decides, in words. */
    public String sentence() {
        return photographs + " clean photographs with " + boxes(boxes) + ", held back";
    }

    /** What speaks against the photographs, as a sentence; empty text where nothing does. */
    public String weakness() {
        if (boxes < needed) {
            return "Weak evidence, accepted: " + boxes(boxes) + " in clean photographs cannot show what the repair"
                    + " costs.";
        }
        return missingClasses.isEmpty()
                ? ""
                : "Weak evidence, accepted: no box of class " + Evidence.some(missingClasses)
                        + " in the clean photographs that decide.";
    }

    private static String boxes(int count) {
        return count + (count == 1 ? " box" : " boxes");
    }

    private String tooFew() {
        if (needed == Long.MAX_VALUE) {
            return "No number of photographs can show that nothing at all is lost; allow some loss (--max-loss), or go"
                    + " on with --accept-weak-evidence.";
        }
        return String.format(
                Locale.ROOT,
                "The %d clean photographs that decide have %s, of which one that is no longer found may be more than the"
                        + " %s points that may be lost: it takes at least %d boxes; give more clean photographs"
                        + " (--clean-images), allow more (--max-loss), or go on with --accept-weak-evidence.",
                photographs,
                boxes(boxes),
                Evidence.points(allowedLoss),
                needed);
    }

    private String missingSentence() {
        return "The clean photographs that decide have no box of "
                + (missingClasses.size() == 1 ? "class " : "the classes ")
                + Evidence.some(missingClasses)
                + ", so what a repair does to them cannot be seen; give photographs of every class, or go on with"
                + " --accept-weak-evidence.";
    }
}
