package io.sapper.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Training is killed, as by a power cut, and goes on in another process. */
class CheckpointIT {
    @TempDir
    Path folder;

    @Test
    @Timeout(300)
    void aRunKilledTwiceEndsInTheSameBytes() throws Exception {
        Path whole = folder.resolve("whole.onnx");
        assertThat(start("uninterrupted", whole).waitFor()).isZero();

        Path resumed = folder.resolve("resumed.onnx");
        Path checkpoints = folder.resolve("killed");
        long first = killBehind(checkpoints, resumed, 0);
        long second = killBehind(checkpoints, resumed, first);
        assertThat(second).as("the second process went on, not back").isGreaterThan(first);
        assertThat(resumed).doesNotExist();

        assertThat(start("killed", resumed).waitFor()).isZero();
        assertThat(resumed).hasSameBinaryContentAs(whole);
        assertThat(newest(checkpoints))
                .as("a finished run leaves no checkpoint")
                .isZero();
    }

    /** Kills the process as soon as it has saved itself later than {@code after}; returns where. */
    private long killBehind(Path checkpoints, Path model, long after) throws IOException, InterruptedException {
        Process process = start("killed", model);
        while (newest(checkpoints) <= after) {
            assertThat(process.isAlive()).as("must not end before it is killed").isTrue();
            Thread.sleep(2);
        }
        process.destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("killed").isEqualTo(128 + 9);
        return newest(checkpoints);
    }

    private Process start(String checkpoints, Path model) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TrainingProcess.class.getName(),
                        folder.resolve(checkpoints).toString(),
                        model.toString()))
                .inheritIO()
                .start();
    }

    private static long newest(Path checkpoints) throws IOException {
        if (!Files.isDirectory(checkpoints)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(checkpoints)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\d{9}\\.state"))
                    .mapToLong(name -> Long.parseLong(name.substring(0, 9)))
                    .max()
                    .orElse(0);
        }
    }
}
