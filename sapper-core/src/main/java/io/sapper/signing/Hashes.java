package io.sapper.signing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Digests of files, each read once and piece by piece, however large it is. A file that changes between the first look
 * at it and {@link #checkUnchanged} ends everything: what was verified would not be what is used.
 */
public final class Hashes {
    private static final int PIECE = 1 << 20;

    private final Set<HashAlgorithm> algorithms;
    private final Map<Path, Map<HashAlgorithm, String>> known = new LinkedHashMap<>();
    private final Map<Path, State> states = new LinkedHashMap<>();

    /** @param algorithms that are going to be asked for; SHA-256 always is */
    public Hashes(Set<HashAlgorithm> algorithms) {
        this.algorithms = EnumSet.of(HashAlgorithm.SHA256);
        this.algorithms.addAll(algorithms);
    }

    /** What tells that a file was written to. */
    private record State(long bytes, FileTime modified, String key) {
        static State of(Path file) throws IOException {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return new State(now.size(), now.lastModifiedTime(), Objects.toString(now.fileKey(), ""));
        }
    }

    /** The digest of a file. */
    public Digest of(Path file, HashAlgorithm algorithm) throws IOException {
        Map<HashAlgorithm, String> digests = known.get(file);
        if (digests == null) {
            digests = read(file);
            known.put(file, digests);
        }
        String hex = digests.get(algorithm);
        if (hex == null) {
            throw new IllegalArgumentException(algorithm.text() + " was not asked for.");
        }
        return new Digest(algorithm, hex);
    }

    /** Its SHA-256, in hexadecimal digits. */
    public String sha256(Path file) throws IOException {
        return of(file, HashAlgorithm.SHA256).hex();
    }

    private Map<HashAlgorithm, String> read(Path file) throws IOException {
        Map<HashAlgorithm, MessageDigest> running = new EnumMap<>(HashAlgorithm.class);
        algorithms.forEach(algorithm -> running.put(algorithm, algorithm.start()));
        watch(file);
        byte[] piece = new byte[PIECE];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                for (MessageDigest one : running.values()) {
                    one.update(piece, 0, read);
                }
            }
        }
        check(file);
        Map<HashAlgorithm, String> digests = new EnumMap<>(HashAlgorithm.class);
        running.forEach(
                (algorithm, one) -> digests.put(algorithm, HexFormat.of().formatHex(one.digest())));
        return digests;
    }

    /**
     * SHA-256 of each piece of a file.
     *
     * @param bytes of each piece; the last has what is left
     */
    List<String> shards(Path file, long bytes) throws IOException {
        List<String> digests = new ArrayList<>();
        watch(file);
        byte[] piece = new byte[(int) Math.min(PIECE, bytes)];
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest running = HashAlgorithm.SHA256.start();
            long left = bytes;
            for (int read = in.read(piece, 0, (int) Math.min(piece.length, left));
                    read >= 0;
                    read = in.read(piece, 0, (int) Math.min(piece.length, left))) {
                running.update(piece, 0, read);
                left -= read;
                if (left == 0) {
                    digests.add(HexFormat.of().formatHex(running.digest()));
                    left = bytes;
                }
            }
            if (left < bytes) {
                digests.add(HexFormat.of().formatHex(running.digest()));
            }
        }
        check(file);
        return digests;
    }

    private void watch(Path file) throws IOException {
        if (!states.containsKey(file)) {
            states.put(file, State.of(file));
        }
    }

    /**
     * Looks at every file once more.
     *
     * @throws IOException if one was written to, or is gone
     */
    public void checkUnchanged() throws IOException {
        for (Path file : states.keySet()) {
            check(file);
        }
    }

    private void check(Path file) throws IOException {
        if (!Files.isRegularFile(file) || !State.of(file).equals(states.get(file))) {
            throw new IOException(
                    file + " changed while it was read, so that nothing can be said of it. Verify a copy that nobody"
                            + " writes to.");
        }
    }
}
