package io.sapper.data.image;

import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Pictures or recordings that lie as they like below a folder, where nobody asks for their classes: directly in it, or
 * in folders of any depth. Folders named {@code train} and {@code test} (or {@code val}) divide them.
 *
 * @param train for training; all where nothing divides them
 * @param test for the test; null where nothing divides them
 */
record Unlabelled(Path folder, List<Path> train, @Nullable List<Path> test) {
    private static final String ONE = "unlabelled";
    private static final int DEEPEST = 32;

    /**
     * Null where folders stand for classes after all: two or more, with pictures in each, of some at least two, and
     * none beside them, so that they can be read as such.
     *
     * @throws MalformedFileException if there is no picture
     */
    static @Nullable Unlabelled in(Path folder, Kind kind) throws IOException {
        List<Path> parts = ClassFolders.folders(folder);
        Path train = named(parts, "train", "training");
        Path test = named(parts, "test", "testing", "val", "valid", "validation");
        if (train != null && test != null) {
            return new Unlabelled(folder, below(train, kind), below(test, kind));
        }
        LeftOut leftOut = new LeftOut(kind);
        Map<String, List<Path>> classes =
                ClassFolders.list(folder, kind, leftOut).files();
        List<Path> all = below(folder, kind);
        int inClasses = classes.values().stream().mapToInt(List::size).sum();
        boolean labelled = classes.size() >= 2
                && classes.values().stream().noneMatch(List::isEmpty)
                && inClasses > classes.size()
                && inClasses == all.size();
        return labelled ? null : new Unlabelled(folder, all, null);
    }

    private static @Nullable Path named(List<Path> folders, String... names) {
        for (String name : names) {
            for (Path one : folders) {
                if (ClassFolders.name(one).equalsIgnoreCase(name)) {
                    return one;
                }
            }
        }
        return null;
    }

    private static List<Path> below(Path folder, Kind kind) throws IOException {
        List<Path> found;
        try (Stream<Path> all = Files.walk(folder, DEEPEST)) {
            found = all.filter(path -> !isHidden(folder.relativize(path)) && kind.has(path))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
        if (found.isEmpty()) {
            throw new MalformedFileException(
                    folder,
                    "",
                    "There is no " + kind.noun() + " in it or below it. Read are files ending in " + kind.endings()
                            + ".");
        }
        return found;
    }

    private static boolean isHidden(Path path) {
        for (Path part : path) {
            if (part.toString().startsWith(".") || part.toString().equals("__MACOSX")) {
                return !part.toString().isEmpty();
            }
        }
        return false;
    }

    /** All of one class that says nothing, as it is divided or by chance. */
    Division divided(double testShare, long seed, Notes notes) throws IOException {
        notes.note(
                "classes",
                "not told by folders; " + notes.kind().count(train.size() + (test == null ? 0 : test.size()))
                        + " found in and below the folder");
        if (test == null) {
            Map<String, List<Path>> one = new LinkedHashMap<>();
            one.put(ONE, train);
            return ChanceDivision.of(
                    new ClassFolders(folder, notes.kind(), one), testShare, Integer.MAX_VALUE, seed, notes);
        }
        notes.note("division", "as found: train for training, the other part for the test");
        return new Division(List.of(ONE), entries(train), entries(test));
    }

    private static List<Division.Entry> entries(List<Path> files) {
        List<Division.Entry> entries = new ArrayList<>();
        files.forEach(file -> entries.add(new Division.Entry(file, 0)));
        return entries;
    }
}
