package io.sapper.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.Dataset;
import io.sapper.data.MalformedFileException;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Initializer;
import io.sapper.network.Network;
import io.sapper.network.SampleGraphs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    private static final Graph GRAPH = SampleGraphs.small(1);
    private static final Dataset DATA = SampleGraphs.noise(GRAPH, 30, 1);
    private static final TrainingOptions OPTIONS =
            new TrainingOptions(3, 8, Optimizer.Adam.of(1e-3), Schedule.COSINE, 1);

    @TempDir
    Path temporary;

    private Path folder;

    /** Stopped by its listener in the middle of the second epoch, after a checkpoint. */
    @BeforeEach
    void interrupt() {
        folder = temporary.resolve("run");
        assertThatThrownBy(() -> train(GRAPH, OPTIONS, 1, false, 48))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("stopped");
        assertThat(folder).isNotEmptyDirectory();
    }

    @Test
    void aResumedRunEndsInTheSameBits() throws IOException {
        Map<String, Initializer> resumed = train(GRAPH, OPTIONS, 1, true, -1);
        folder = temporary.resolve("another");
        assertThat(resumed).isEqualTo(train(GRAPH, OPTIONS, 1, false, -1));
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void withoutResumeItIsNotOverwritten() {
        assertThatThrownBy(() -> train(GRAPH, OPTIONS, 1, false, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is a checkpoint of an unfinished run in " + folder
                        + ". Maybe go on with --resume, or remove that folder.");
    }

    @Test
    void aCheckpointOfOtherSettingsIsRefused() {
        assertThatThrownBy(() -> train(GRAPH, OPTIONS.withEpochs(4), 1, true, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The checkpoint in " + folder + " is of other settings (3 epochs, ")
                .hasMessageContaining("not of these (4 epochs, ")
                .message()
                .hasLineCount(1);
        assertThatThrownBy(() -> train(GRAPH, OPTIONS, 2, true, -1)).hasMessageContaining("other settings");
    }

    /** Tuning another network with the same settings is another run. */
    @Test
    void aCheckpointOfAnotherBeginningIsRefused() {
        assertThatThrownBy(() -> train(SampleGraphs.small(2), OPTIONS, 1, true, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("other settings");
    }

    @Test
    void aStateCutAnywhereIsRefused() throws IOException {
        Path state = only(".state");
        byte[] whole = Files.readAllBytes(state);
        for (int length = 0; length < whole.length; length += 1 + length / 5) {
            Files.write(state, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> train(GRAPH, OPTIONS, 1, true, -1))
                    .as("%s of %s bytes", length, whole.length)
                    .isInstanceOf(MalformedFileException.class)
                    .hasMessageStartingWith(state.toString())
                    .message()
                    .hasLineCount(1);
        }
    }

    @Test
    void aDamagedByteIsRefused() throws IOException {
        Path state = only(".state");
        byte[] whole = Files.readAllBytes(state);
        for (int at = 0; at < whole.length; at = at < 600 ? at + 7 : at + 397) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x40;
            Files.write(state, damaged);
            assertThatThrownBy(() -> train(GRAPH, OPTIONS, 1, true, -1))
                    .as("byte %s", at)
                    .isInstanceOf(MalformedFileException.class)
                    .message()
                    .hasLineCount(1);
        }
    }

    @Test
    void aDamagedNetworkIsRefused() throws IOException {
        Path network = only(".onnx");
        byte[] whole = Files.readAllBytes(network);
        Files.write(network, Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> train(GRAPH, OPTIONS, 1, true, -1)).isInstanceOf(MalformedFileException.class);
    }

    /** Killed between the two files of a checkpoint: the one before counts. */
    @Test
    void aNetworkWithoutItsStateDoesNotCount() throws IOException {
        Files.write(folder.resolve("999999999.onnx"), new byte[10]);
        assertThat(train(GRAPH, OPTIONS, 1, true, -1)).isNotEmpty();
        assertThat(temporary).isEmptyDirectory();
    }

    private Path only(String end) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(end))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Map<String, Initializer> train(Graph graph, TrainingOptions options, long seed, boolean resume, long stopAt)
            throws IOException {
        try (Network network = Network.of(graph, Compute.CPU)) {
            Progress progress = new Progress() {
                @Override
                public void step(long done, long total) {
                    if (done >= stopAt && stopAt > 0) {
                        throw new IllegalStateException("stopped");
                    }
                }
            };
            Trainer.train(network, DATA, options, seed, progress, new Checkpoints(folder, Duration.ZERO, resume));
            return network.snapshot().initializers();
        }
    }
}
