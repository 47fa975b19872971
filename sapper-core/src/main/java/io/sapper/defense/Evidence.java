package io.sapper.defense;

import io.sapper.data.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the clean images at hand can decide; known before any work.
 *
 * @param images how many decide
 * @param crossValidated whether every clean image decides, each over a network that was tuned without it; else only
 *     those held back
 * @param needed the fewest images that can show the loss to be within the allowed one; {@code Long.MAX_VALUE} where no
 *     number can
 * @param usual the images that suffice for a usual repair: one that costs two fifths of the allowed loss
 * @param allowedLoss what may be lost, a fraction
 * @param missingClasses names of the classes without a clean image
 * @param accepted whether weak evidence was to be gone on with
 */
public record Evidence(
        int images,
        boolean crossValidated,
        long needed,
        long usual,
        double allowedLoss,
        List<String> missingClasses,
        boolean accepted) {
    /** Classes named one by one. */
    private static final int NAMED = 8;

    public Evidence {
        missingClasses = List.copyOf(missingClasses);
    }

    static Evidence of(Dataset tuning, Dataset validation, Limits limits) {
        return of(tuning, validation, limits, validation.size() < Loss.usual(limits.loss()));
    }

    /** Where all clean images decide, each over a network that was tuned without it. */
    public static Evidence ofAll(Dataset tuning, Dataset validation, Limits limits) {
        return of(tuning, validation, limits, true);
    }

    private static Evidence of(Dataset tuning, Dataset validation, Limits limits, boolean all) {
        long usual = Loss.usual(limits.loss());
        int images = all ? tuning.size() + validation.size() : validation.size();
        return new Evidence(
                images,
                all,
                Loss.fewest(limits.loss()),
                usual,
                limits.loss(),
                missing(tuning, validation),
                limits.acceptWeakEvidence());
    }

    private static List<String> missing(Dataset tuning, Dataset validation) {
        int[] tuned = tuning.classSizes();
        int[] held = validation.classSizes();
        List<String> names = new ArrayList<>();
        for (int label = 0; label < tuned.length; label++) {
            if (tuned[label] + held[label] == 0) {
                names.add(tuning.classNames().get(label));
            }
        }
        return names;
    }

    /** Whether the images are too few, or of too few classes, to decide. */
    public boolean weak() {
        return images < needed || !missingClasses.isEmpty();
    }

    /** Why nothing is begun with these images; empty where they do, or weak evidence is to be accepted. */
    public Optional<Refusal> refusal(Limits limits) {
        if (!weak() || accepted) {
            return Optional.empty();
        }
        return Optional.of(
                images < needed
                        ? new Refusal(Refusal.Reason.TOO_FEW_IMAGES, tooFew(limits.loss()))
                        : new Refusal(Refusal.Reason.MISSING_CLASSES, missingSentence()));
    }

    /** What decides, in words. */
    public String sentence() {
        return images + " clean images"
                + (crossValidated ? ", each with a network tuned without it (cross-validation)" : ", held back");
    }

    /** What speaks against the images, as a sentence; empty text where nothing does. */
    public String weakness() {
        if (images < needed) {
            return "Weak evidence, accepted: " + images + " clean images cannot show what the repair costs.";
        }
        return missingClasses.isEmpty() ? "" : "Weak evidence, accepted: no clean image of class " + names() + ".";
    }

    private String tooFew(double allowed) {
        if (needed == Long.MAX_VALUE) {
            return "No number of images can show that nothing at all is lost; allow some loss (--max-loss), or go on with"
                    + " --accept-weak-evidence.";
        }
        return String.format(
                Locale.ROOT,
                "%d clean images cannot show that no more than %s points are lost: it takes at least %d, usually %d;"
                        + " use more clean images (--clean-images, where the data has more), allow more (--max-loss), or"
                        + " go on with --accept-weak-evidence.",
                images,
                points(allowed),
                needed,
                usual);
    }

    private String missingSentence() {
        return "The clean images have none of "
                + (missingClasses.size() == 1 ? "class " : "the classes ")
                + names()
                + ", so what a repair does to them cannot be seen; give images of every class, or go on with"
                + " --accept-weak-evidence.";
    }

    private String names() {
        return some(missingClasses);
    }

    /** Names of classes, not too many of them. */
    static String some(List<String> classes) {
        int more = classes.size() - NAMED;
        return more <= 1
                ? String.join(", ", classes)
                : String.join(", ", classes.subList(0, NAMED)) + " and of " + more + " more";
    }

    static String points(double fraction) {
        String text = String.format(Locale.ROOT, "%.2f", 100 * fraction);
        return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text;
    }
}
