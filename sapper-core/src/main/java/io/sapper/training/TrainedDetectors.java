package io.sapper.training;

import io.sapper.data.MalformedFileException;
import io.sapper.data.Output;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Initializer;
import io.sapper.network.OnnxReader;
import io.sapper.network.OnnxWriter;
import io.sapper.network.detection.Detector;
import io.sapper.training.DetectorTraining.Seen;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder of trained detectors: one that is there is taken from there, one whose training was stopped goes on. So a
 * killed experiment loses at most a few seconds, and experiments that train the same detector train it once.
 *
 * <p>What is the same is decided by everything that decides the bits of a training run: the first weights with all that
 * stays as it is, the photographs, the settings, the seed, the threads and Sapper's version. It stands in the file's
 * name as a digest; {@code NAME-seed-N-DIGEST.onnx} is a whole detector with its classes' names, beside it its own
 * SHA-256, and a folder of that name without {@code .onnx} the checkpoint of one that is not done. Several runs may
 * share the folder, but two at the same time do not train the same detector.
 *
 * @param folder made when first needed
 * @param version of the program: another one trains anew
 */
public record TrainedDetectors(Path folder, String version) {
    /** Digits of the digest in a name: 64 bits. */
    private static final int DIGITS = 16;

    /**
     * A detector, and how it was come by.
     *
     * @param graph whole
     * @param file where it lies
     * @param wasThere whether nothing was to be done
     */
    public record Kept(Graph graph, Path file, boolean wasThere) {}

    /**
     * As {@link DetectorTraining#train}.
     *
     * @param name for people, in the file's name
     * @throws MalformedFileException if what lies under the name cannot be read, or is another network
     * @throws IOException if the folder cannot be read or written
     */
    public Kept train(
            String name,
            Detector detector,
            Seen seen,
            TrainingOptions options,
            long seed,
            Compute compute,
            Progress progress)
            throws IOException {
        Graph first = detector.graph();
        String digest = digest(first, seen, options, seed, compute);
        String key = slug(name) + "-seed-" + seed + "-" + digest;
        check();
        Graph learning = first.cutAt(seen.features().names()).tail();
        Optional<Path> there = there(digest);
        if (there.isPresent()) {
            Checkpoints.in(folder.resolve(key), true).clear(); // left by a process that was killed before it could
            return taken(there.get(), first, learning, progress);
        }
        Files.createDirectories(folder);
        Path file = folder.resolve(key + ".onnx");
        Path locked = folder.resolve("." + key + ".lock");
        try (FileChannel lock = FileChannel.open(locked, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (!isFree(lock)) {
                throw new IOException("Another run is training " + file
                        + " now. Wait until it is done, or name another folder with --trained.");
            }
            Optional<Path> meanwhile = there(digest);
            if (meanwhile.isPresent()) {
                return taken(meanwhile.get(), first, learning, progress);
            }
            // Looked at under the lock: the run that had it before may have left a checkpoint.
            Checkpoints checkpoints = checkpoints(key);
            Graph trained = DetectorTraining.train(detector, seen, options, seed, compute, progress, checkpoints)
                    .graph();
            OnnxWriter.write(trained, file, seen.scenes().classNames());
            Output.replace(
                    sum(file), (digest(file) + "  " + file.getFileName() + "\n").getBytes(StandardCharsets.UTF_8));
            checkpoints.clear();
            return new Kept(trained, file, false);
        } finally {
            if (Output.isPlain(sum(file))) {
                Files.deleteIfExists(locked); // whoever waits for it looks again for what is trained
            }
        }
    }

    private static boolean isFree(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // another run in this very process
        }
    }

    /**
     * Whether it can be such a folder, for whoever wants to know before work is done.
     *
     * @throws IllegalArgumentException if it is something else
     * @throws IOException if it is a symbolic link
     */
    public void check() throws IOException {
        Output.refuseLink(folder);
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IllegalArgumentException("--trained " + folder + " is a file, not a folder. Name another one.");
        }
    }

    private static Kept taken(Path file, Graph first, Graph learning, Progress progress) throws IOException {
        Graph there = first.withInitializers(weights(file, learning));
        progress.message("Taken from " + file + ", not trained again.");
        return new Kept(there, file, true);
    }

    /** Under whatever name: the same training may be of another step in another experiment. */
    private Optional<Path> there(String digest) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().endsWith("-" + digest + ".onnx"))
                    .filter(file -> Output.isPlain(file) && Output.isPlain(sum(file)))
                    .sorted()
                    .findFirst();
        }
    }

    private Checkpoints checkpoints(String key) throws IOException {
        Path part = folder.resolve(key);
        return Checkpoints.in(part, Checkpoints.newest(part).isPresent());
    }

    /** Of a file that was written whole, beside it: its SHA-256, as {@code sha256sum -c} reads it. */
    private static Path sum(Path file) {
        return file.resolveSibling(file.getFileName() + ".sha256");
    }

    private static String digest(Path file) throws IOException {
        return HexFormat.of().formatHex(sha256().digest(Files.readAllBytes(file)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    /** What of a network learns, as the file has it. */
    private static Map<String, Initializer> weights(Path file, Graph learning) throws IOException {
        if (!Files.readString(sum(file)).startsWith(digest(file) + " ")) {
            throw other(file, "");
        }
        Graph there = OnnxReader.read(file);
        Map<String, Initializer> weights = new HashMap<>();
        for (String name : learning.trainable()) {
            if (!there.initializerNames().contains(name)
                    || !there.initializer(name)
                            .shape()
                            .equals(learning.initializer(name).shape())) {
                throw other(file, name);
            }
            weights.put(name, there.initializer(name));
        }
        return weights;
    }

    private static MalformedFileException other(Path file, String where) {
        return new MalformedFileException(
                file,
                where,
                "not the detector that was kept under this name. Remove the file, to have it trained again.");
    }

    private static String slug(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }

    private String digest(Graph first, Seen seen, TrainingOptions options, long seed, Compute compute) {
        MessageDigest digest = sha256();
        Settings settings = Trainer.settings(options, seed, compute, seen.digest())
                .with("version", version)
                .with("mirrored", seen.mirrored())
                .with("cut", seen.features().names());
        settings.values()
                .forEach((name, value) -> digest.update((name + "=" + value + "\n").getBytes(StandardCharsets.UTF_8)));
        digest.update(OnnxWriter.toBytes(first));
        return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    }
}
