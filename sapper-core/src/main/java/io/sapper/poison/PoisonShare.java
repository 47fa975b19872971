package io.sapper.poison;

/**
 * How many backdoored copies are appended to a clean training set.
 *
 * @param kind what the value is a fraction of
 * @param value {@link Kind#P}: in (0, 1]; {@link Kind#SHARE}: in (0, 1), not 1
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
         * Copies as a fraction of the enlarged set, as in BadNets figure 6: a share s means p = s / (1 - s). So 10, 33
         * and 50 % of the enlarged set are p = 1/9, 1/2 and 1.
         */
        SHARE
    }

    /** Throws {@code IllegalArgumentException} for a value that is no such fraction. */
    public PoisonShare {
        boolean possible = kind == Kind.P ? value <= 1 : value < 1;
        if (!(value > 0) || !possible) {
            throw new IllegalArgumentException(
                    kind == Kind.P
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

    /** Copies as a fraction of the enlarged set, in (0, 1). */
    public static PoisonShare ofEnlargedSet(double value) {
        return new PoisonShare(Kind.SHARE, value);
    }

    /**
     * Reads {@code p=0.1} or plainly {@code 0.1} (the paper's p), or {@code share=0.33} (of the enlarged set).
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
                case "share" -> ofEnlargedSet(value);
                default -> throw unreadable(text);
            };
        } catch (NumberFormatException e) {
            throw unreadable(text);
        }
    }

    /** How many copies a clean training set of this size gets, rounded to the nearest. */
    public long copies(int cleanSize) {
        return Math.round((kind == Kind.P ? value : value / (1 - value)) * cleanSize);
    }

    /** The short form that {@link #parse} reads. */
    public String spec() {
        return (kind == Kind.P ? "p=" : "share=") + value;
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException("The poison share '" + text
                + "' is neither p=0.1 (copies per clean image, the paper's p; or just 0.1) nor share=0.33 (of the enlarged"
                + " set).");
    }
}
