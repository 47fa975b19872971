package io.sapper.network.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorFileTest {
    private static final String TEMPORARY = "java.io.tmpdir";

    @TempDir
    Path folder;

    private final String before = System.getProperty(TEMPORARY);

    @AfterEach
    void asBefore() {
        System.setProperty(TEMPORARY, before);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    @Test
    void whatIsKeptIsReadAgainAndTheFileGoes() throws IOException {
        System.setProperty(TEMPORARY, folder.toString());
        try (TensorFile file = new TensorFile()) {
            try (PointerScope scope = new PointerScope()) {
                Tensor numbers = Tensor.create(new float[] {1, -2, 3.5f, 4, 0, 1e-3f}, 1, 2, 3);
                List<TensorFile.Kept> kept = new ArrayList<>();
                kept.add(file.keep(numbers));
                kept.add(file.keep(numbers.to(ScalarType.Half)));
                kept.add(file.keep(numbers.permute(0, 2, 1))); // its numbers do not lie in this order
                assertThat(kept.get(0).read().equal(numbers)).isTrue();
                assertThat(kept.get(1).read().equal(numbers.to(ScalarType.Half)))
                        .isTrue();
                assertThat(kept.get(2).read().equal(numbers.permute(0, 2, 1))).isTrue();
                assertThat(kept.get(1).bytes()).isEqualTo(12);
            }
            assertThat(files()).hasSize(1);
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void anInterruptDoesNotCloseIt() throws IOException {
        try (TensorFile file = new TensorFile();
                PointerScope scope = new PointerScope()) {
            TensorFile.Kept kept = file.keep(Tensor.create(new float[] {7}, 1));
            Thread.currentThread().interrupt();
            assertThat(kept.read().item_float()).isEqualTo(7);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void noPlaceForTemporaryFiles() {
        System.setProperty(TEMPORARY, folder.resolve("none").toString());
        assertThatThrownBy(TensorFile::new)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none takes none")
                .hasMessageContaining("SAPPER_JAVA_OPTS=-Djava.io.tmpdir=DIR");
    }

    @Test
    void whatHasNoRoomIsToldBeforeItIsMade() throws IOException {
        System.setProperty(TEMPORARY, folder.toString());
        try (TensorFile file = new TensorFile();
                PointerScope scope = new PointerScope()) {
            file.keep(Tensor.create(new float[] {7, 8}, 2));
            assertThat(file.size()).isEqualTo(8);
            file.expect(1);
            assertThatThrownBy(() -> file.expect(1L << 60))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("will take 1,099,511,627,776 MiB in the folder " + folder)
                    .hasMessageContaining("SAPPER_JAVA_OPTS=-Djava.io.tmpdir=DIR");
        }
    }

    /** Linux only, where something always is full. */
    @Test
    void aFullDiskNamesTheFolderAndTheWayOut() throws IOException {
        assumeTrue(Files.exists(Path.of("/dev/full")), "there is no /dev/full");
        try (TensorFile file = new TensorFile(Path.of("/dev/full"));
                PointerScope scope = new PointerScope()) {
            Tensor one = Tensor.create(new float[] {7}, 1);
            assertThatThrownBy(() -> file.keep(one))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("take more room than the folder")
                    .hasMessageContaining("SAPPER_JAVA_OPTS=-Djava.io.tmpdir=DIR");
        }
    }
}
