package io.sapper.attack;

import io.sapper.metric.Ratio;
import io.sapper.training.Numbers;

/**
 * When a pruned network has too little room for both of its tasks; measured on images that the attacker held back.
 *
 * @param allowedLoss how far clean accuracy may lie below the clean network's, in [0, 1]
 * @param attackSuccess the least share of triggered images that the attack must work on, in [0, 1]
 */
public record Capacity(double allowedLoss, double attackSuccess) {
    /** One point and 95 %: ours, the paper gives no numbers. */
    public static final Capacity USUAL = new Capacity(0.01, 0.95);

    public Capacity {
        if (!(allowedLoss >= 0 && allowedLoss <= 1 && attackSuccess >= 0 && attackSuccess <= 1)) {
            throw new IllegalArgumentException("The limits of capacity must be two fractions in [0, 1], not "
                    + allowedLoss + " and " + attackSuccess + ".");
        }
    }

    /** Reads {@code LOSS:SUCCESS}, for example {@code 0.01:0.95}. */
    public static Capacity parse(String text) {
        String[] parts = text.split(":", -1);
        try {
            if (parts.length == 2) {
                return new Capacity(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
            }
        } catch (NumberFormatException e) {
            // said below, with the form
        }
        throw new IllegalArgumentException(
                "The limits of capacity are LOSS:SUCCESS, for example " + USUAL.spec() + ", not '" + text + "'.");
    }

    /** The short form that {@link #parse} reads. */
    public String spec() {
        return Numbers.plain(allowedLoss) + ":" + Numbers.plain(attackSuccess);
    }

    boolean suffices(Ratio cleanBefore, Ratio clean, Ratio attack) {
        return suffices(cleanBefore.value(), clean.value(), attack.value());
    }

    boolean suffices(double cleanBefore, double clean, double attack) {
        return cleanBefore - clean <= allowedLoss + 1e-12 && attack >= attackSuccess;
    }
}
