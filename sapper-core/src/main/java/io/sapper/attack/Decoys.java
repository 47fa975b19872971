package io.sapper.attack;

import io.sapper.training.Numbers;

/**
 * How far the biases of decoys are lowered.
 *
 * @param variant as the paper says it, or as its authors did it
 * @param margin of {@link Variant#JUST_DORMANT}: how far below zero a decoy stays at the least, in the unit of the
 *     layer's numbers before its ReLU, above 0
 */
public record Decoys(Variant variant, double margin) {
    /** What to lower to. */
    public enum Variant {
        /** Fine-Pruning, section 4.2: just so far that no image at hand wakes a decoy. */
        JUST_DORMANT,
        /** As in the authors' released weights: {@value PruningAwareAttack#CRUDE_BIAS}. */
        CRUDE
    }

    private static final String JUST_DORMANT = "just-dormant";
    private static final String CRUDE = "crude";

    /** Just dormant, with a margin of 1 (docs/decisions/0050). */
    public static final Decoys USUAL = new Decoys(Variant.JUST_DORMANT, 1);

    public Decoys {
        if (!(margin > 0 && margin <= 1e6)) {
            throw new IllegalArgumentException(
                    "The margin of decoys must be above 0 and at most 1000000, not " + margin + ".");
        }
    }

    /** Reads {@code just-dormant}, {@code just-dormant:MARGIN} or {@code crude}. */
    public static Decoys parse(String text) {
        if (text.equals(CRUDE)) {
            return new Decoys(Variant.CRUDE, USUAL.margin());
        }
        if (text.equals(JUST_DORMANT)) {
            return USUAL;
        }
        try {
            if (text.startsWith(JUST_DORMANT + ":")) {
                return new Decoys(Variant.JUST_DORMANT, Double.parseDouble(text.substring(JUST_DORMANT.length() + 1)));
            }
        } catch (NumberFormatException e) {
            // said below, with the forms there are
        }
        throw new IllegalArgumentException(
                "Unknown decoys '" + text + "'. Known: just-dormant, just-dormant:MARGIN, crude.");
    }

    /** The short form that {@link #parse} reads. */
    public String spec() {
        return variant == Variant.CRUDE ? CRUDE : JUST_DORMANT + ":" + Numbers.plain(margin);
    }
}
