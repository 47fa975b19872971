package io.sapper.network;

import io.sapper.data.MalformedFileException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Numbers that a model keeps in a file beside it: only ever in its own folder, and through no link. */
final class ExternalData {
    /** A checksum is of the whole file, which other tensors may share; nobody writes any, and none is checked. */
    private static final Set<String> KEYS = Set.of("location", "offset", "length", "checksum");

    private final Path model;
    private final String tensor;
    private final Map<String, String> entries;

    ExternalData(Path model, String tensor, Map<String, String> entries) {
        this.model = model;
        this.tensor = tensor;
        this.entries = entries;
    }

    /** @param bytes how many there must be */
    ByteBuffer read(long bytes) throws IOException {
        for (String key : entries.keySet()) {
            if (!KEYS.contains(key)) {
                throw new UnsupportedModelException(
                        model, "", "tensor " + tensor + " has external data with '" + key + "', which is not read.");
            }
        }
        Path data = path();
        long offset = number("offset", 0);
        long length = number("length", bytes);
        if (length != bytes) {
            throw malformed("has " + length + " bytes in " + data.getFileName() + " and needs " + bytes);
        }
        try (FileChannel channel = FileChannel.open(data, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            if (offset > channel.size() || length > channel.size() - offset) {
                throw malformed("needs bytes " + offset + " to " + (offset + length) + " of " + data.getFileName()
                        + ", which has " + channel.size());
            }
            return ByteBuffer.wrap(FileBytes.read(channel, offset, (int) length));
        } catch (EOFException e) {
            throw malformed("ends too early in " + data.getFileName());
        }
    }

    private Path path() throws IOException {
        String location = entries.getOrDefault("location", "");
        Path folder = model.toAbsolutePath().normalize().getParent();
        if (location.isEmpty() || folder == null) {
            throw malformed("names no file for its numbers");
        }
        try {
            Path relative = Path.of(location);
            Path data = folder.resolve(relative).normalize();
            if (relative.isAbsolute() || !data.startsWith(folder) || leavesFolder(location)) {
                throw malformed("would be read from outside the model's folder: " + location);
            }
            for (Path part = data; part != null && !part.equals(folder); part = part.getParent()) {
                if (Files.isSymbolicLink(part)) {
                    throw malformed("would be read through a link: " + location);
                }
            }
            if (!Files.isRegularFile(data, LinkOption.NOFOLLOW_LINKS)) {
                throw new MalformedFileException(
                        model,
                        "tensor " + tensor,
                        "it keeps its numbers in the file " + location
                                + ", which is not there beside the model. Copy it to " + data + ".");
            }
            return data;
        } catch (InvalidPathException e) {
            throw malformed("names no possible file for its numbers: " + location);
        }
    }

    /** Steps upwards, in the way of writing of any system, and addresses of the net. */
    private static boolean leavesFolder(String location) {
        return List.of(location.split("[/\\\\]")).contains("..")
                || location.contains("://")
                || location.startsWith("~");
    }

    private long number(String key, long otherwise) throws IOException {
        String text = entries.get(key);
        if (text == null) {
            return otherwise;
        }
        try {
            long value = Long.parseLong(text);
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw malformed("has the " + key + " '" + text + "'");
    }

    private MalformedFileException malformed(String problem) {
        return new MalformedFileException(model, "tensor " + tensor, "it " + problem + ". Maybe the file is damaged.");
    }
}
