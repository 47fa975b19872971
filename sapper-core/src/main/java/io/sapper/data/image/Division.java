package io.sapper.data.image;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The pictures or recordings of a folder, divided.
 *
 * @param classNames in the order of their numbers
 * @param train for training
 * @param test for testing
 */
record Division(List<String> classNames, List<Entry> train, List<Entry> test) {
    /**
     * One picture or recording.
     *
     * @param file where it is
     * @param label its class, from 0
     */
    record Entry(Path file, int label) {}

    /** Warns of classes that have pictures on one side only. */
    void tellGaps(Notes notes) {
        List<String> untested = without(test);
        if (!untested.isEmpty()) {
            notes.warn("No test " + notes.kind().noun() + " has the class" + (untested.size() == 1 ? " " : "es ")
                    + Notes.few(untested) + " (" + untested.size() + " of " + classNames.size()
                    + " classes): nothing is measured of them.");
        }
        List<String> untrained = without(train);
        if (!untrained.isEmpty()) {
            notes.warn("No training " + notes.kind().noun() + " has the class" + (untrained.size() == 1 ? " " : "es ")
                    + Notes.few(untrained) + " (" + untrained.size() + " of " + classNames.size()
                    + " classes): no network can learn them.");
        }
    }

    /** The class of each of some entries. */
    int[] labels(List<Entry> part) {
        return part.stream().mapToInt(Entry::label).toArray();
    }

    private List<String> without(List<Entry> part) {
        boolean[] seen = new boolean[classNames.size()];
        part.forEach(entry -> seen[entry.label()] = true);
        return IntStream.range(0, seen.length)
                .filter(label -> !seen[label])
                .mapToObj(classNames::get)
                .toList();
    }
}
