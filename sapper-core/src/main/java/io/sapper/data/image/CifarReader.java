package io.sapper.data.image;

import io.sapper.data.Contents;
import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.data.MalformedFileException;
import io.sapper.data.Split;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads CIFAR-10, binary version: records of one label byte (0 to 9) and 3072 pixel bytes (32 x 32 red, then green,
 * then blue, row by row).
 */
public final class CifarReader {
    private static final ImageShape SHAPE = new ImageShape(3, 32, 32);
    private static final int RECORD = 1 + 3072;
    private static final List<String> CLASSES =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

    private CifarReader() {}

    /** Whether the first training batch is there. */
    public static boolean is(Path folder) {
        return Files.isRegularFile(folder.resolve("data_batch_1.bin"));
    }

    /**
     * Reads {@code data_batch_1.bin} to {@code data_batch_5.bin}, {@code test_batch.bin} and, for the class names,
     * {@code batches.meta.txt} if it is there.
     *
     * @throws MalformedFileException naming file, byte offset and what was expected
     */
    public static Split readCifar10(Path folder) throws IOException {
        List<String> classes = classNames(folder.resolve("batches.meta.txt"));
        List<Path> batches = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            batches.add(folder.resolve("data_batch_" + i + ".bin"));
        }
        return new Split(
                read("CIFAR-10 train", batches, classes),
                read("CIFAR-10 test", List.of(folder.resolve("test_batch.bin")), classes),
                false);
    }

    private static Dataset read(String name, List<Path> files, List<String> classes) throws IOException {
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        List<Integer> labels = new ArrayList<>();
        for (Path file : files) {
            byte[] records = checked(Contents.read(file));
            for (int at = 0; at < records.length; at += RECORD) {
                labels.add((int) records[at]);
                pixels.write(records, at + 1, RECORD - 1);
            }
        }
        return new Dataset(
                name,
                SHAPE,
                pixels.toByteArray(),
                labels.stream().mapToInt(Integer::intValue).toArray(),
                classes);
    }

    private static byte[] checked(Contents file) throws MalformedFileException {
        byte[] records = file.bytes();
        for (int at = 0; at < records.length; at += RECORD) {
            if (at + RECORD > records.length) {
                throw new MalformedFileException(
                        file.file(),
                        "byte " + at,
                        "Record " + at / RECORD + " has only " + (records.length - at) + " of its " + RECORD
                                + " bytes. Maybe a copy or download broke off.");
            }
            int label = records[at] & 0xff;
            if (label >= CLASSES.size()) {
                throw new MalformedFileException(
                        file.file(),
                        "byte " + at,
                        "Label " + label + " is outside 0 to 9. Maybe this is CIFAR-100, or not the binary version.");
            }
        }
        return records;
    }

    private static List<String> classNames(Path meta) throws IOException {
        if (!Files.exists(meta)) {
            return CLASSES;
        }
        String text = new String(Contents.read(meta).bytes(), StandardCharsets.UTF_8);
        List<String> names =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        if (names.size() != CLASSES.size()) {
            throw new MalformedFileException(
                    meta, "", "Expected " + CLASSES.size() + " class names, one a line, found " + names.size() + ".");
        }
        return names;
    }
}
