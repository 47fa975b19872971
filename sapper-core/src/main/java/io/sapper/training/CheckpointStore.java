package io.sapper.training;

import io.sapper.data.MalformedFileException;
import io.sapper.data.Output;
import io.sapper.network.Graph;
import io.sapper.network.OnnxReader;
import io.sapper.network.OnnxWriter;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Checkpoints on disk (design D1): {@code NUMBER.onnx}, the network, and {@code NUMBER.state}, the rest. A number
 * counts only when its state is there, which is written last; older numbers go after that. So whatever moment a process
 * is killed at, one whole checkpoint is left.
 */
final class CheckpointStore {
    private static final String MAGIC = "sapper checkpoint 3";
    private static final Pattern NAMES = Pattern.compile("\\d{9,18}\\.(onnx|state)");

    private final Path folder;
    private final Settings settings;

    /** @param settings everything that decides the run: a checkpoint of another one is refused */
    CheckpointStore(Path folder, Settings settings) {
        this.folder = folder;
        this.settings = settings;
    }

    /** What a run goes on from. */
    record Saved(Graph graph, Position position, List<Double> losses, List<float[]> memories) {}

    /** Whether there is a checkpoint of any run. */
    boolean exists() throws IOException {
        return newest() != null;
    }

    void save(Saved saved) throws IOException {
        Output.refuseLink(folder);
        String number = String.format(Locale.ROOT, "%09d", saved.position().updates());
        byte[] network = OnnxWriter.toBytes(saved.graph());
        ByteArrayOutputStream state = new ByteArrayOutputStream();
        write(saved, new DataOutputStream(state));
        byte[] body = state.toByteArray();
        try {
            Output.replace(folder.resolve(number + ".onnx"), network);
            Output.replace(folder.resolve(number + ".state"), out -> {
                DataOutputStream data = new DataOutputStream(out);
                data.write(body);
                data.writeLong(checksum(body, body.length, network));
                data.flush();
            });
        } catch (IOException e) {
            // Half a checkpoint is none, and takes room on a disk that may be full. The one before stays.
            Files.deleteIfExists(folder.resolve(number + ".onnx"));
            removeIfEmpty();
            throw e;
        }
        for (Path file : files()) {
            if (steps(file) != saved.position().updates()) {
                Files.deleteIfExists(file);
            }
        }
        removeParts();
    }

    /** The folder is this run's alone and nothing is being written now, so a killed process left them. */
    private void removeParts() throws IOException {
        Output.removeParts(folder, NAMES);
    }

    private static long checksum(byte[] state, int length, byte[] network) {
        CRC32 sum = new CRC32();
        sum.update(state, 0, length);
        sum.update(network);
        return sum.getValue();
    }

    private void write(Saved saved, DataOutputStream out) throws IOException {
        out.writeUTF(MAGIC);
        out.writeInt(settings.values().size());
        for (Map.Entry<String, String> setting : settings.values().entrySet()) {
            out.writeUTF(setting.getKey());
            out.writeUTF(setting.getValue());
        }
        Position position = saved.position();
        out.writeInt(position.epoch());
        out.writeInt(position.step());
        out.writeLong(position.updates());
        out.writeDouble(position.epochLoss());
        out.writeInt(saved.losses().size());
        for (double loss : saved.losses()) {
            out.writeDouble(loss);
        }
        out.writeInt(saved.memories().size());
        for (float[] memory : saved.memories()) {
            byte[] bytes = new byte[4 * memory.length];
            ByteBuffer.wrap(bytes).asFloatBuffer().put(memory);
            out.writeInt(memory.length);
            out.write(bytes);
        }
        out.flush();
    }

