package io.sapper.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.ImageShape;
import io.sapper.data.MalformedFileException;
import io.sapper.data.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarReaderTest {
    private static final int RECORD = 3073;

    @TempDir
    Path folder;

    @BeforeEach
    void layOut() throws IOException {
        for (int i = 1; i <= 5; i++) {
            Files.write(folder.resolve("data_batch_" + i + ".bin"), records(i));
        }
        Files.write(folder.resolve("test_batch.bin"), records(9, 0));
    }

    @Test
    void readsRecordsInOrder() throws IOException {
        Split split = CifarReader.readCifar10(folder);
        assertThat(split.train().labels()).containsExactly(1, 2, 3, 4, 5);
        assertThat(split.test().labels()).containsExactly(9, 0);
        assertThat(split.test().classNames().get(9)).isEqualTo("truck");
        ImageShape shape = split.test().shape();
        byte[] image = split.test().image(1);
        assertThat(image[shape.index(0, 0, 0)]).isEqualTo((byte) 10);
        assertThat(image[shape.index(1, 0, 0)]).isEqualTo((byte) 20);
        assertThat(image[shape.index(2, 31, 31)]).isEqualTo((byte) 30);
    }

    @Test
    void namesComeFromTheMetaFile() throws IOException {
        Path meta = folder.resolve("batches.meta.txt");
        Files.writeString(meta, "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n\n");
        assertThat(CifarReader.readCifar10(folder).train().classNames())
                .startsWith("a", "b")
                .endsWith("j");
        Files.writeString(meta, "a\nb\n");
        assertThatThrownBy(() -> CifarReader.readCifar10(folder))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("Expected 10 class names, one a line, found 2");
    }

    @Test
    void brokenBatchesAreNamed() throws IOException {
        Path batch = folder.resolve("data_batch_3.bin");
        Files.write(batch, Arrays.copyOf(records(1, 2), RECORD + 100));
        expect("byte 3073: Record 1 has only 100 of its 3073 bytes");
        Files.write(batch, records(1, 11));
        expect("byte 3073: Label 11 is outside 0 to 9");
        Files.write(batch, new byte[0]);
        expect("empty");
        Files.delete(batch);
        expect("There is no such file");
    }

    private void expect(String message) {
        assertThatThrownBy(() -> CifarReader.readCifar10(folder))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("data_batch_3.bin")
                .hasMessageContaining(message);
    }

    /** Records with red 10, green 20, blue 30 throughout. */
    private static byte[] records(int... labels) {
        byte[] bytes = new byte[labels.length * RECORD];
        for (int i = 0; i < labels.length; i++) {
            bytes[i * RECORD] = (byte) labels[i];
            for (int channel = 0; channel < 3; channel++) {
                int from = i * RECORD + 1 + channel * 1024;
                Arrays.fill(bytes, from, from + 1024, (byte) (10 * (channel + 1)));
            }
        }
        return bytes;
    }
}
