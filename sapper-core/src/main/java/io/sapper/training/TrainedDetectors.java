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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * name as a digest; {@code NAME-seed-N-DIGEST.onnx} is a whole detector with its classes' names, and a folder of that
 * name without {@code .onnx} the checkpoint of one that is not done.
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
        Output.refuseLink(folder);
        Path file = there(digest).orElse(folder.resolve(key + ".onnx"));
        Checkpoints checkpoints = checkpoints(key);
        if (Output.isPlain(file)) {
            Graph there = first.withInitializers(
                    weights(file, first.cutAt(seen.features().names()).tail()));
            checkpoints.clear(); // left by a process that was killed between the two
            progress.message("Taken from " + file + ", not trained again.");
            return new Kept(there, file, true);
        }
        Files.createDirectories(folder);
        Graph trained = DetectorTraining.train(detector, seen, options, seed, compute, progress, checkpoints)
                .graph();
        OnnxWriter.write(trained, file, seen.scenes().classNames());
        checkpoints.clear();
        return new Kept(trained, file, false);
    }

    /** Under whatever name: the same training may be of another step in another experiment. */
    private Optional<Path> there(String digest) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().endsWith("-" + digest + ".onnx"))
                    .filter(Output::isPlain)
                    .sorted()
                    .findFirst();
        }
    }

    private Checkpoints checkpoints(String key) throws IOException {
        Path part = folder.resolve(key);
        return Checkpoints.in(part, Checkpoints.newest(part).isPresent());
    }

    /** What of a network learns, as the file has it. */
    private static Map<String, Initializer> weights(Path file, Graph learning) throws IOException {
        Graph there = OnnxReader.read(file);
        Map<String, Initializer> weights = new HashMap<>();
        for (String name : learning.trainable()) {
            if (!there.initializerNames().contains(name)
                    || !there.initializer(name)
                            .shape()
                            .equals(learning.initializer(name).shape())) {
                throw new MalformedFileException(
                        file, name, "not the detector that was kept under this name. Maybe remove the file.");
            }
            weights.put(name, there.initializer(name));
        }
        return weights;
    }

    private static String slug(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }

    private String digest(Graph first, Seen seen, TrainingOptions options, long seed, Compute compute) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
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
