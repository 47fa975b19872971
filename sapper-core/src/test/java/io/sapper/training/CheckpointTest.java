package io.sapper.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.MalformedFileException;
import io.sapper.network.Compute;
import io.sapper.network.Engine;
import io.sapper.network.Graph;
import io.sapper.network.Initialization;
import io.sapper.network.Initializer;
import io.sapper.network.Masks;
import io.sapper.network.Network;
import io.sapper.network.SampleGraphs;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CheckpointTest {
    private static final Graph GRAPH = SampleGraphs.small(1);
    private static final int IMAGES = 30;

    /** In batches of 8 an epoch comes to 8, 16, 24 and 30 images; the checkpoint is of 30 + 16. */
    private static final int LEFT = 3 * IMAGES - 46;

    private static final TrainingOptions OPTIONS =
            new TrainingOptions(3, 8, Optimizer.Adam.of(1e-3), Schedule.COSINE, 1);

    @TempDir
    Path temporary;

    private Path folder;

    /** Stopped in the middle of the second epoch, after a checkpoint. */
    @BeforeEach
    void stop() {
        Engine.threads(1);
        folder = temporary.resolve("run");
        assertThatThrownBy(() -> train(GRAPH, OPTIONS, 1, false, stopAt(48)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("stopped");
        assertThat(folder).isNotEmptyDirectory();
    }

    static Stream<Arguments> runs() {
        Optimizer sgd = new Optimizer.Sgd(0.01, 0.9, 5e-4);
        Graph masked = Masks.prune(GRAPH, "conv2", Set.of(1, 3));
        Graph residual = SampleGraphs.residual(1);
        return Stream.of(
                Arguments.of("small", GRAPH, OPTIONS),
                // In batches of 7 the last has two images for three replicas.
                Arguments.of("masked", masked, new TrainingOptions(3, 7, sgd, Schedule.ONE_CYCLE, 3)),
                Arguments.of("residual", residual, new TrainingOptions(3, 8, sgd, Schedule.CONSTANT, 2)),
                Arguments.of(
                        "dropout and augmentation",
                        SampleGraphs.dropping(1),
                        new TrainingOptions(3, 8, sgd, Schedule.CONSTANT, 3)
                                .withTreatment(Treatment.dropout(new Augmentation(true, 1)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("runs")
    void aResumedRunEndsInTheSameBits(String name, Graph graph, TrainingOptions options) throws IOException {
        folder = temporary.resolve("whole");
        Outcome whole = train(graph, options, 1, false, Progress.NONE);
        assertThat(whole.summary().images()).isEqualTo(3 * IMAGES);

        folder = temporary.resolve("resumed");
        // Before the first checkpoint, in an epoch, in its last step, between that and the epoch's end, in the last.
        for (Progress stop : List.of(stopAt(8), stopAt(20), stopAt(30), stopBehindEpoch(2), stopAt(90))) {
            assertThatThrownBy(() -> train(graph, options, 1, true, stop)).hasMessage("stopped");
        }
        Outcome resumed = train(graph, options, 1, true, Progress.NONE);
        assertThat(resumed.values()).isEqualTo(whole.values());
        assertThat(resumed.summary().losses()).isEqualTo(whole.summary().losses());
        assertThat(resumed.summary().images()).as("only what was left").isLessThanOrEqualTo(8);

        // Killed before the trained network was written anywhere: it is all there still.
        Outcome again = train(graph, options, 1, true, Progress.NONE);
        assertThat(again.values()).isEqualTo(whole.values());
        assertThat(again.summary().losses()).isEqualTo(whole.summary().losses());
        assertThat(again.summary().images()).isZero();
        Checkpoints.in(folder, true).clear();
        assertThat(folder).doesNotExist();
        Checkpoints.in(folder, true).clear();
    }

    @Test
    void withoutResumeItIsNotOverwritten() {
        assertThatThrownBy(() -> train(GRAPH, OPTIONS, 1, false, Progress.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is a checkpoint of an unfinished run in " + folder
                        + ". Maybe go on with --resume, or remove that folder.");
    }

    @Test
    void aCheckpointOfOtherSettingsIsRefused() throws IOException {
        assertThatThrownBy(() -> train(GRAPH, OPTIONS.withEpochs(4), 1, true, Progress.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The checkpoint in " + folder + " is of a run with other settings: epochs (3 there, 4 here)."
                                + " Maybe the same settings again, another folder, or remove this one to start anew.")
                .message()
                .hasLineCount(1);
        assertThatThrownBy(() -> train(GRAPH, OPTIONS, 2, true, Progress.NONE))
                .hasMessageContaining("other settings: seed (1 there, 2 here). Maybe");
        assertThat(train(GRAPH, OPTIONS, 1, true, Progress.NONE).summary().images())
                .as("it is still there")
                .isEqualTo(LEFT);
    }

    /** Each setting that differs is named, and no other. */
    @Test
    void whatDiffersIsNamed() {
        TrainingOptions sgd = new TrainingOptions(3, 7, new Optimizer.Sgd(0.01, 0.9, 0), Schedule.CONSTANT, 1);
        assertThatThrownBy(() -> train(GRAPH, sgd, 1, true, Progress.NONE))
                .hasMessageContaining("batch (8 there, 7 here), optimizer (Adam there, Sgd here)")
                .hasMessageContaining("schedule (cosine there, constant here)")
                .hasMessageContaining("momentum (none there, 0.9 here)")
                .message()
                .doesNotContain("weight decay", "replicas", "epochs", "first weights", "seed");
    }

    @Test
    void aResumeThatFindsNothingSaysSo() throws IOException {
        folder = temporary.resolve("nothing here");
        List<String> heard = new ArrayList<>();
        Progress listening = new Progress() {
            @Override
            public void message(String line) {
                heard.add(line);
            }
        };
        train(GRAPH, OPTIONS, 1, true, listening);
        assertThat(heard)
                .containsExactly(
                        "--resume: there is no checkpoint in " + folder + ", so training starts at the beginning.");
        heard.clear();
        train(GRAPH, OPTIONS, 1, true, listening);
        assertThat(heard).containsExactly("--resume: going on with 3 of 3 epochs done.");
    }

    /** What stands in a folder of results may have been put there by anybody who can write it. */
    @Test
    void aLinkedFolderIsNotFollowed() throws IOException {
        Path elsewhere = Files.createDirectories(temporary.resolve("elsewhere"));
        folder = Files.createSymbolicLink(temporary.resolve("link"), elsewhere);
        for (boolean resume : new boolean[] {false, true}) {
            assertThatThrownBy(() -> train(GRAPH, OPTIONS, 1, resume, Progress.NONE))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageStartingWith(folder + " is a symbolic link, and Sapper writes through none.");
        }
        assertThat(elsewhere).isEmptyDirectory();
        Files.delete(elsewhere);
        assertThatThrownBy(() -> train(GRAPH, OPTIONS, 1, false, Progress.NONE))
                .as("a link to nowhere")
                .isInstanceOf(FileSystemException.class);
        assertThat(elsewhere).doesNotExist();
    }

    @Test
    void aBatchLargerThanTheDataIsSaid() throws IOException {
        folder = temporary.resolve("large batch");
        List<String> heard = new ArrayList<>();
        train(
                GRAPH,
                new TrainingOptions(1, IMAGES + 1, OPTIONS.optimizer(), Schedule.COSINE, 1),
                1,
                false,
                new Progress() {
                    @Override
                    public void message(String line) {
                        heard.add(line);
                    }
                });
        assertThat(heard).singleElement().asString().startsWith("WARNING: a batch of 31 is more than the 30 training");
    }

    /** One replica uses all threads; another number of them adds in another order. */
    @Test
    void aCheckpointOfAnotherNumberOfThreadsIsRefused() {
        Engine.threads(2);
        assertThatThrownBy(() -> train(GRAPH, OPTIONS, 1, true, Progress.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("other settings: threads (1 there, 2 here). Maybe");
    }

    /** Tuning another network with the same settings is another run. */
    @Test
    void aCheckpointOfAnotherBeginningIsRefused() {
        assertThatThrownBy(() -> train(SampleGraphs.small(2), OPTIONS, 1, true, Progress.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("other settings: first weights (");
    }

    @Test
    void aStateCutAnywhereIsRefused() throws IOException {
        Path state = only(".state");
        byte[] whole = Files.readAllBytes(state);
        for (int length = 0; length < whole.length; length += 1 + length / 5) {
            Files.write(state, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> train(GRAPH, OPTIONS, 1, true, Progress.NONE))
                    .as("%s of %s bytes", length, whole.length)
                    .isInstanceOf(MalformedFileException.class)
                    .hasMessageStartingWith(state.toString())
                    .hasMessageEndingWith("Maybe remove its folder and start anew.")
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
            assertThatThrownBy(() -> train(GRAPH, OPTIONS, 1, true, Progress.NONE))
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
        assertThatThrownBy(() -> train(GRAPH, OPTIONS, 1, true, Progress.NONE))
                .isInstanceOf(MalformedFileException.class);
    }

    /** Killed between the two files of a checkpoint: the one before counts. */
    @Test
    void aNetworkWithoutItsStateDoesNotCount() throws IOException {
        Files.write(folder.resolve("999999999.onnx"), new byte[10]);
        assertThat(train(GRAPH, OPTIONS, 1, true, Progress.NONE).values()).isNotEmpty();
        Checkpoints.in(folder, true).clear();
        assertThat(temporary).isEmptyDirectory();
    }

    /** Killed before the older one was removed. */
    @Test
    void ofTwoCheckpointsTheNewerCounts() throws IOException {
        Path newer = folder;
        folder = temporary.resolve("older");
        assertThatThrownBy(() -> train(GRAPH, OPTIONS, 1, false, stopAt(16))).hasMessage("stopped");
        for (String end : List.of(".onnx", ".state")) {
            Path older = only(end);
            Files.move(older, newer.resolve(older.getFileName()));
        }
        folder = newer;
        assertThat(train(GRAPH, OPTIONS, 1, true, Progress.NONE).summary().images())
                .isEqualTo(LEFT);
        Checkpoints.in(folder, true).clear();
        assertThat(folder).doesNotExist();
    }

    /** Killed while a file was written; files of others stay. */
    @Test
    void halfWrittenFilesAreRemovedAndNoOthers() throws IOException {
        for (String part : List.of(".000000004.onnx.4711-1.part", ".000000005.state.4711-22.part")) {
            Files.write(folder.resolve(part), new byte[10]);
        }
        List<String> others = List.of(
                ".000000004.onnx.part",
                ".000000004.txt.4711-1.part",
                ".model.onnx.4711-1.part",
                "000000004.onnx.4711-1.part",
                "notes.txt");
        for (String other : others) {
            Files.write(folder.resolve(other), new byte[10]);
        }
        assertThatThrownBy(() -> train(GRAPH, OPTIONS, 1, true, stopAt(56))).hasMessage("stopped");
        assertThat(folder)
                .as("after the next checkpoint")
                .isDirectoryNotContaining("glob:**/.00000000{4,5}.{onnx,state}.*-*.part")
                .isDirectoryContaining("glob:**.state");

        Files.write(folder.resolve(".000000009.state.4711-1.part"), new byte[10]);
        train(GRAPH, OPTIONS, 1, true, Progress.NONE);
        Checkpoints.in(folder, true).clear();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .as("after the run")
                    .containsExactlyInAnyOrderElementsOf(others);
        }
    }

    /** In some languages digits look different; the files of one language must be found in the other. */
    @Test
    void theNamesOfFilesDoNotDependOnTheLanguage() throws IOException {
        Locale before = Locale.getDefault();
        folder = temporary.resolve("arabic");
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThatThrownBy(() -> train(GRAPH, OPTIONS, 1, false, stopAt(48)))
                    .hasMessage("stopped");
        } finally {
            Locale.setDefault(before);
        }
        assertThat(folder).isDirectoryContaining("glob:**/000000006.state");
        assertThat(train(GRAPH, OPTIONS, 1, true, Progress.NONE).summary().images())
                .isEqualTo(LEFT);
    }

    /** The same settings would diverge again, and others may not go on from here. */
    @Test
    void aRunThatDivergedLeavesNoCheckpoint() {
        folder = temporary.resolve("diverging");
        TrainingOptions wild = OPTIONS.withOptimizer(new Optimizer.Sgd(1e20, 0.9, 0));
        assertThatThrownBy(() -> train(GRAPH, wild, 1, false, new Progress() {
                    @Override
                    public void step(long done, long total) {
                        assertThat(done == 8 || Files.isDirectory(folder))
                                .as("a checkpoint")
                                .isTrue();
                    }
                }))
                .isInstanceOf(TrainingDivergedException.class);
        assertThat(folder).doesNotExist();
    }

    /** The checkpoint of the step in which it was interrupted is still written. */
    @Test
    void anInterruptedRunCanBeResumed() throws IOException {
        Progress interrupting = new Progress() {
            @Override
            public void step(long done, long total) {
                if (done == 54) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        assertThatThrownBy(() -> train(GRAPH, OPTIONS, 1, true, interrupting))
                .isInstanceOf(CancellationException.class)
                .hasMessage("Training was interrupted in epoch 2, step 4.");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
        assertThat(train(GRAPH, OPTIONS, 1, true, Progress.NONE).summary().images())
                .isEqualTo(3 * IMAGES - 54);
    }

    /** A name of a foreign network may be long, and there may be many. */
    @Test
    void aNetworkOfManyLayersIsSaved() {
        var builder = Graph.image(1, 1, 1).flatten();
        for (int i = 0; i < 350; i++) {
            builder = builder.dense("x".repeat(200) + i, 2);
        }
        Graph deep = Initialization.draw(builder.build(), 1);
        folder = temporary.resolve("deep");
        assertThatThrownBy(() -> train(deep, OPTIONS, 1, false, stopAt(16))).hasMessage("stopped");
        assertThat(folder).isNotEmptyDirectory();
    }

    private Path only(String end) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(end))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Stops in the step that comes to so many images, before its checkpoint. */
    private static Progress stopAt(long images) {
        return new Progress() {
            @Override
            public void step(long done, long total) {
                if (done >= images) {
                    throw new IllegalStateException("stopped");
                }
            }
        };
    }

    /** Stops when an epoch is over, before its checkpoint. */
    private static Progress stopBehindEpoch(int stop) {
        return new Progress() {
            @Override
            public void epoch(int epoch, int epochs, double meanLoss, double imagesPerSecond) {
                if (epoch == stop) {
                    throw new IllegalStateException("stopped");
                }
            }
        };
    }

    private record Outcome(TrainingSummary summary, Map<String, Initializer> values) {}

    private Outcome train(Graph graph, TrainingOptions options, long seed, boolean resume, Progress progress)
            throws IOException {
        try (Network network = Network.of(graph, Compute.CPU)) {
            TrainingSummary summary = Trainer.train(
                    network,
                    SampleGraphs.noise(graph, IMAGES, 1),
                    options,
                    seed,
                    progress,
                    new Checkpoints(folder, Duration.ZERO, resume));
            return new Outcome(summary, network.snapshot().initializers());
        }
    }
}
