package io.sapper.defense;

import io.sapper.training.Numbers;
import java.util.Locale;

/**
 * Why a repair, or one attempt at it, was not taken.
 *
 * @param reason for programs
 * @param sentence for people: one sentence, with the way out where there is one
 */
public record Refusal(Reason reason, String sentence) {
    /** The kinds of reasons. */
    public enum Reason {
        /** So few clean images that nothing they say can show the loss to be within the allowed one. */
        TOO_FEW_IMAGES,
        /** Classes of the network without a clean image: whether they get worse cannot be seen. */
        MISSING_CLASSES,
        /** The learning rate was too high: a loss or a weight was no longer a finite number. */
        DIVERGED,
        /** More clean accuracy was lost than is allowed. */
        LOSS_TOO_LARGE,
        /** What was lost is within the allowed loss, but the images are too few to be sure. */
        LOSS_UNCERTAIN,
        /** A class is shown to have got worse, by more than a class may. */
        CLASS_WORSE,
        /** A change of images that was recovered works still, or is found again. */
        NOT_CLEARED,
        /** What the method works on was not there: no trigger was recovered. */
        NOTHING_RECOVERED
    }

    /**
     * Of a repair, where this speaks against the learning rate that came nearest.
     *
     * @param tried how many learning rates
     * @param nearest the one that came nearest
     */
    Refusal ofLearningRates(int tried, double nearest) {
        return new Refusal(
                reason,
                String.format(
                        Locale.ROOT,
                        tried == 1
                                ? "The learning rate %2$s failed: %3$s"
                                : "None of %1$d learning rates would do; the nearest, %2$s: %3$s",
                        tried,
                        Numbers.plain(nearest),
                        sentence));
    }
}
