package io.sapper.data.image;

import io.sapper.data.MalformedFileException;
import io.sapper.data.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** One folder of classes, each divided by chance. */
final class ChanceDivision {
    private ChanceDivision() {}

    /**
     * Divides.
     *
     * @param testShare of each class, in (0, 1)
     * @param perClass pictures of each class that are taken at most
     * @throws MalformedFileException if each class has only one picture
     */
    static Division of(ClassFolders all, double testShare, int perClass, long seed, Notes notes) throws IOException {
        List<String> classes = ClassOrder.of(all.files().keySet(), notes);
        RandomGenerator random = Seeds.generator(seed, "folder division");
        List<Division.Entry> train = new ArrayList<>();
        List<Division.Entry> test = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            List<Path> files = all.files().getOrDefault(classes.get(label), List.of());
            int[] order = Seeds.permutation(files.size(), random);
            int taken = Math.min(perClass, files.size());
            int tested = testCount(taken, testShare);
            add(files, Arrays.copyOfRange(order, 0, tested), label, test);
            add(files, Arrays.copyOfRange(order, tested, taken), label, train);
        }
        if (test.isEmpty()) {
            throw new MalformedFileException(
                    all.folder(),
                    "",
                    (classes.size() == 1
                                    ? "There is only one " + all.kind().noun()
                                    : "There are " + train.size() + " "
                                            + all.kind().noun() + "s, one for each of " + classes.size() + " classes")
                            + ", so that none is left for the test set. Give at least two"
                            + (classes.size() == 1 ? "" : " of each class")
                            + "; an audit needs 50 besides those for testing, a repair some hundreds.");
        }
        notes.note(
                "division",
                "by chance, " + testShare + " of each class for the test"
                        + (perClass < Integer.MAX_VALUE
                                ? ", at most " + perClass + " " + all.kind().noun() + "s of each"
                                : "")
                        + ", seed "
                        + seed
                        + " (another --seed tests on other " + all.kind().noun() + "s)");
        return new Division(classes, train, test);
    }

    /** In the order of their names. */
    private static void add(List<Path> files, int[] chosen, int label, List<Division.Entry> part) {
        Arrays.stream(chosen).sorted().forEach(i -> part.add(new Division.Entry(files.get(i), label)));
    }

    /** The rounded share, but at least one on each side; a class of one picture has it in the training set. */
    private static int testCount(int size, double testShare) {
        return Math.min(size - 1, Math.max(1, (int) Math.round(size * testShare)));
    }
}
