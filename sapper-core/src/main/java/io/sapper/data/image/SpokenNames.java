package io.sapper.data.image;

import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Recordings whose names say everything, as in the Free Spoken Digit Dataset: {@code CLASS_SPEAKER_INDEX.wav}, all in
 * the folder {@code recordings} or in the folder itself. Divided by lists {@code train.txt} and {@code test.txt}, or as
 * that data set says: index 0 to 4 is the test.
 *
 * @param folder that was given
 * @param recordings in the order of class, speaker and index
 */
record SpokenNames(Path folder, List<One> recordings) {
    private static final Pattern NAME = Pattern.compile("([^_]+)_([^_]+)_(\\d{1,9})\\.(?i:wave?)");
    private static final String FOLDER = "recordings";
    private static final int TESTED = 5;

    /**
     * One recording.
     *
     * @param file where it is
     * @param name of its class
     * @param speaker who speaks
     * @param index among those of this class and speaker, from 0
     */
    record One(Path file, String name, String speaker, int index) {}

    /**
     * Null if the recordings of a folder are not named so.
     *
     * @param leftOut is told of everything that is no such recording
     */
    static @Nullable SpokenNames in(Path folder, LeftOut leftOut) throws IOException {
        Path inner = folder.resolve(FOLDER);
        Path place = Files.isDirectory(inner) ? inner : folder;
        List<Path> all;
        try (Stream<Path> listed = Files.list(place)) {
            all = listed.filter(Files::isRegularFile).sorted().toList();
        }
        List<One> found = new ArrayList<>();
        List<Path> others = new ArrayList<>();
        for (Path file : all) {
            Matcher match = NAME.matcher(ClassFolders.name(file));
            if (match.matches()) {
                found.add(new One(file, match.group(1), match.group(2), Integer.parseInt(match.group(3))));
            } else {
                others.add(file);
            }
        }
        if (found.stream().map(One::name).distinct().count() < 2) {
            return null;
        }
        for (Path file : others) {
            String name = ClassFolders.name(file);
            if (Kind.RECORDING.has(file)) {
                leftOut.unnamed(name);
            } else {
                leftOut.ending(name);
            }
        }
        tellFolders(place, leftOut);
        found.sort(Comparator.comparing(One::name).thenComparing(One::speaker).thenComparing(One::index));
        return new SpokenNames(folder, found);
    }

    /** Recordings in folders beside the named ones are of another layout, and are not read. */
    private static void tellFolders(Path place, LeftOut leftOut) throws IOException {
        List<Path> folders;
        try (Stream<Path> listed = Files.list(place)) {
            folders = listed.filter(Files::isDirectory).sorted().toList();
        }
        for (Path sub : folders) {
            try (Stream<Path> inside = Files.list(sub)) {
                inside.filter(Kind.RECORDING::has)
                        .sorted()
                        .forEach(file -> leftOut.beside(ClassFolders.name(sub) + "/" + ClassFolders.name(file)));
            }
        }
    }

    /** By the lists of the folder, or else by index. */
    Division divided(Notes notes) throws IOException {
        List<String> classes = classes(notes);
        if (SplitFiles.in(folder)) {
            Map<String, Division.Entry> known = new HashMap<>();
            recordings.forEach(
                    one -> known.put(folder.relativize(one.file()).toString().replace('\\', '/'), entry(one, classes)));
            return SplitFiles.read(folder, classes, known, notes);
        }
        notes.note("division", "as the data set says: index 0 to " + (TESTED - 1) + " of each speaker is the test");
        return divided(classes, one -> one.index() < TESTED);
    }

    /**
     * One speaker is the test and nothing else.
     *
     * @throws IllegalArgumentException if nobody is called so, naming those there are, or nobody else speaks
     */
    Division withTestSpeaker(String speaker, Notes notes) throws IOException {
        TreeSet<String> speakers = new TreeSet<>();
        recordings.forEach(one -> speakers.add(one.speaker()));
        if (!speakers.contains(speaker) || speakers.size() < 2) {
            throw new IllegalArgumentException("--test-speaker " + speaker + ": the speakers in " + folder + " are "
                    + Notes.few(List.copyOf(speakers), 20) + "; one of at least two is expected.");
        }
        notes.note(
                "division",
                "by speaker: " + speaker + " for the test, the other " + (speakers.size() - 1)
                        + " for training (--test-speaker)");
        return divided(classes(notes), one -> one.speaker().equals(speaker));
    }

    private List<String> classes(Notes notes) {
        return ClassOrder.of(new TreeSet<>(recordings.stream().map(One::name).toList()), notes);
    }

    private Division divided(List<String> classes, Predicate<One> tested) throws MalformedFileException {
        List<Division.Entry> train = new ArrayList<>();
        List<Division.Entry> test = new ArrayList<>();
        recordings.forEach(one -> (tested.test(one) ? test : train).add(entry(one, classes)));
        if (train.isEmpty() || test.isEmpty()) {
            throw new MalformedFileException(
                    folder,
                    "",
                    "All " + Kind.RECORDING.count(recordings.size()) + " would be the "
                            + (test.isEmpty() ? "training" : "test")
                            + " part: of each speaker, index 0 to " + (TESTED - 1)
                            + " is the test. Maybe some were not copied; lists train.txt and test.txt divide them too, or"
                            + " --test-speaker.");
        }
        return new Division(classes, train, test);
    }

    private static Division.Entry entry(One one, List<String> classes) {
        return new Division.Entry(one.file(), classes.indexOf(one.name()));
    }
}
