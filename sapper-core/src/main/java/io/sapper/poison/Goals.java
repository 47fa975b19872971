package io.sapper.poison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Goals from their short form. Classes are given by number, from 0, or by name: {@code all-to-one:stop}. Where a name
 * is also the number of another class, {@code name=3} or {@code number=3} says which.
 */
public final class Goals {
    /** The forms that {@link #parse} reads, for messages and help. */
    public static final String KNOWN = "one-to-one:SOURCE:TARGET, all-to-one:TARGET, all-to-all, random";

    private Goals() {}

    /**
     * Reads a goal's short form with classes by number; {@code parse(g.spec())} equals {@code g}.
     *
     * @param spec {@code one-to-one:1:7}, {@code all-to-one:7}, {@code all-to-all} or {@code random}
     * @throws IllegalArgumentException in one line, if the form is unknown
     */
    public static Goal parse(String spec) {
        checkForm(spec);
        List<Integer> classes = new ArrayList<>();
        for (String text : rest(spec).split(":", -1)) {
            classes.add(takesClasses(spec) ? number(text, spec) : 0);
        }
        if (classes.size() != (kind(spec).equals(OneToOne.NAME) ? 2 : 1)) {
            throw wrongForm(spec);
        }
        return goal(spec, classes);
    }

    /**
     * Reads a goal's short form.
     *
     * @param classNames of the data, in the order of their numbers
     * @throws IllegalArgumentException in one line, if the form is unknown, or a class, or a class is not clear
     */
    public static Goal parse(String spec, List<String> classNames) {
        checkForm(spec);
        ClassLookup lookup = new ClassLookup(spec, classNames);
        String rest = rest(spec);
        if (kind(spec).equals(OneToOne.NAME)) {
            int colon = split(rest, lookup, spec);
            return new OneToOne(lookup.find(rest.substring(0, colon)), lookup.find(rest.substring(colon + 1)));
        }
        return goal(spec, takesClasses(spec) ? List.of(lookup.find(rest)) : List.of());
    }

    /**
     * A goal's short form with classes by name; {@code parse(spec(g, names), names)} equals {@code g}. By number where
     * a name would be read as something else: {@code all-to-one:number=2}.
     *
     * @param classNames of the data, in the order of their numbers
     */
    public static String spec(Goal goal, List<String> classNames) {
        if (!takesClasses(goal.spec())) {
            return goal.spec();
        }
        String named = spec(goal, number -> classNames.get(number));
        try {
            if (parse(named, classNames).equals(goal)) {
                return named;
            }
        } catch (IllegalArgumentException e) {
            // names that hold colons, or are numbers of other classes
        }
        return spec(goal, number -> "number=" + number);
    }

    private static String spec(Goal goal, IntFunction<String> text) {
        return kind(goal.spec()) + ":"
                + Arrays.stream(rest(goal.spec()).split(":", -1))
                        .map(number -> text.apply(number(number, goal.spec())))
                        .collect(Collectors.joining(":"));
    }

    /**
     * Checks all that can be checked before the data are there.
     *
     * @throws IllegalArgumentException in one line, if the form is unknown
     */
    public static void checkForm(String spec) {
        String rest = rest(spec);
        boolean right =
                switch (kind(spec)) {
                    case OneToOne.NAME -> rest.matches("(?s).+:.+");
                    case AllToOne.NAME -> !rest.isBlank();
                    case AllToAll.NAME, RandomTarget.NAME -> !spec.contains(":");
                    default ->
                        throw new IllegalArgumentException("Unknown goal '" + spec + "'. Known are " + KNOWN + ".");
                };
        if (!right) {
            throw wrongForm(spec);
        }
        if (kind(spec).equals(OneToOne.NAME) && rest.matches("(?s)([^:]*):\\1")) {
            throw new IllegalArgumentException(
                    "A one-to-one attack needs two different classes; '" + spec + "' has one twice.");
        }
    }

    /** Where source and target part: names may hold colons, so it is where both sides are classes. */
    private static int split(String rest, ClassLookup lookup, String spec) {
        int[] colons = IntStream.range(0, rest.length())
                .filter(i -> rest.charAt(i) == ':')
                .toArray();
        int[] fitting = IntStream.of(colons)
                .filter(colon -> lookup.knows(rest.substring(0, colon)) && lookup.knows(rest.substring(colon + 1)))
                .toArray();
        if (fitting.length > 1) {
            throw new IllegalArgumentException("The goal '" + spec
                    + "' can be read in two ways, for class names hold colons. Give the classes by number.");
        }
        return fitting.length == 1 ? fitting[0] : colons[0];
    }

    private static Goal goal(String spec, List<Integer> classes) {
        return switch (kind(spec)) {
            case OneToOne.NAME -> new OneToOne(classes.get(0), classes.get(1));
            case AllToOne.NAME -> new AllToOne(classes.get(0));
            case AllToAll.NAME -> new AllToAll();
            default -> new RandomTarget();
        };
    }

    private static boolean takesClasses(String spec) {
        return kind(spec).equals(OneToOne.NAME) || kind(spec).equals(AllToOne.NAME);
    }

    private static String kind(String spec) {
        return spec.strip().split(":", -1)[0];
    }

    private static String rest(String spec) {
        String text = spec.strip();
        return text.contains(":") ? text.substring(text.indexOf(':') + 1) : "";
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

    private static IllegalArgumentException wrongForm(String spec) {
        String form =
                switch (kind(spec)) {
                    case OneToOne.NAME -> "one-to-one:SOURCE:TARGET, for example one-to-one:1:7";
                    case AllToOne.NAME -> "all-to-one:TARGET, for example all-to-one:7";
                    default -> kind(spec);
                };
        return new IllegalArgumentException("The goal '" + spec + "' does not read " + form + ".");
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
