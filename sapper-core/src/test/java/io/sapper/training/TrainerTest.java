package io.sapper.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.data.synthetic.SyntheticDigits;
import io.sapper.network.Compute;
import io.sapper.network.Engine;
import io.sapper.network.Graph;
import io.sapper.network.Initialization;
import io.sapper.network.Network;
import io.sapper.network.OnnxWriter;
import io.sapper.network.zoo.Architecture;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
    private static final TrainingOptions OPTIONS =
            new TrainingOptions(2, 32, new Optimizer.Sgd(0.05, 0.9, 5e-4), Schedule.ONE_CYCLE, 1);

    @TempDir
    Path folder;

    @Test
    void theLossFalls() {
        try (Network network = Network.of(untrained(1), Compute.CPU)) {
            List<Double> losses =
                    Trainer.train(network, data(), OPTIONS, 1, Progress.NONE).losses();
            assertThat(losses.get(1)).isLessThan(losses.get(0)).isLessThan(1.0);
        }
    }

    @Test
    void theSameSeedGivesTheSameBitsAlsoBesideOthers() {
        byte[] alone = trained(OPTIONS, 1);
        CompletableFuture<byte[]> other = CompletableFuture.supplyAsync(() -> trained(OPTIONS, 2));
        byte[] beside = trained(OPTIONS, 1);
        assertThat(beside).isEqualTo(alone);
        assertThat(other.join()).isNotEqualTo(alone);
    }

    @Test
    void replicasAddTheirGradientsInTheSameOrderEveryTime() {
        TrainingOptions two = new TrainingOptions(1, 33, Optimizer.Adam.of(0.001), Schedule.CONSTANT, 2);
        assertThat(trained(two, 1)).isEqualTo(trained(two, 1));
    }

    @Test
    void aLossThatIsNotFiniteEndsTraining() {
        TrainingOptions wild = OPTIONS.withOptimizer(new Optimizer.Sgd(1e20, 0.9, 0));
        assertThatThrownBy(() -> trained(wild, 1))
                .isInstanceOf(TrainingDivergedException.class)
                .hasMessageContaining("1.0E20");
    }

    @Test
    void killedAndResumedEndsInTheSameBits() throws Exception {
        Path killed = folder.resolve("killed");
        Process process = child(killed);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (states(killed) == 0 && process.isAlive() && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
        process.destroyForcibly().waitFor();
        assertThat(states(killed)).as("checkpoints left").isPositive();
        assertThat(killed.resolve("model.onnx"))
                .as("it was killed before its end")
                .doesNotExist();

        assertThat(child(killed).waitFor()).isZero();
        Path whole = folder.resolve("whole");
        assertThat(child(whole).waitFor()).isZero();
        assertThat(Files.readAllBytes(killed.resolve("model.onnx")))
                .isEqualTo(Files.readAllBytes(whole.resolve("model.onnx")));
        assertThat(states(killed)).as("checkpoints after the end").isZero();
    }

    @Test
    void aCheckpointOfOtherSettingsIsRefused() throws IOException {
        Path checkpoint = folder.resolve("checkpoint");
        try (Network network = Network.of(untrained(1), Compute.CPU)) {
            Progress stop = new Progress() {
                @Override
                public void epoch(int epoch, int epochs, double loss, double rate) {
                    if (epoch == 2) {
                        throw new IllegalStateException("stopped by the test");
                    }
                }
            };
            assertThatThrownBy(() -> Trainer.train(
                            network, data(), OPTIONS, 1, stop, new Checkpoints(checkpoint, Duration.ZERO, false)))
                    .hasMessage("stopped by the test");
        }
        assertThatThrownBy(() -> resume(checkpoint, OPTIONS.withEpochs(3), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("other settings");
        assertThatThrownBy(() -> resume(checkpoint, OPTIONS, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--resume");
        assertThat(states(folder)).isEqualTo(1);
    }

    private static void resume(Path checkpoint, TrainingOptions options, boolean resume) throws IOException {
        try (Network network = Network.of(untrained(1), Compute.CPU)) {
            Trainer.train(network, data(), options, 1, Progress.NONE, Checkpoints.in(checkpoint, resume));
        }
    }

    /** Trains with frequent checkpoints, going on from what is there; the folder is the argument. */
    public static void main(String[] arguments) throws IOException {
        Engine.threads(1);
        Path folder = Path.of(arguments[0]);
        TrainingOptions options = OPTIONS.withEpochs(6);
        Checkpoints checkpoints = new Checkpoints(folder.resolve("checkpoint"), Duration.ofMillis(20), true);
        try (Network network = Network.of(untrained(7), Compute.CPU)) {
            Trainer.train(network, data(), options, 7, Progress.NONE, checkpoints);
            OnnxWriter.write(network.snapshot(), folder.resolve("model.onnx"));
        }
    }

    private static Process child(Path folder) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        TrainerTest.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(File.createTempFile("child", ".log"))
                .start();
    }

    private static long states(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".state")).count();
        } catch (UncheckedIOException e) {
            return 0; // a file went away while we looked
        }
    }

    private static byte[] trained(TrainingOptions options, long seed) {
        Engine.threads(1);
        try (Network network = Network.of(untrained(seed), Compute.CPU)) {
            Trainer.train(network, data(), options, seed, Progress.NONE);
            return OnnxWriter.toBytes(network.snapshot());
        }
    }

    private static Graph untrained(long seed) {
        return Initialization.draw(Architecture.BADNETS_DIGITS.graph(new ImageShape(1, 28, 28), 10), seed);
    }

    private static Dataset data() {
        return SyntheticDigits.generate(1500, 10, 1).train();
    }
}
