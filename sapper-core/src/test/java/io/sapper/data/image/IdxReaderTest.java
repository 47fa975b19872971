package io.sapper.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.data.MalformedFileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IdxReaderTest {
    private static final List<String> CLASSES = List.of("zero", "one");
    private static final byte[] IMAGES = join(ints(2051, 2, 2, 3), 1, 2, 3, 4, 5, 255, 7, 8, 9, 10, 11, 12);
    private static final byte[] LABELS = join(ints(2049, 2), 1, 0);

    @TempDir
    Path folder;

    @Test
    void readsWhatWasWrittenByHand() throws IOException {
        Dataset data = read(IMAGES, LABELS);
        assertThat(data.shape()).isEqualTo(new ImageShape(1, 2, 3));
        assertThat(data.labels()).containsExactly(1, 0);
        assertThat(data.image(0)).containsExactly(1, 2, 3, 4, 5, 255);
        assertThat(data.image(1)).containsExactly(7, 8, 9, 10, 11, 12);
        assertThat(data.classNames()).isEqualTo(CLASSES);
    }

    @Test
    void gzipIsToldByContentNotByName() throws IOException {
        assertThat(read(gzip(IMAGES), gzip(LABELS)).digest())
                .isEqualTo(read(IMAGES, LABELS).digest());
    }

    static List<Arguments> brokenImages() {
        return List.of(
                Arguments.of("empty", new byte[0], "empty"),
                Arguments.of("three bytes", new byte[] {0, 0, 8}, "byte 3: The file ends within its head of 16 bytes"),
                Arguments.of("head cut", Arrays.copyOf(IMAGES, 12), "byte 12: The file ends within its head"),
                Arguments.of(
                        "truncated",
                        Arrays.copyOf(IMAGES, 27),
                        "byte 27: The file ends here, but 2 images of 2x3 need 28"),
                Arguments.of("trailing", join(IMAGES, 0), "byte 28: 2 images of 2x3 end here, but 1 bytes follow"),
                Arguments.of(
                        "labels for images", LABELS, "this is a file of labels. Maybe image file and label file are"),
                Arguments.of(
                        "a web page",
                        "<!DOCTYPE html>..".getBytes(StandardCharsets.US_ASCII),
                        "Expected magic 2051 (IDX images), found"),
                Arguments.of("no images", ints(2051, 0, 2, 3), "byte 4: Expected a number of images"),
                Arguments.of("negative rows", ints(2051, 2, -1, 3), "byte 8: Expected a number of rows"),
                Arguments.of("no columns", ints(2051, 2, 2, 0), "byte 12: Expected a number of columns"),
                Arguments.of(
                        "overflow",
                        ints(2051, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE),
                        "byte 4: 2147483647 images of 2147483647x2147483647 pixels cannot be in a file of 16 bytes"),
                Arguments.of(
                        "wraps a long to zero", ints(2051, 16, 1 << 30, 1 << 30), "cannot be in a file of 16 bytes"),
                Arguments.of("wraps to zero", ints(2051, 65536, 65536, 1), "cannot be in a file of 16 bytes"),
                Arguments.of("huge", ints(2051, 1, 46340, 46340), "need 2147395616 bytes"),
                Arguments.of("gzip cut", Arrays.copyOf(gzip(IMAGES), 20), "gzip data ends too early"),
                Arguments.of("gzip damaged", flip(gzip(IMAGES), 14), "gzip data"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenImages")
    void brokenImageFilesAreNamed(String what, byte[] images, String expected) {
        assertThatThrownBy(() -> read(images, LABELS))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("images.bin")
                .hasMessageContaining(expected)
                .hasMessageNotContaining("\n");
    }

    static List<Arguments> brokenLabels() {
        return List.of(
                Arguments.of("empty", new byte[0], "empty"),
                Arguments.of(
                        "images for labels", IMAGES, "this is a file of images. Maybe image file and label file are"),
                Arguments.of("head cut", Arrays.copyOf(LABELS, 6), "byte 6: The file ends within its head of 8 bytes"),
                Arguments.of("truncated", Arrays.copyOf(LABELS, 9), "byte 9: The file ends here, but 2 labels need 10"),
                Arguments.of("trailing", join(LABELS, 0, 0), "byte 10: 2 labels end here, but 2 bytes follow"),
                Arguments.of("other set", join(ints(2049, 3), 1, 0, 1), "byte 4: 3 labels for the 2 images"),
                Arguments.of(
                        "out of range", join(ints(2049, 2), 1, 200), "byte 9: Label 200 is outside the 2 classes"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenLabels")
    void brokenLabelFilesAreNamed(String what, byte[] labels, String expected) {
        assertThatThrownBy(() -> read(IMAGES, labels))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("labels.bin")
                .hasMessageContaining(expected);
    }

    @Test
    void missingFilesAreNamed() {
        Path missing = folder.resolve("nowhere").resolve("images");
        assertThatThrownBy(() -> IdxReader.read("x", missing, missing, CLASSES))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining(missing.toString())
                .hasMessageContaining("There is no such file");
    }

    @Test
    void folderNeedsAllFour() throws IOException {
        Files.write(folder.resolve("train-images-idx3-ubyte.gz"), gzip(IMAGES));
        Files.write(folder.resolve("train-labels-idx1-ubyte"), LABELS);
        assertThat(IdxFolder.is(folder)).isTrue();
        assertThatThrownBy(() -> IdxFolder.read("x", folder))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("t10k-images-idx3-ubyte");
        Files.write(folder.resolve("t10k-images.idx3-ubyte"), IMAGES);
        Files.write(folder.resolve("t10k-labels.idx1-ubyte.gz"), gzip(LABELS));
        assertThat(IdxFolder.read("x", folder).test().labels()).containsExactly(1, 0);
    }

    private Dataset read(byte[] images, byte[] labels) throws IOException {
        Path imageFile = Files.write(folder.resolve("images.bin"), images);
        Path labelFile = Files.write(folder.resolve("labels.bin"), labels);
        return IdxReader.read("hand-made", imageFile, labelFile, CLASSES);
    }

    static byte[] ints(int... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length);
        bytes.asIntBuffer().put(numbers);
        return bytes.array();
    }

    static byte[] join(byte[] head, int... body) {
        byte[] joined = Arrays.copyOf(head, head.length + body.length);
        for (int i = 0; i < body.length; i++) {
            joined[head.length + i] = (byte) body[i];
        }
        return joined;
    }

    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private static byte[] flip(byte[] bytes, int at) {
        bytes[at] ^= 0x55;
        return bytes;
    }
}
