package io.sapper.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.image.FolderReader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {
    @TempDir
    Path data;

    @Test
    void syntheticDigitsNeedNothing() throws IOException {
        Obtained digits = load("synthetic-digits");
        assertThat(digits.split().synthetic()).isTrue();
        assertThat(digits.split().train().size()).isEqualTo(20_000);
    }

    @Test
    void cifarIsReadWhereItWasUnpackedAndNeverFetched() throws IOException {
        assertThatThrownBy(() -> load("cifar10"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Sapper does not fetch it")
                .hasMessageContaining(data.resolve("cifar10").toString());
        Path folder = Files.createDirectories(data.resolve("cifar10/cifar-10-batches-bin"));
        for (String name :
                List.of("data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", "test_batch")) {
            Files.write(folder.resolve(name + ".bin"), new byte[3073]);
        }
        assertThat(load("cifar10").split().train().size()).isEqualTo(5);
        assertThat(load(folder.toString()).split().test().size()).isEqualTo(1);
    }

    @Test
    void idxFoldersAreKnownByTheirFiles() throws IOException {
        Path folder = Files.createDirectories(data.resolve("fashion"));
        for (String part : List.of("train", "t10k")) {
            Files.write(
                    folder.resolve(part + "-images-idx3-ubyte"),
                    bytes(2051, 1, 1, 4).putInt(7).array());
            Files.write(
                    folder.resolve(part + "-labels-idx1-ubyte"),
                    Arrays.copyOf(bytes(2049, 1).array(), 9));
        }
        assertThat(load(folder.toString()).split().train().name()).isEqualTo("fashion train");
        assertThat(load("fashion").split().test().size()).isEqualTo(1); // found in SAPPER_DATA
    }

    @Test
    void pictureFoldersAreKnownByTheirSubfolders() throws IOException {
        for (String path : List.of("a/1.png", "a/2.png", "b/1.png", "b/2.png")) {
            Path file = data.resolve("pictures").resolve(path);
            Files.createDirectories(file.getParent());
            ImageIO.write(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
        }
        assertThat(load("pictures").split().train().classNames()).containsExactly("a", "b");
    }

    /** By name, from SAPPER_DATA alone, divided by its lists. */
    @Test
    void facesAreFoundByNameAndNeverFetched() throws IOException {
        assertThatThrownBy(() -> load("lfw-faces"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not on this machine, and Sapper does not fetch them")
                .hasMessageContaining(data.resolve("lfw-faces").toString())
                .message()
                .hasLineCount(1);
        for (String path : List.of("Ann/1.png", "Ann/2.png", "Bob/1.png", "Bob/2.png")) {
            Path file = data.resolve("lfw-faces").resolve(path);
            Files.createDirectories(file.getParent());
            ImageIO.write(new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY), "png", file.toFile());
        }
        Files.writeString(data.resolve("lfw-faces/train.txt"), "Ann/1.png\nBob/1.png\nBob/2.png\n");
        Files.writeString(data.resolve("lfw-faces/test.txt"), "Ann/2.png\n");
        assertThat(load("lfw-faces").split().train().classSizes()).containsExactly(1, 2);
    }

    /** Crops are of many sizes; a network needs one, whatever nobody says. */
    @Test
    void signsAreBroughtToOneSize() throws IOException {
        assertThatThrownBy(() -> load("lisa-signs"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not fetch them")
                .hasMessageContaining("folders stop, speedlimit and warning");
        for (String sign : List.of("stop", "warning")) {
            for (int i = 1; i <= 5; i++) {
                Path file = data.resolve("lisa-signs").resolve(sign).resolve(i + ".png");
                Files.createDirectories(file.getParent());
                ImageIO.write(new BufferedImage(9 + i, 20, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
            }
        }
        assertThat(load("lisa-signs").split().train().shape().toString()).isEqualTo("3x32x32");
    }

    @ParameterizedTest
    @ValueSource(strings = {"minst", "", " ", "/no/such/folder"})
    void unknownNamesListTheKnown(String name) {
        assertThatThrownBy(() -> load(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Unknown data '" + name + "'")
                .hasMessageContaining("mnist, cifar10, lfw-faces, spoken-digits, lisa-signs, synthetic-digits");
    }

    @Test
    void emptyFoldersAreOfNoKnownKind() throws IOException {
        Path empty = Files.createDirectories(data.resolve("empty"));
        assertThatThrownBy(() -> load(empty.toString()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds no data of a known kind");
    }

    private Obtained load(String name) throws IOException {
        Surroundings here =
                new Surroundings(Optional.of(data), data.resolve("cache"), List.of(), List.of(), Duration.ofSeconds(5));
        return Catalogue.load(name, FolderReader.Options.DEFAULT, here, Listener.SILENT);
    }

    /** Numbers, and room for one more. */
    private static ByteBuffer bytes(int... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length + 4);
        for (int number : numbers) {
            bytes.putInt(number);
        }
        return bytes;
    }
}
