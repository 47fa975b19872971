package io.sapper.data.image;

import io.sapper.data.Contents;
import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the IDX files of MNIST and its relatives, gzipped or not.
 *
 * <p>An image file is: magic 2051, count, rows, columns (four big-endian 32-bit numbers), then one byte per pixel. A
 * label file is: magic 2049, count, then one byte per label. Byte offsets in messages count in the unpacked file.
 */
public final class IdxReader {
    private static final int IMAGES = 2051;
    private static final int LABELS = 2049;
    private static final int IMAGE_HEAD = 16;
    private static final int LABEL_HEAD = 8;

    private IdxReader() {}

    /**
     * Reads images and their labels.
     *
     * @param name of the data set
     * @param classNames one per class; labels lie below their number
     * @return images of one channel
     * @throws MalformedFileException naming file, byte offset, what was expected and the likely cause
     */
    public static Dataset read(String name, Path images, Path labels, List<String> classNames) throws IOException {
        return read(name, Contents.read(images), Contents.read(labels), classNames);
    }

    /** As {@link #read(String, Path, Path, List)}, for files already in memory. */
    public static Dataset read(String name, Contents images, Contents labels, List<String> classNames)
            throws MalformedFileException {
        ImageShape shape = imageShape(images);
        int count = head(images, 1);
        int labelCount = labelCount(labels);
        if (count != labelCount) {
            throw new MalformedFileException(
                    labels.file(),
                    "byte 4",
                    labelCount + " labels for the " + count + " images of " + images.file()
                            + ". Maybe it is the label file of another set.");
        }
        int[] numbers = new int[labelCount];
        for (int i = 0; i < labelCount; i++) {
            numbers[i] = label(labels, i, classNames.size());
        }
        byte[] pixels = Arrays.copyOfRange(images.bytes(), IMAGE_HEAD, images.bytes().length);
        return new Dataset(name, shape, pixels, numbers, classNames);
    }

    /**
     * The number of classes that a label file needs: its largest label + 1.
     *
     * @throws MalformedFileException as {@link #read(String, Path, Path, List)}
     */
    public static int classCount(Contents labels) throws MalformedFileException {
        int most = -1;
        for (int i = labelCount(labels) - 1; i >= 0; i--) {
            most = Math.max(most, label(labels, i, 256));
        }
        return most + 1;
    }

    private static ImageShape imageShape(Contents images) throws MalformedFileException {
        checkMagic(images, IMAGES, "images", IMAGE_HEAD);
        long count = atLeastOne(images, 1, "images");
        long rows = atLeastOne(images, 2, "rows");
        long columns = atLeastOne(images, 3, "columns");
        // Three 31-bit numbers can overflow even a long; two cannot.
        if (rows * columns > Integer.MAX_VALUE || rows * columns * count > Integer.MAX_VALUE) {
            throw new MalformedFileException(
                    images.file(),
                    "byte 4",
                    count + " images of " + rows + "x" + columns + " pixels cannot be in a file of "
                            + images.bytes().length + " bytes. Maybe the file is damaged.");
        }
        checkLength(images, IMAGE_HEAD, rows * columns * count, count + " images of " + rows + "x" + columns);
        return new ImageShape(1, (int) rows, (int) columns);
    }

    private static int labelCount(Contents labels) throws MalformedFileException {
        checkMagic(labels, LABELS, "labels", LABEL_HEAD);
        int count = atLeastOne(labels, 1, "labels");
        checkLength(labels, LABEL_HEAD, count, count + " labels");
        return count;
    }

    private static int label(Contents labels, int index, int classCount) throws MalformedFileException {
        int label = labels.bytes()[LABEL_HEAD + index] & 0xff;
        if (label >= classCount) {
            throw new MalformedFileException(
                    labels.file(),
                    "byte " + (LABEL_HEAD + index),
                    "Label " + label + " is outside the " + classCount
                            + " classes. Maybe it is the label file of another set.");
        }
        return label;
    }

    private static void checkMagic(Contents file, int expected, String what, int headLength)
            throws MalformedFileException {
        int length = file.bytes().length;
        int magic = length < 4 ? 0 : head(file, 0);
        if (magic == IMAGES + LABELS - expected) {
            throw new MalformedFileException(
                    file.file(),
                    "byte 0",
                    "Expected " + what + " (magic " + expected + "), found magic " + magic + ": this is a file of "
                            + (magic == IMAGES ? "images" : "labels")
                            + ". Maybe image file and label file are exchanged.");
        }
        if (length >= 4 && magic != expected) {
            throw new MalformedFileException(
                    file.file(),
                    "byte 0",
                    "Expected magic " + expected + " (IDX " + what + "), found " + magic
                            + ". Maybe it is no IDX file, or a web page saved under its name.");
        }
        if (length < headLength) {
            throw new MalformedFileException(
                    file.file(),
                    "byte " + length,
                    "The file ends within its head of " + headLength + " bytes. Maybe a copy or download broke off.");
        }
    }

    private static int atLeastOne(Contents file, int place, String what) throws MalformedFileException {
        int number = head(file, place);
        if (number < 1) {
            throw new MalformedFileException(
                    file.file(),
                    "byte " + 4 * place,
                    "Expected a number of " + what + " from 1 to " + Integer.MAX_VALUE + ", found "
                            + Integer.toUnsignedString(number) + ". Maybe the file is damaged.");
        }
        return number;
    }

    private static void checkLength(Contents file, int headLength, long body, String what)
            throws MalformedFileException {
        long expected = headLength + body;
        int length = file.bytes().length;
        if (length < expected) {
            throw new MalformedFileException(
                    file.file(),
                    "byte " + length,
                    "The file ends here, but " + what + " need " + expected
                            + " bytes. Maybe a copy or download broke off.");
        }
        if (length > expected) {
            throw new MalformedFileException(
                    file.file(),
                    "byte " + expected,
                    what + " end here, but " + (length - expected)
                            + " bytes follow. Maybe two files were joined, or the head is damaged.");
        }
    }

    private static int head(Contents file, int place) {
        return ByteBuffer.wrap(file.bytes()).getInt(4 * place);
    }
}
