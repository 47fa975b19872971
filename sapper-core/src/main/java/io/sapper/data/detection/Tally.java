package io.sapper.data.detection;

import io.sapper.data.MalformedFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What had to be mended or passed over, by kind, each with how often and where first. */
final class Tally {
    private static final int NAMED = 3;

    private final Map<String, Kind> kinds = new LinkedHashMap<>();
    private final Map<String, String> notes = new LinkedHashMap<>();

    private static final class Kind {
        private final List<String> first = new ArrayList<>();
        private int count;
    }

    /**
     * Counts one.
     *
     * @param kind in words, to follow a number: {@code boxes lie outside their picture and are left out}
     */
    void add(String kind, String where) {
        Kind one = kinds.computeIfAbsent(kind, unused -> new Kind());
        one.count++;
        if (one.first.size() < NAMED && !one.first.contains(where)) {
            one.first.add(where);
        }
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
                .map(kind -> MalformedFileException.oneLine(kind.getValue().count + " " + kind.getKey() + ": "
                        + String.join(", ", kind.getValue().first)
                        + (kind.getValue().count > kind.getValue().first.size() ? ", ..." : "") + "."))
                .toList();
    }
}
