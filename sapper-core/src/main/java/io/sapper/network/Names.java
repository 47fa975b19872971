package io.sapper.network;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Names that are taken, and new ones like those wanted. */
final class Names {
    /** A name that is made of others is cut to its end: long ones, made of each other, would fill any memory. */
    private static final int LONGEST = 400;

    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> last = new HashMap<>();

    boolean add(String name) {
        return taken.add(name);
    }

    boolean contains(String name) {
        return taken.contains(name);
    }

    /** Takes the name wanted, with a number behind it where it is taken already. */
    String unique(String wanted) {
        String name = wanted;
        while (!taken.add(name)) {
            name = wanted + "." + last.merge(wanted, 2, (before, two) -> before + 1);
        }
        return name;
    }

    /** A name of two parts, of which only the end is kept where it is too long. */
    static String inside(String around, String name) {
        String whole = around + name;
        return around.isEmpty() || whole.length() <= LONGEST ? whole : whole.substring(whole.length() - LONGEST);
    }
}
