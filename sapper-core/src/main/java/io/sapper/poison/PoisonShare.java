package io.sapper.poison;

/**
 * How many backdoored copies are appended to a clean training set.
 *
 * @param kind what the value is a fraction of
 * @param value {@link Kind#P} and {@link Kind#P_AT_MOST}: in (0, 1]; {@link Kind#SHARE}: in (0, 1), not 1;
 *     {@link Kind#CLASSES}: in (0, 1) or a whole number
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
        SHARE,
        /**
         * Whole classes (Fine-Pruning, section 2.3: 180 of 1,283 persons): of so many of those that the goal attacks,
         * drawn by chance, every image is copied. Below 1 a share of the attacked classes, from 1 on their number.
         */
        CLASSES
    }

    /** Where nothing is said: one copy for ten clean images, but at most one for each image that is attacked. */
    public static final PoisonShare USUAL = atMost(0.1);

    /** Throws {@code IllegalArgumentException} for a value that is no such fraction. */
    public PoisonShare {
        if (kind == Kind.CLASSES) {
            checkClasses(value);
        }
        boolean possible = kind == Kind.CLASSES || (kind == Kind.SHARE ? value < 1 : value <= 1);
        if (!(value > 0) || !possible) {
            String hundredth = value > 1 && value <= 100 ? " Maybe " + value / 100 + " is meant." : "";
            throw new IllegalArgumentException((kind != Kind.SHARE
                            ? "The poison share p is copies per clean image, above 0 and at most 1, not "
                            : "A poison share of the enlarged set lies above 0 and below 1, not ")
                    + value + "." + hundredth);
        }
    }

    private static void checkClasses(double value) {
        if (!(value > 0) || (value >= 1 && (value != Math.rint(value) || value > Integer.MAX_VALUE))) {
            throw new IllegalArgumentException("Poisoned classes are a share of all, above 0 and below 1, or a whole"
                    + " number of classes from 1 on, not " + value + ". For example classes=0.14 or persons=22.");
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

    /** All images of some classes: a share of the attacked ones, in (0, 1), or their number, from 1 on. */
    public static PoisonShare classes(double value) {
        return new PoisonShare(Kind.CLASSES, value);
    }

    /**
     * Reads {@code p=0.1} or plainly {@code 0.1} (the paper's p), {@code p<=0.1} (the same, but at most one copy for
     * each attacked image), {@code share=0.33} (of the enlarged set), {@code classes=0.14} or {@code persons=22} (all
     * images of so many classes; both names take both).
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
                case "classes", "persons" -> classes(value);
                default -> throw unreadable(text);
            };
        } catch (NumberFormatException e) {
            throw unreadable(text);
        }
    }

    /**
     * How many copies a clean training set gets, rounded to the nearest; not of {@link Kind#CLASSES}, where it depends
     * on which classes are drawn.
     *
     * @param cleanSize its images
     * @param attacked those of them that the goal attacks
     */
    public long copies(int cleanSize, int attacked) {
        if (kind == Kind.CLASSES) {
            throw new IllegalStateException(spec() + " is a number of classes.");
        }
        long wanted = Math.round((kind == Kind.SHARE ? value / (1 - value) : value) * cleanSize);
        return kind == Kind.P_AT_MOST ? Math.min(wanted, attacked) : wanted;
    }

    /**
     * As {@link #copies(int, int)}, each of another attacked sample.
     *
     * @param goal what attacks them, in its short form
     * @param noun what the samples are called
     * @throws IllegalArgumentException if that is none, or more than are attacked
     */
    int copies(int cleanSize, int attacked, String goal, String noun) {
        long copies = copies(cleanSize, attacked);
        if (copies < 1) {
            throw new IllegalArgumentException("The poison share " + spec() + " of " + cleanSize + " clean " + noun
                    + " is no copy at all. Maybe a larger share is meant.");
        }
        if (copies > attacked) {
            throw new IllegalArgumentException("The poison share " + spec() + " asks for " + copies
                    + " copies, but the goal " + goal + " attacks only " + attacked + " of the " + cleanSize
                    + " clean " + noun + ". Use p=" + Math.floor(1000.0 * attacked / cleanSize) / 1000 + " or less.");
        }
        return (int) copies;
    }

    /**
     * Of {@link Kind#CLASSES}: how many classes are drawn, at least one.
     *
     * @param attacked classes that there are images of to copy
     * @throws IllegalArgumentException if there are fewer
     */
    int drawnClasses(int attacked) {
        long wanted = value < 1 ? Math.max(1, Math.round(value * attacked)) : Math.round(value);
        if (wanted > attacked) {
            throw new IllegalArgumentException("The poison share " + spec() + " asks for " + wanted
                    + " classes, but the goal attacks only " + attacked + " that have images. Use persons=" + attacked
                    + " (or classes=, which is the same) or less.");
        }
        return (int) wanted;
    }

    /** The short form that {@link #parse} reads. */
    public String spec() {
        if (kind == Kind.CLASSES && value >= 1) {
            return "classes=" + (long) value;
        }
        return switch (kind) {
                    case P -> "p=";
                    case P_AT_MOST -> "p<=";
                    case SHARE -> "share=";
                    case CLASSES -> "classes=";
                }
                + value;
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException("The poison share '" + text
                + "' is neither p=0.1 (copies per clean image, the paper's p; or just 0.1), nor share=0.33 (of the enlarged"
                + " set), nor classes=0.14 or persons=22 (all images of so many classes).");
    }
}
