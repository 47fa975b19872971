package io.sapper.data.image;

import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A folder that comes divided: {@code train} and {@code test} in it, each with one folder per class; perhaps
 * {@code val} too. Without {@code test}, {@code val} is the test set; beside {@code test} it is left out
 * (docs/decisions/0020).
 *
 * @param train the folder of training pictures
 * @param test the folder of test pictures
 * @param others folders that are used for neither
 */
record Parts(Path train, Path test, List<Path> others) {
    private static final Set<String> TRAIN = Set.of("train", "training");
    private static final Set<String> TEST = Set.of("test", "testing");
    private static final Set<String> VALIDATION = Set.of("val", "valid", "validation");

    /**
     * The parts of a folder; null if it is one folder of classes. Folders named {@code train} and so on are parts if
     * there are folders in them, and classes if there are pictures.
     *
     * @throws MalformedFileException if two folders would be the same part, or there is nothing to test on
     */
    static @Nullable Parts in(Path folder) throws IOException {
        List<Path> all = ClassFolders.folders(folder);
        Path train = only(folder, all, TRAIN);
        if (train == null) {
            return null;
        }
        Path test = only(folder, all, TEST);
        Path validation = only(folder, all, VALIDATION);
        Path tested = test != null ? test : validation;
        if (tested == null) {
            throw new MalformedFileException(
                    folder,
                    "",
                    "There is " + ClassFolders.name(train) + " but neither test nor val. Maybe add one, or give the"
                            + " folder " + train + " itself: it is divided then.");
        }
        List<Path> others = new ArrayList<>(all);
        others.removeAll(List.of(train, tested));
        return new Parts(train, tested, List.copyOf(others));
    }

    /** The one folder of such a name that holds folders; null if there is none. */
    private static @Nullable Path only(Path folder, List<Path> all, Set<String> names) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path one : all) {
            if (names.contains(ClassFolders.name(one).toLowerCase(Locale.ROOT))
                    && !ClassFolders.folders(one).isEmpty()) {
                found.add(one);
            }
        }
        if (found.size() > 1) {
            throw new MalformedFileException(
                    folder,
                    "",
                    "There are both " + ClassFolders.name(found.get(0)) + " and " + ClassFolders.name(found.get(1))
                            + "; expected one of them. Maybe take the other away.");
        }
        return found.isEmpty() ? null : found.get(0);
    }

    /**
     * Lists all pictures.
     *
     * @throws MalformedFileException if a class is in the test part but not in the training part
     */
    Division read(Notes notes, LeftOut leftOut) throws IOException {
        ClassFolders training = ClassFolders.list(train, notes.kind(), leftOut);
        ClassFolders testing = ClassFolders.list(test, notes.kind(), leftOut);
        training.check();
        List<String> classes = ClassOrder.of(training.files().keySet(), notes);
        checkKnown(testing, classes);
        notes.note(
                "division",
                "as found: " + ClassFolders.name(train) + " for training, " + ClassFolders.name(test)
                        + " for the test");
        for (Path other : others) {
            long count = count(other, notes.kind());
            notes.warn("The folder " + ClassFolders.name(other) + " ("
                    + notes.kind().count(count) + ") is used neither for training nor for the test.");
        }
        return new Division(classes, entries(training, classes), entries(testing, classes));
    }

    private void checkKnown(ClassFolders testing, List<String> classes) throws MalformedFileException {
        List<String> unknown = testing.files().entrySet().stream()
                .filter(one -> !one.getValue().isEmpty() && !classes.contains(one.getKey()))
                .map(Map.Entry::getKey)
                .toList();
        if (!unknown.isEmpty()) {
            throw new MalformedFileException(
                    test,
                    "",
                    "There are class folders that " + ClassFolders.name(train) + " has not: " + Notes.few(unknown)
                            + " (" + unknown.size() + " of "
                            + testing.files().size() + "); there it has "
                            + Notes.few(classes) + ". Maybe a name is misspelt, or a folder was not copied.");
        }
        if (testing.files().values().stream().allMatch(List::isEmpty)) {
            throw new MalformedFileException(
                    test, "", "There is no " + testing.kind().noun() + " in any of its class folders.");
        }
    }

    private static List<Division.Entry> entries(ClassFolders part, List<String> classes) {
        List<Division.Entry> entries = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            for (Path file : part.files().getOrDefault(classes.get(label), List.of())) {
                entries.add(new Division.Entry(file, label));
            }
        }
        return entries;
    }

    private static long count(Path folder, Kind kind) throws IOException {
        ClassFolders all = ClassFolders.list(folder, kind, new LeftOut(kind));
        return all.files().values().stream().mapToLong(List::size).sum();
    }
}
