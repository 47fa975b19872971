package io.sapper.data.detection;

import io.sapper.data.MalformedFileException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What had to be mended or passed over, by kind, each with how often and where first. */
final class Tally {
    private static final int NAMED = 3;

    private final Map<String, Kind> kinds = new LinkedHashMap<>();
    private final Map<String, String> notes = new LinkedHashMap<>();

    private static final class Kind {
        private final Set<String> where = new LinkedHashSet<>();
        private int count;
    }

    /**
     * Counts one.
     *
     * @param kind in words, to go before a number: {@code Boxes outside their photograph, left out}
     */
    void add(String kind, String where) {
        Kind one = kinds.computeIfAbsent(kind, unused -> new Kind());
        one.count++;
        one.where.add(where);
    }

    /** Notes how something was done. */
    void note(String name, String text) {
        notes.put(name, MalformedFileException.oneLine(text));
    }

    Map<String, String> notes() {
        return notes;
    }

    /** One line for each kind. */
    List<String> warnings() {
        return kinds.entrySet().stream()
                .map(kind -> MalformedFileException.oneLine(
                        kind.getKey() + ": " + kind.getValue().count + " (" + named(kind.getValue().where) + ")."))
                .toList();
    }

    private static String named(Set<String> where) {
        return where.stream().limit(NAMED).collect(Collectors.joining(", ")) + (where.size() > NAMED ? ", ..." : "");
    }
}
