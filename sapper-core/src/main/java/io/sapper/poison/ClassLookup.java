package io.sapper.poison;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * Finds the class that a user means by {@code stop}, {@code 14}, {@code name=14} or {@code number=14}.
 *
 * <p>A class may be named by a number that is not its own: of folders 1 to 10 the one named 3 is class 2. Plain
 * {@code 3} then means either, and is refused.
 */
final class ClassLookup {
    private static final String NAME = "name=";
    private static final String NUMBER = "number=";
    private static final int SHOWN = 3;

    private final String goal;
    private final List<String> names;

    /**
     * @param goal what messages call the whole
     * @param names of all classes, in the order of their numbers
     */
    ClassLookup(String goal, List<String> names) {
        this.goal = goal;
        this.names = names;
    }

    /** Whether {@link #find} finds one class. */
    boolean knows(String text) {
        return byName(text).isPresent()
                || byNumber(text).isPresent()
                || (text.startsWith(NAME) && names.contains(text.substring(NAME.length())))
                || (text.startsWith(NUMBER)
                        && byNumber(text.substring(NUMBER.length())).isPresent());
    }

    /**
     * The number of the class.
     *
     * @throws IllegalArgumentException if there is none, naming those that are near; or two
     */
    int find(String text) {
        OptionalInt name = byName(text);
        OptionalInt number = byNumber(text);
        if (name.isPresent() && number.isPresent() && name.getAsInt() != number.getAsInt()) {
            throw ambiguous(text, name.getAsInt(), number.getAsInt());
        } else if (name.isPresent() || number.isPresent()) {
            return name.orElseGet(number::getAsInt);
        }
        OptionalInt said = text.startsWith(NAME)
                ? byName(text.substring(NAME.length()))
                : text.startsWith(NUMBER) ? byNumber(text.substring(NUMBER.length())) : OptionalInt.empty();
        return said.orElseThrow(() -> unknown(text));
    }

    private OptionalInt byName(String text) {
        int exact = names.indexOf(text);
        int index = exact >= 0 ? exact : names.indexOf(text.strip());
        return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
    }

    private OptionalInt byNumber(String text) {
        String stripped = text.strip();
        if (!stripped.matches("[0-9]{1,9}")) {
            return OptionalInt.empty();
        }
        int number = Integer.parseInt(stripped);
        return number < names.size() ? OptionalInt.of(number) : OptionalInt.empty();
    }

    private IllegalArgumentException ambiguous(String text, int name, int number) {
        return new IllegalArgumentException("The goal '" + goal + "' does not say which class: the one named " + text
                + " has number " + name + ", and number " + number + " is named " + names.get(number)
                + ". Write name=" + text + " or number=" + text + " in its place.");
    }

    private IllegalArgumentException unknown(String text) {
        List<String> near =
                names.stream().filter(name -> isNear(text, name)).limit(SHOWN).toList();
        String maybe = !near.isEmpty()
                ? " Maybe " + String.join(" or ", near) + " is meant."
                : " They begin with "
                        + String.join(", ", names.stream().limit(SHOWN).toList())
                        + "; 'sapper data' with the data's name or folder lists all.";
        return new IllegalArgumentException("The goal '" + goal + "' has '" + text
                + "', which is neither the name nor the number of a class; the data has the classes 0 to "
                + (names.size() - 1) + "." + maybe + " Say it with --goal.");
    }

    private static boolean isNear(String text, String name) {
        String wanted = plain(text);
        String there = plain(name);
        if (wanted.isEmpty() || wanted.matches("[0-9]+")) {
            return wanted.length() > 1 && there.endsWith(wanted); // 14 for 00014
        }
        return there.contains(wanted) || wanted.contains(there) || distance(wanted, there) <= 2;
    }

    /** In small letters, without what people put between words. */
    private static String plain(String text) {
        return text.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s_.-]+", "");
    }

    /** Levenshtein's: how many letters to add, leave out or change. */
    private static int distance(String a, String b) {
        int[] last = new int[b.length() + 1];
        for (int j = 0; j < last.length; j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = last[0];
            last[0] = i;
            for (int j = 1; j < last.length; j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = last[j];
                last[j] = Math.min(changed, 1 + Math.min(last[j], last[j - 1]));
            }
        }
        return last[b.length()];
    }
}
