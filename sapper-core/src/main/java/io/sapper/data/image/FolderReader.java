package io.sapper.data.image;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.data.MalformedFileException;
import io.sapper.data.Seeds;
import io.sapper.data.Split;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Reads a folder of pictures with one subfolder per class; classes are in the order of their names.
 *
 * <p>If {@code train.txt} and {@code test.txt} lie in the folder, they divide it: one relative path a line
 * ({@code person/picture.png}); pictures in neither are left out. Otherwise each class is divided by chance, seeded.
 */
public final class FolderReader {
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    private FolderReader() {}

    /**
     * How a folder is read.
     *
     * @param shape what every picture is converted to; empty: as found, and then all must agree
     * @param testShare share of each class that goes to the test set, in (0, 1); unused where split files are
     * @param seed of the division; unused where split files are
     */
    public record Options(Optional<ImageShape> shape, double testShare, long seed) {
        /** Pictures as found, a fifth of each class for the test, seed 1. */
        public static final Options DEFAULT = new Options(Optional.empty(), 0.2, 1);

        public Options {
            if (!(testShare > 0 && testShare < 1)) {
                throw new IllegalArgumentException("The test share lies between 0 and 1, not at " + testShare + ".");
            }
            shape.ifPresent(wanted -> {
                if (wanted.channels() != 1 && wanted.channels() != 3) {
                    throw new IllegalArgumentException(
                            "Pictures are read with one channel (grey) or three (colour), not " + wanted + ".");
                }
            });
        }
    }

    /**
     * Reads the whole folder.
     *
     * @throws MalformedFileException if there are fewer than two classes, a class without pictures, an unreadable
     *     picture, pictures of different shapes (with no shape given), or a split file that names a picture twice or
     *     one that is not there
     */
    public static Split read(Path folder, Options options) throws IOException {
        PictureFolder pictures = PictureFolder.list(folder);
        Division division = SplitFiles.in(folder)
                ? SplitFiles.read(folder, pictures)
                : divide(pictures, options.testShare(), options.seed());
        String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        ImageShape shape = options.shape().isPresent()
                ? options.shape().get()
                : Pictures.shape(
                        Pictures.read(folder.resolve(division.train().get(0).path())));
        boolean convert = options.shape().isPresent();
        return new Split(
                read(
                        name + " train",
                        pictures,
                        division.train(),
                        shape,
                        convert,
                        division.train().get(0)),
                read(
                        name + " test",
                        pictures,
                        division.test(),
                        shape,
                        convert,
                        division.train().get(0)),
                false);
    }

    /** Which pictures are for training and which for testing. */
    record Division(List<PictureFolder.Entry> train, List<PictureFolder.Entry> test) {}

    private static Division divide(PictureFolder pictures, double testShare, long seed) throws MalformedFileException {
        RandomGenerator random = Seeds.generator(seed, "folder division");
        List<PictureFolder.Entry> train = new ArrayList<>();
        List<PictureFolder.Entry> test = new ArrayList<>();
        for (int label = 0; label < pictures.classNames().size(); label++) {
            List<PictureFolder.Entry> all = pictures.ofClass(label);
            boolean[] forTest = new boolean[all.size()];
            int[] order = Seeds.permutation(all.size(), random);
            Arrays.stream(order, 0, testCount(all.size(), testShare)).forEach(i -> forTest[i] = true);
            for (int i = 0; i < forTest.length; i++) {
                (forTest[i] ? test : train).add(all.get(i));
            }
        }
        if (test.isEmpty()) {
            throw new MalformedFileException(
                    pictures.folder(), "", "Each class has only one picture, so that none is left for the test set.");
        }
        return new Division(train, test);
    }

    /** The rounded share, but at least one on each side; a class of one picture has it in the training set. */
    private static int testCount(int size, double testShare) {
        return Math.min(size - 1, Math.max(1, (int) Math.round(size * testShare)));
    }

    private static Dataset read(
            String name,
            PictureFolder pictures,
            List<PictureFolder.Entry> entries,
            ImageShape shape,
            boolean convert,
            PictureFolder.Entry first)
            throws IOException {
        if ((long) entries.size() * shape.size() > MOST_BYTES) {
            throw new IllegalArgumentException(name + ": " + entries.size() + " pictures of " + shape
                    + " do not fit in one block of memory. Maybe choose a smaller shape.");
        }
        byte[] pixels = new byte[entries.size() * shape.size()];
        int[] labels = new int[entries.size()];
        for (int i = 0; i < entries.size(); i++) {
            Path file = pictures.folder().resolve(entries.get(i).path());
            BufferedImage picture = Pictures.read(file);
            if (!convert && !Pictures.shape(picture).equals(shape)) {
                throw new MalformedFileException(
                        file,
                        "",
                        "The picture is " + Pictures.shape(picture) + " (channels x rows x columns), but "
                                + first.path() + " is " + shape
                                + ". Maybe bring all pictures to one size first (from Java, an option does it).");
            }
            System.arraycopy(Pictures.pixels(picture, shape), 0, pixels, i * shape.size(), shape.size());
            labels[i] = entries.get(i).label();
        }
        return new Dataset(name, shape, pixels, labels, pictures.classNames());
    }
}
