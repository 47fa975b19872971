package io.sapper.data.image;

import io.sapper.data.MalformedFileException;
import io.sapper.data.TextLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files {@code train.txt} and {@code test.txt} that divide a folder of pictures. */
final class SplitFiles {
    private static final String TRAIN = "train.txt";
    private static final String TEST = "test.txt";

    private SplitFiles() {}

    /** Whether at least one of the two is there. */
    static boolean in(Path folder) {
        return Files.exists(folder.resolve(TRAIN)) || Files.exists(folder.resolve(TEST));
    }

    static Division read(ClassFolders all, Notes notes) throws IOException {
        List<String> classes = ClassOrder.of(all.files().keySet(), notes);
        return read(all.folder(), classes, known(all, classes), notes);
    }

    /** All files by what lists call them, {@code CLASS/FILE}, in order. */
    static Map<String, Division.Entry> known(ClassFolders all, List<String> classes) {
        Map<String, Division.Entry> known = new LinkedHashMap<>();
        for (int label = 0; label < classes.size(); label++) {
            for (Path file : all.files().getOrDefault(classes.get(label), List.of())) {
                known.put(
                        classes.get(label) + "/" + all.place(classes.get(label), file),
                        new Division.Entry(file, label));
            }
        }
        return known;
    }

    /**
     * By the two lists.
     *
     * @param known all files by what the lists call them
     */
    static Division read(Path folder, List<String> classes, Map<String, Division.Entry> known, Notes notes)
            throws IOException {
        Map<String, String> seen = new HashMap<>();
        Division division = new Division(
                classes,
                entries(folder.resolve(TRAIN), TEST, notes.kind(), known, seen),
                entries(folder.resolve(TEST), TRAIN, notes.kind(), known, seen));
        int unlisted = known.size() - seen.size();
        notes.note(
                "division",
                "by train.txt and test.txt"
                        + (unlisted == 0 ? "" : "; " + notes.kind().count(unlisted) + " in neither"));
        return division;
    }

    static List<Division.Entry> entries(
            Path file, String other, Kind kind, Map<String, Division.Entry> known, Map<String, String> seen)
            throws IOException {
        List<String> lines = lines(file, other);
        List<Division.Entry> entries = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String path = lines.get(i).strip().replace('\\', '/');
            if (path.isEmpty()) {
                continue;
            }
            String where = "line " + (i + 1);
            Division.Entry entry = known.get(path);
            if (entry == null) {
                throw new MalformedFileException(
                        file,
                        where,
                        "There is no " + kind.noun() + " '" + path
                                + "' in this folder; expected a path in it, for example "
                                + known.keySet().stream().min(String::compareTo).orElse("") + ".");
            }
            String before = seen.put(path, file.getFileName() + ", " + where);
            if (before != null) {
                throw new MalformedFileException(
                        file,
                        where,
                        "The " + kind.noun() + " '" + path + "' is listed twice, first in " + before + ".");
            }
            entries.add(entry);
        }
        if (entries.isEmpty()) {
            throw new MalformedFileException(file, "", "No " + kind.noun() + " is listed.");
        }
        return entries;
    }

    private static List<String> lines(Path file, String other) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new MalformedFileException(
                    file, "", "There is no such file, though there is " + other + "; a division needs both or none.");
        }
        return TextLines.of(file);
    }
}
