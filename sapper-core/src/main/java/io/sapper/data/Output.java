package io.sapper.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files that are there whole or not at all: written beside their place, then moved. Never through a symbolic link: a
 * link where a file is to go is refused, and one where its part is to go is removed, not followed.
 */
public final class Output {
    private static final Pattern PART = Pattern.compile("\\.(.+)\\.\\d+-\\d+\\.part");
    private static final AtomicLong PARTS = new AtomicLong();

    private Output() {}

    /** What fills a file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Puts {@code content} into {@code file}, replacing what was there only once all is written. */
    public static void replace(Path file, byte[] content) throws IOException {
        replace(file, out -> out.write(content));
    }

    /** Puts {@code content} into {@code file}, replacing what was there only once all is written. */
    public static void replace(Path file, Content content) throws IOException {
        refuseLink(file);
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a folder");
        Files.createDirectories(folder);
        Path beside = folder.resolve("." + file.getFileName() + "."
                + ProcessHandle.current().pid() + "-" + PARTS.incrementAndGet() + ".part");
        Files.deleteIfExists(beside); // of a process that had this number before; of a link, the link itself
        try {
            try (OutputStream out =
                    Files.newOutputStream(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.writeTo(out);
            }
            move(beside, file);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /**
     * Nobody's other file may be reached through a folder of results, which others may be able to write.
     *
     * @throws FileSystemException if there is a symbolic link of this name, whether or not it leads anywhere
     */
    public static void refuseLink(Path file) throws FileSystemException {
        if (Files.isSymbolicLink(file)) {
            throw new FileSystemException(
                    file + " is a symbolic link, and Sapper writes through none. Maybe remove it, or another folder.");
        }
    }

    /** Whether there is a file of this name that is no link, no folder and no device. */
    public static boolean isPlain(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Removes what processes that were killed left in a folder of files they were writing. The part that a living
     * process is writing looks the same, so the names must be of files that nobody else writes now.
     *
     * @param names of the files that were to be, whole names
     */
    public static void removeParts(Path folder, Pattern names) throws IOException {
        List<Path> parts;
        try (Stream<Path> all = Files.list(folder)) {
            parts = all.filter(file -> isPart(file.getFileName().toString(), names))
                    .toList();
        }
        for (Path part : parts) {
            Files.deleteIfExists(part);
        }
    }

    /** Removes a folder and all in it, following no link; nothing where there is none. */
    public static void removeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static boolean isPart(String file, Pattern names) {
        Matcher part = PART.matcher(file);
        return part.matches() && names.matcher(part.group(1)).matches();
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
