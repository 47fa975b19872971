package io.sapper.data.image;

import io.sapper.data.Contents;
import io.sapper.data.MalformedFileException;
import io.sapper.data.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A folder with the four IDX files under MNIST's names, as Fashion-MNIST, KMNIST and others use them too:
 * {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, and the same with {@code t10k}; each may end in
 * {@code .gz}, and may have {@code .idx} for {@code -idx}.
 */
public final class IdxFolder {
    private static final String IMAGES = "-images-idx3-ubyte";
    private static final String LABELS = "-labels-idx1-ubyte";

    private IdxFolder() {}

    /** Whether the training images are there. */
    public static boolean is(Path folder) {
        return find(folder, "train" + IMAGES).isPresent();
    }

    /**
     * Reads all four files; classes are named by their number.
     *
     * @param name of the data set
     * @throws MalformedFileException if one is missing or malformed
     */
    public static Split read(String name, Path folder) throws IOException {
        Contents trainLabels = Contents.read(file(folder, "train" + LABELS));
        List<String> classes = IntStream.range(0, IdxReader.classCount(trainLabels))
                .mapToObj(Integer::toString)
                .toList();
        return new Split(
                IdxReader.read(name + " train", Contents.read(file(folder, "train" + IMAGES)), trainLabels, classes),
                IdxReader.read(name + " test", file(folder, "t10k" + IMAGES), file(folder, "t10k" + LABELS), classes),
                false);
    }

    /** The file of this name in the folder, or its gzipped or dotted variant, if there is one. */
    public static Optional<Path> find(Path folder, String name) {
        String dotted = name.replace("-idx", ".idx");
        return List.of(name, name + ".gz", dotted, dotted + ".gz").stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /**
     * As {@link #find}, for a file that must be there.
     *
     * @throws MalformedFileException naming all names looked for
     */
    public static Path file(Path folder, String name) throws MalformedFileException {
        Optional<Path> found = find(folder, name);
        if (found.isEmpty()) {
            throw new MalformedFileException(
                    folder,
                    "",
                    "There is neither " + name + " nor " + name
                            + ".gz in this folder. Maybe not all four files of the set" + " were copied.");
        }
        return found.get();
    }
}
