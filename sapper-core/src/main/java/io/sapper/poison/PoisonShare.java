package io.sapper.poison;

/**
 * How many backdoored copies are appended to a clean training set.
 *
 * @param kind what the value is a fraction of
 * @param value {@link Kind#P} and {@link Kind#P_AT_MOST}: in (0, 1]; {@link Kind#SHARE}: in (0, 1), not 1
 */
public record PoisonShare(Kind kind, double value) {
    /** What a share is a fraction of. */
    public enum Kind {
        /**
         * The paper's p (BadNets, section 4.1.3): p|D_train| images, chosen at random from those that the goal attacks,
         * are copied. |D_train| counts all clean training images, also those that are not attacked.
         */
        P,
        /**
         * As {@link #P}, but at most one copy for each clean image that the goal attacks. So one number serves every
         * goal: a one-to-one goal on ten classes attacks about a tenth of the images, and p = 0.1 may be more.
         */
        P_AT_MOST,
        /**
         * Copies as a fraction of the enlarged set, as in BadNets figure 6: a share s means p = s / (1 - s). So 10, 33
         * and 50 % of the enlarged set are p = 1/9, 1/2 and 1.
         */
        SHARE
    }

    /** Where nothing is said: one copy for ten clean images, but at most one for each image that is attacked. */
    public static final PoisonShare USUAL = atMost(0.1);

    /** Throws {@code IllegalArgumentException} for a value that is no such fraction. */
    public PoisonShare {
        boolean possible = kind == Kind.SHARE ? value < 1 : value <= 1;
        if (!(value > 0) || !possible) {
            throw new IllegalArgumentException(
                    kind != Kind.SHARE
                            ? "The poison share p is copies per clean image, above 0 and at most 1, not " + value
                                    + ". Maybe share=" + value + " (of the enlarged set) or p=" + value / 100
                                    + " is meant."
                            : "A poison share of the enlarged set lies above 0 and below 1, not " + value + ".");
        }
    }

    /** The paper's p: copies per clean training image, in (0, 1]. */
    public static PoisonShare p(double value) {
        return new PoisonShare(Kind.P, value);
    }

    /** The paper's p, in (0, 1], but at most one copy for each attacked image. */
    public static PoisonShare atMost(double value) {
        return new PoisonShare(Kind.P_AT_MOST, value);
    }

    /** Copies as a fraction of the enlarged set, in (0, 1). */
    public static PoisonShare ofEnlargedSet(double value) {
        return new PoisonShare(Kind.SHARE, value);
    }

    /**
     * Reads {@code p=0.1} or plainly {@code 0.1} (the paper's p), {@code p<=0.1} (the same, but at most one copy for
     * each attacked image), or {@code share=0.33} (of the enlarged set).
     *
     * @throws IllegalArgumentException in one line, if it is none of these or out of range
     */
    public static PoisonShare parse(String text) {
        String stripped = text.strip();
        int equals = stripped.indexOf('=');
        String name = equals < 0 ? "p" : stripped.substring(0, equals);
        try {
            double value = Double.parseDouble(stripped.substring(equals + 1));
            return switch (name) {
                case "p" -> p(value);
                case "p<" -> atMost(value);
                case "share" -> ofEnlargedSet(value);
                default -> throw unreadable(text);
            };
        } catch (NumberFormatException e) {
            throw unreadable(text);
        }
    }

    /**
     * How many copies a clean training set gets, rounded to the nearest.
     *
     * @param cleanSize its images
     * @param attacked those of them that the goal attacks
     */
    public long copies(int cleanSize, int attacked) {
        long wanted = Math.round((kind == Kind.SHARE ? value / (1 - value) : value) * cleanSize);
        return kind == Kind.P_AT_MOST ? Math.min(wanted, attacked) : wanted;
    }

    /** The short form that {@link #parse} reads. */
    public String spec() {
        return switch (kind) {
                    case P -> "p=";
                    case P_AT_MOST -> "p<=";
                    case SHARE -> "share=";
                }
                + value;
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException("The poison share '" + text
                + "' is neither p=0.1 (copies per clean image, the paper's p; or just 0.1) nor share=0.33 (of the enlarged"
                + " set).");
    }
}
