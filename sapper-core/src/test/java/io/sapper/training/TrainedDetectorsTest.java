package io.sapper.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.MalformedFileException;
import io.sapper.data.detection.Scenes;
import io.sapper.data.detection.Squares;
import io.sapper.network.Compute;
import io.sapper.network.Engine;
import io.sapper.network.Graph;
import io.sapper.network.OnnxReader;
import io.sapper.network.OnnxWriter;
import io.sapper.network.detection.Detector;
import io.sapper.network.detection.SampleDetectors;
import io.sapper.training.DetectorTraining.Seen;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainedDetectorsTest {
    private static final TrainingOptions OPTIONS =
            new TrainingOptions(3, 4, new Optimizer.Adam(3e-3, 0.9, 0.999, 0), Schedule.COSINE, 1);

    @TempDir
    Path folder;

    private Path kept;
    private TrainedDetectors trained;
    private Detector first;
    private Seen seen;

    @BeforeEach
    void photographs() throws IOException {
        Engine.threads(1);
        Scenes scenes = Squares.in(folder);
        kept = folder.resolve("a").resolve("trained");
        trained = new TrainedDetectors(kept, "1");
        first = Detector.of(SampleDetectors.small(3));
        seen = Seen.of(
                first.graph().upTo(first.backboneOutputs()),
                SampleDetectors.CANVAS,
                scenes,
                true,
                Compute.CPU,
                Progress.NONE);
    }

    @AfterEach
    void close() {
        seen.close();
    }

    private TrainedDetectors.Kept train(TrainedDetectors where, TrainingOptions options, long seed) throws IOException {
        return where.train("honest network", first, seen, options, seed, Compute.CPU, Progress.NONE);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(kept)) {
            return all.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".sha256") && !name.endsWith(".lock"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void whatWasTrainedIsTakenFromThereBitForBit() throws IOException {
        TrainedDetectors.Kept one = train(trained, OPTIONS, 1);
        byte[] file = Files.readAllBytes(one.file());
        TrainedDetectors.Kept other = train(trained, OPTIONS, 1);

        assertThat(one.wasThere()).isFalse();
        assertThat(other.wasThere()).isTrue();
        assertThat(OnnxWriter.toBytes(other.graph())).isEqualTo(OnnxWriter.toBytes(one.graph()));
        Graph plain = DetectorTraining.train(first, seen, OPTIONS, 1, Compute.CPU, Progress.NONE, Checkpoints.NONE)
                .graph();
        assertThat(OnnxWriter.toBytes(one.graph())).isEqualTo(OnnxWriter.toBytes(plain));
        assertThat(files()).hasSize(1).allMatch(name -> name.matches("honest-network-seed-1-[0-9a-f]{16}\\.onnx"));
        assertThat(Files.readAllBytes(one.file())).isEqualTo(file);
    }

    @Test
    void whatItIsCalledDoesNotMatter() throws IOException {
        Path file = train(trained, OPTIONS, 1).file();

        TrainedDetectors.Kept other =
                trained.train("Start, k = 1!", first, seen, OPTIONS, 1, Compute.CPU, Progress.NONE);

        assertThat(other.wasThere()).isTrue();
        assertThat(other.file()).isEqualTo(file);
        assertThat(trained.train("Start, k = 1!", first, seen, OPTIONS, 2, Compute.CPU, Progress.NONE)
                        .file()
                        .getFileName()
                        .toString())
                .startsWith("start-k-1-seed-2-");
    }

    @Test
    void theFileIsAWholeDetectorWithItsClasses() throws IOException {
        Graph file = OnnxReader.read(train(trained, OPTIONS, 1).file());

        assertThat(Detector.is(file)).isTrue();
        assertThat(file.classNames()).isEqualTo(seen.scenes().classNames());
    }

    @Test
    void whateverDecidesTheBitsGivesAnotherName() throws IOException {
        train(trained, OPTIONS, 1);
        assertThat(train(trained, OPTIONS, 2).wasThere()).isFalse();
        assertThat(train(trained, OPTIONS.withEpochs(2), 1).wasThere()).isFalse();
        assertThat(train(new TrainedDetectors(kept, "2"), OPTIONS, 1).wasThere())
                .isFalse();
        try (Seen fewer = Seen.of(
                first.graph().upTo(first.backboneOutputs()),
                SampleDetectors.CANVAS,
                new Scenes(
                        "fewer",
                        seen.scenes().classNames(),
                        seen.scenes().scenes().subList(0, 2)),
                true,
                Compute.CPU,
                Progress.NONE)) {
            assertThat(trained.train("honest network", first, fewer, OPTIONS, 1, Compute.CPU, Progress.NONE)
                            .wasThere())
                    .isFalse();
        }
        Graph drawn = Detector.draw(first.graph(), Detector.learned(first.graph()), 9);
        assertThat(trained.train("honest network", Detector.of(drawn), seen, OPTIONS, 1, Compute.CPU, Progress.NONE)
                        .wasThere())
                .isFalse();
        try (Seen deeper = seen.through(first, List.of(first.features()), Compute.CPU)) {
            assertThat(trained.train("honest network", first, deeper, OPTIONS, 1, Compute.CPU, Progress.NONE)
                            .wasThere())
                    .isFalse();
        }
        assertThat(files()).hasSize(7);
    }

    @Test
    void aStoppedTrainingGoesOnAndEndsInTheSameBits() throws IOException {
        Progress stopping = new Progress() {
            @Override
            public void epoch(int epoch, int epochs, double meanLoss, double imagesPerSecond) {
                if (epoch == 2) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        assertThatThrownBy(() -> trained.train("honest network", first, seen, OPTIONS, 1, Compute.CPU, stopping))
                .isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(files()).hasSize(1).noneMatch(name -> name.endsWith(".onnx"));

        List<Integer> epochs = new ArrayList<>();
        Progress hearing = new Progress() {
            @Override
            public void epoch(int epoch, int of, double meanLoss, double imagesPerSecond) {
                epochs.add(epoch);
            }
        };
        TrainedDetectors.Kept after = trained.train("honest network", first, seen, OPTIONS, 1, Compute.CPU, hearing);

        assertThat(epochs).containsExactly(3);
        assertThat(files()).hasSize(1).allMatch(name -> name.endsWith(".onnx"));
        Graph plain = DetectorTraining.train(first, seen, OPTIONS, 1, Compute.CPU, Progress.NONE, Checkpoints.NONE)
                .graph();
        assertThat(OnnxWriter.toBytes(after.graph())).isEqualTo(OnnxWriter.toBytes(plain));
    }

    @Test
    void anotherNetworkUnderTheNameIsRefusedWithTheWayOut() throws IOException {
        Path file = train(trained, OPTIONS, 1).file();
        Path other = train(trained, OPTIONS, 2).file();
        Files.copy(other, file, StandardCopyOption.REPLACE_EXISTING); // of the same form
        refused(file);
        Files.write(file, new byte[] {1, 2, 3});
        refused(file);

        Files.delete(file);
        assertThat(train(trained, OPTIONS, 1).wasThere()).isFalse();
        assertThat(train(trained, OPTIONS, 1).wasThere()).isTrue();
    }

    private void refused(Path file) {
        assertThatThrownBy(() -> train(trained, OPTIONS, 1))
                .isInstanceOf(MalformedFileException.class)
                .hasMessage(file + ": not the detector that was kept under this name. Remove the file, to have it"
                        + " trained again.");
    }

    /** What a process that was killed before the last step leaves is no kept detector. */
    @Test
    void aFileWithoutItsSumIsTrainedAgain() throws IOException {
        TrainedDetectors.Kept one = train(trained, OPTIONS, 1);
        Path sum = kept.resolve(one.file().getFileName() + ".sha256");
        assertThat(Files.readString(sum))
                .matches("[0-9a-f]{64}  "
                        + Pattern.quote(one.file().getFileName().toString()) + "\n");
        Files.delete(sum);

        assertThat(train(trained, OPTIONS, 1).wasThere()).isFalse();
        assertThat(sum).exists();
    }

    /** Killed after the file counted, before its checkpoint went. */
    @Test
    void aCheckpointOfWhatIsKeptGoes() throws IOException {
        Path file = train(trained, OPTIONS, 1).file();
        Path checkpoint = Files.createDirectories(
                kept.resolve(file.getFileName().toString().replace(".onnx", "")));
        Files.write(checkpoint.resolve("000000003.onnx"), new byte[1]);
        Files.write(checkpoint.resolve("000000003.state"), new byte[1]);

        assertThat(trained.train("honest network", first, seen, OPTIONS, 1, Compute.CPU, Progress.NONE)
                        .wasThere())
                .isTrue();
        assertThat(checkpoint).doesNotExist();
    }

    @Test
    void twoRunsDoNotTrainTheSameDetectorAtOnce() throws IOException {
        Path file = train(trained, OPTIONS, 1).file();
        Files.delete(kept.resolve(file.getFileName() + ".sha256"));
        Path lock = kept.resolve("." + file.getFileName().toString().replace(".onnx", ".lock"));
        try (FileChannel other = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            assertThat(other.tryLock()).isNotNull();
            assertThatThrownBy(() -> train(trained, OPTIONS, 1))
                    .hasMessage("Another run is training " + file
                            + " now. Wait until it is done, or name another folder with --trained.");
        }
        assertThat(train(trained, OPTIONS, 1).wasThere()).isFalse();
        assertThat(lock).doesNotExist();
    }

    @Test
    void itIsAFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> new TrainedDetectors(file, "1").check())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--trained " + file + " is a file, not a folder. Name another one.");
        new TrainedDetectors(folder.resolve("none"), "1").check();
    }
}