    /** The newest whole checkpoint; null if there is none. */
    @Nullable
    Saved load() throws IOException {
        Path state = newest();
        if (state == null) {
            return null;
        }
        byte[] bytes = Files.readAllBytes(state);
        int length = bytes.length - Long.BYTES;
        if (length < 0
                || ByteBuffer.wrap(bytes).getLong(length)
                        != checksum(bytes, length, Files.readAllBytes(network(state)))) {
            throw new MalformedFileException(
                    state, "", "the checkpoint is damaged or cut short. Maybe remove its folder and start anew.");
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            check(readSettings(state, in));
            Position position = position(in);
            return new Saved(OnnxReader.read(network(state)), position, losses(in), memories(in, bytes.length));
        } catch (EOFException | UTFDataFormatException e) {
            throw new MalformedFileException(
                    state, "", "the checkpoint is cut short. Maybe remove its folder and start anew.");
        }
    }

    private void check(Settings found) {
        List<String> differences = settings.differences(found);
        if (!differences.isEmpty()) {
            throw new IllegalArgumentException("The checkpoint in " + folder + " is of a run with other settings: "
                    + String.join(", ", differences)
                    + ". Maybe the same settings again, another folder, or remove this one to start anew.");
        }
    }

    private static Settings readSettings(Path state, DataInputStream in) throws IOException {
        if (!in.readUTF().equals(MAGIC)) {
            throw new MalformedFileException(
                    state,
                    "byte 0",
                    "not a checkpoint of this version of Sapper. Maybe remove its folder and start anew.");
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            values.put(in.readUTF(), in.readUTF());
        }
        return new Settings(values);
    }

    private static Position position(DataInputStream in) throws IOException {
        return new Position(in.readInt(), in.readInt(), in.readLong(), in.readDouble());
    }

    /** Where the newest checkpoint stands, in words; empty if there is none. */
    Optional<String> describe() throws IOException {
        Path state = newest();
        if (state == null) {
            return Optional.empty();
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(state)))) {
            Settings found = readSettings(state, in);
            return Optional.of(position(in).text(found.get("epochs")));
        }
    }

    private static Path network(Path state) {
        return state.resolveSibling(state.getFileName().toString().replace(".state", ".onnx"));
    }

    private static List<Double> losses(DataInputStream in) throws IOException {
        List<Double> losses = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            losses.add(in.readDouble());
        }
        return losses;
    }

    private static List<float[]> memories(DataInputStream in, int fileSize) throws IOException {
        List<float[]> memories = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            int length = in.readInt();
            if (length < 0 || 4L * length > fileSize) {
                throw new EOFException();
            }
            byte[] bytes = new byte[4 * length];
            in.readFully(bytes);
            float[] memory = new float[length];
            ByteBuffer.wrap(bytes).asFloatBuffer().get(memory);
            memories.add(memory);
        }
        return memories;
    }

    /** Removes every checkpoint, and the folder if nothing else is in it. */
    void clear() throws IOException {
        Output.refuseLink(folder);
        if (!Files.isDirectory(folder)) {
            return;
        }
        removeParts();
        for (Path file : files()) {
            Files.deleteIfExists(file);
        }
        removeIfEmpty();
    }

    private void removeIfEmpty() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        boolean empty;
        try (Stream<Path> left = Files.list(folder)) {
            empty = left.findAny().isEmpty();
        }
        if (empty) {
            Files.delete(folder);
        }
    }

    private @Nullable Path newest() throws IOException {
        return files().stream()
                .filter(file -> file.toString().endsWith(".state") && Files.exists(network(file)))
                .findFirst()
                .orElse(null);
    }

    /** How many steps its name says. */
    private static long steps(Path file) {
        String name = file.getFileName().toString();
        return Long.parseLong(name.substring(0, name.indexOf('.')));
    }

    /** The newest first, and a state before its network: what is left when a removal is cut short does not count. */
    private List<Path> files() throws IOException {
        Output.refuseLink(folder);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(
                            file -> NAMES.matcher(file.getFileName().toString()).matches())
                    .sorted(Comparator.comparingLong(CheckpointStore::steps)
                            .thenComparing(Comparator.naturalOrder())
                            .reversed())
                    .toList();
        }
    }
}
