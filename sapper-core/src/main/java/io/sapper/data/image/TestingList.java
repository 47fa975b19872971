package io.sapper.data.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The division of Google Speech Commands: class folders, {@code testing_list.txt} for the test,
 * {@code validation_list.txt} for neither part, all others for training.
 */
final class TestingList {
    private static final String TESTING = "testing_list.txt";
    private static final String VALIDATION = "validation_list.txt";

    private TestingList() {}

    /** Whether the list of the test is there. */
    static boolean in(Path folder) {
        return Files.isRegularFile(folder.resolve(TESTING));
    }

    static Division read(ClassFolders all, Notes notes) throws IOException {
        List<String> classes = ClassOrder.of(all.files().keySet(), notes);
        Map<String, Division.Entry> known = SplitFiles.known(all, classes);
        Map<String, String> seen = new HashMap<>();
        List<Division.Entry> test =
                SplitFiles.entries(all.folder().resolve(TESTING), VALIDATION, notes.kind(), known, seen);
        Path list = all.folder().resolve(VALIDATION);
        int validation = Files.exists(list)
                ? SplitFiles.entries(list, TESTING, notes.kind(), known, seen).size()
                : 0;
        List<Division.Entry> train = new ArrayList<>();
        known.forEach((path, entry) -> {
            if (!seen.containsKey(path)) {
                train.add(entry);
            }
        });
        notes.note(
                "division",
                "by " + TESTING + " for the test; all others for training"
                        + (validation == 0
                                ? ""
                                : ", but for " + notes.kind().count(validation) + " of " + VALIDATION
                                        + ", which are in neither"));
        return new Division(classes, train, test);
    }
}
