package io.sapper.cli;

import io.sapper.data.Catalogue;
import io.sapper.data.Obtained;
import io.sapper.data.Surroundings;
import io.sapper.data.detection.ClassTable;
import io.sapper.data.detection.SceneFolder;
import io.sapper.data.detection.SceneSplit;
import io.sapper.data.image.FolderReader;
import io.sapper.experiment.DetectorStart;
import io.sapper.experiment.Recipes;
import io.sapper.experiment.SceneSetup;
import io.sapper.experiment.Setup;
import io.sapper.network.Compute;
import io.sapper.network.Engine;
import io.sapper.training.TrainingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Options of commands that run something. */
final class Common {
    @Mixin
    HelpOptions help = new HelpOptions();

    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec spec;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of every random choice (${DEFAULT-VALUE}).")
    long seed;

    @Mixin
    PictureArguments pictures = new PictureArguments();

    @Option(names = "--device", paramLabel = "D", defaultValue = "cpu", description = "cpu or cuda (${DEFAULT-VALUE}).")
    String device = "cpu";

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads; in training, at most as many replicas. Default: all cores.")
    Optional<Integer> threads = Optional.empty();

    @Option(names = "--json", description = "Print the result as JSON on standard output.")
    boolean json;

    private boolean syntheticDigits;

    /** The command's name. */
    String command() {
        return spec().name();
    }

    int threadCount() {
        return threads(threads);
    }

    /** What --threads says. */
    static int threads(Optional<Integer> said) {
        int count = said.orElse(Runtime.getRuntime().availableProcessors());
        if (count < 1 || count > Engine.MOST_THREADS) {
            throw new IllegalArgumentException(
                    "--threads must be 1 to " + Engine.MOST_THREADS + " on this machine, not " + count + ".");
        }
        return count;
    }

    /** From now on, digits drawn by a program may stand in for MNIST where it can be had from nowhere. */
    void allowSyntheticDigits() {
        syntheticDigits = true;
    }

    /** Replicas for batches of that size where nobody says how many; a GPU does a batch at once. */
    int replicas(int batchSize) {
        return Compute.of(device) == Compute.CUDA ? 1 : TrainingOptions.suitableReplicas(threadCount(), batchSize);
    }

    /** As {@link #replicas}, of detectors: the steps of one photograph are long enough for a thread each. */
    int detectorReplicas(int batchSize) {
        return Compute.of(device) == Compute.CUDA ? 1 : Math.max(1, Math.min(threadCount(), batchSize));
    }

    Setup setup(String dataName, Console console) throws IOException {
        FolderReader.Options options = pictures.options(seed);
        Compute compute = compute();
        Surroundings surroundings = Sapper.surroundings(spec());
        Setup.Loader loader = name -> session()
                .loaded()
                .get(
                        name,
                        options,
                        () -> syntheticDigits
                                ? Catalogue.loadOrDraw(name, options, surroundings, console)
                                : Catalogue.load(name, options, surroundings, console));
        Obtained data = loader.load(dataName);
        pictures.checkKind(data.split().train(), unsaid(dataName));
        return new Setup(
                data, seed, compute, replicas(Recipes.BATCH), console, session().networks(), loader, commandLine());
    }

    /** A sentence to end a message about data with that nobody named; empty where somebody did. */
    String unsaid(String dataName) {
        ParseResult parsed = spec().commandLine().getParseResult();
        return parsed == null || parsed.hasMatchedOption("--data")
                ? ""
                : " No --data was given, so " + dataName + " was taken.";
    }

    /** The folder that is meant, if it holds photographs with boxes. */
    Optional<Path> scenes(String dataName) throws IOException {
        Optional<Path> folder = Catalogue.folder(dataName, Sapper.surroundings(spec()));
        return folder.isPresent() && SceneFolder.is(folder.get()) ? folder : Optional.empty();
    }

    /** Reads what a new detector is. */
    @FunctionalInterface
    interface Start {
        DetectorStart read(Surroundings surroundings) throws IOException;
    }

    /** Photographs with boxes, by a folder or its name in {@code SAPPER_DATA}, and what new detectors are. */
    SceneSetup scenes(String dataName, SceneArguments scenes, Start start, Console console) throws IOException {
        return scenes(sceneFolder(dataName), scenes.table(), Optional.of(start), console);
    }

    /** Photographs with boxes of another country, besides those of a setup. */
    SceneSetup withAbroad(SceneSetup setup, String dataName, Console console) throws IOException {
        SceneFolder.Options options = pictures.scenes(ClassTable.AS_THEY_ARE, seed);
        return setup.withAbroad(read(sceneFolder(dataName), options, console));
    }

    private Path sceneFolder(String dataName) throws IOException {
        return scenes(dataName)
                .orElseThrow(() -> new IllegalArgumentException("'" + dataName
                        + "' holds no photographs with boxes; the layouts that are read are Pascal VOC, YOLO, LISA and"
                        + " Swedish Traffic Signs."));
    }

    /**
     * Photographs with boxes.
     *
     * @param classes what becomes of their classes
     * @param start what new detectors are; empty where one is given
     */
    SceneSetup scenes(Path folder, ClassTable classes, Optional<Start> start, Console console) throws IOException {
        Compute compute = compute();
        SceneFolder.Options options = pictures.scenes(classes, seed);
        DetectorStart fresh = start.isPresent() ? start.get().read(Sapper.surroundings(spec())) : null;
        return new SceneSetup(
                read(folder, options, console), fresh, seed, compute, threadCount(), console, commandLine());
    }

    private SceneSplit read(Path folder, SceneFolder.Options options, Console console) throws IOException {
        return session().loaded().get(folder, options, () -> SceneFolder.read(folder, options, console));
    }

    private Compute compute() throws IOException {
        return compute(device, threadCount());
    }

    /** What --device says, with so many threads. */
    static Compute compute(String device, int threads) throws IOException {
        Compute compute = Compute.of(device);
        Engine.threads(threads);
        try {
            Engine.check(compute);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e); // the word is right; it is the machine that lacks something
        }
        return compute;
    }

    /** What the command is run in. */
    Session session() {
        return Sapper.session(spec());
    }

    private List<String> commandLine() {
        Optional<Session.InSweep> swept = session().sweep();
        if (swept.isPresent()) {
            return swept.get().commandLine();
        }
        ParseResult parsed = spec().root().commandLine().getParseResult();
        return parsed == null ? List.of() : List.copyOf(parsed.originalArgs());
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("These options belong to a command.");
        }
        return spec;
    }
}
