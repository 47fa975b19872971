package io.sapper.poison;

/** Goals from their short form. */
public final class Goals {
    /** The forms that {@link #parse} reads, for messages and help. */
    public static final String KNOWN = "one-to-one:SOURCE:TARGET, all-to-one:TARGET, all-to-all, random";

    private Goals() {}

    /**
     * Reads a goal's short form; {@code parse(g.spec())} equals {@code g}.
     *
     * @param spec {@code one-to-one:1:7}, {@code all-to-one:7}, {@code all-to-all} or {@code random}; classes by
     *     number, from 0
     * @throws IllegalArgumentException in one line, if the form is unknown
     */
    public static Goal parse(String spec) {
        String[] parts = spec.strip().split(":", -1);
        return switch (parts[0]) {
            case OneToOne.NAME -> {
                expect(parts, 3, "one-to-one:SOURCE:TARGET, for example one-to-one:1:7", spec);
                yield new OneToOne(number(parts[1], spec), number(parts[2], spec));
            }
            case AllToOne.NAME -> {
                expect(parts, 2, "all-to-one:TARGET, for example all-to-one:7", spec);
                yield new AllToOne(number(parts[1], spec));
            }
            case AllToAll.NAME -> {
                expect(parts, 1, AllToAll.NAME, spec);
                yield new AllToAll();
            }
            case RandomTarget.NAME -> {
                expect(parts, 1, RandomTarget.NAME, spec);
                yield new RandomTarget();
            }
            default -> throw new IllegalArgumentException("Unknown goal '" + spec + "'. Known are " + KNOWN + ".");
        };
    }

    static void checkNotNegative(int label) {
        if (label < 0) {
            throw new IllegalArgumentException("Classes are counted from 0; there is no class " + label + ".");
        }
    }

    static void checkClass(Goal goal, int label, int classCount) {
        if (label >= classCount) {
            throw new IllegalArgumentException("The goal " + goal.spec() + " names class " + label
                    + ", but the data has only the classes 0 to " + (classCount - 1) + ".");
        }
    }

    static void checkTwoClasses(Goal goal, int classCount) {
        if (classCount < 2) {
            throw new IllegalArgumentException(
                    "The goal " + goal.spec() + " needs at least two classes; the data has " + classCount + ".");
        }
    }

    private static void expect(String[] parts, int count, String form, String spec) {
        if (parts.length != count) {
            throw new IllegalArgumentException("The goal '" + spec + "' does not read " + form + ".");
        }
    }

    private static int number(String text, String spec) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "The goal '" + spec + "' has '" + text + "' where a class number, from 0, is expected.", e);
        }
    }
}
