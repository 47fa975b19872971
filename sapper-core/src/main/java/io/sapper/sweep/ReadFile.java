package io.sapper.sweep;

import io.sapper.network.FilesBeside;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A file that runs of a sweep read, as it was when the sweep began: once it is another, what they found is of a file
 * that is no more.
 *
 * @param word of the command that names it
 * @param file itself, or one beside it that holds its numbers
 * @param bytes its size
 * @param modified when it was written last, in ISO 8601
 * @param sha256 in hexadecimal digits
 */
public record ReadFile(String word, String file, long bytes, String modified, String sha256) {
    private static final String MODEL = ".onnx";
    private static final int SHOWN = 12;

    /**
     * All files that a word of a command names: a file, with the files of weights beside it if it is a model, or one in
     * a short form such as {@code sticker:flower.png@3,4}. Folders are not looked into.
     *
     * @param known files as they were before; of those whose size and time are the same the digest is taken from there
     */
    static List<ReadFile> named(String word, List<ReadFile> known) throws IOException {
        List<ReadFile> files = new ArrayList<>();
        String inside = word.substring(word.indexOf(':') + 1);
        for (String name : List.of(word, inside, inside.replaceFirst("@.*", ""))) {
            Optional<Path> file = file(name);
            if (file.isPresent()) {
                files.add(of(word, file.get(), known));
                for (Path beside : beside(file.get())) {
                    files.add(of(word, beside, known));
                }
                return files;
            }
        }
        return files;
    }

    private static Optional<Path> file(String name) {
        try {
            Path file = Path.of(name);
            return name.isEmpty() || !Files.isRegularFile(file) ? Optional.empty() : Optional.of(file);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** A model that is none is told when it is run. */
    private static List<Path> beside(Path file) {
        if (!file.toString().endsWith(MODEL)) {
            return List.of();
        }
        try {
            return FilesBeside.of(file).stream()
                    .flatMap(name -> file(file.resolveSibling(name).toString()).stream())
                    .toList();
        } catch (IOException | InvalidPathException e) {
            return List.of();
        }
    }

    private static ReadFile of(String word, Path file, List<ReadFile> known) throws IOException {
        long bytes = Files.size(file);
        String modified = Files.getLastModifiedTime(file).toString();
        String sha256 = known.stream()
                .filter(one -> one.file.equals(file.toString()) && one.bytes == bytes && one.modified.equals(modified))
                .map(ReadFile::sha256)
                .findFirst()
                .orElse("");
        return new ReadFile(word, file.toString(), bytes, modified, sha256.isEmpty() ? digest(file) : sha256);
    }

    private static String digest(Path file) throws IOException {
        try (DigestInputStream in =
                new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    /** Whether it is there no more. */
    boolean gone() {
        return !Files.exists(Path.of(file));
    }

    /** Whether it is the same place with other bits. */
    boolean differs(ReadFile earlier) {
        return word.equals(earlier.word) && file.equals(earlier.file) && !sha256.equals(earlier.sha256);
    }

    /** What became of it, in the words before a full stop. */
    String changed(ReadFile earlier) {
        return file + " has changed (SHA-256 " + earlier.sha256.substring(0, SHOWN) + "... before, "
                + sha256.substring(0, SHOWN) + "... now)";
    }
}
