package io.sapper.cli;

import io.sapper.data.Output;
import io.sapper.data.Reason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a run writes. Tried at the beginning, so that nobody learns after an hour that the folder cannot be written;
 * locked while the run goes on, so that two runs never mix in one folder; and marked with which command wrote which
 * file, so that nothing is ever replaced but an earlier result of the same command.
 *
 * <p>Lock and mark are one small file. It stays: were it removed, a run that waits for its lock could get that of a
 * file that is no more.
 */
final class OutputFolder implements AutoCloseable {
    private static final String MARK = ".sapper";
    private static final int LONGEST_MARK = 1 << 16;

    private final Path folder;
    private final boolean created;
    private final RandomAccessFile mark;

    private OutputFolder(Path folder, boolean created, RandomAccessFile mark) {
        this.folder = folder;
        this.created = created;
        this.mark = mark;
    }

    /**
     * Makes the folder if need be, and takes it for this run.
     *
     * @param command that is going to write
     * @param outputs names of the files that it writes
     * @param inputs files that it reads, none of which may be among those
     * @throws IllegalArgumentException if the folder cannot be written, another run has it, or something else than this
     *     command's earlier result would be replaced
     */
    static OutputFolder open(Path folder, String command, List<String> outputs, List<Path> inputs) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IllegalArgumentException("--out " + folder + " is a file, not a folder.");
        }
        boolean created = !Files.isDirectory(folder);
        RandomAccessFile mark;
        try {
            Files.createDirectories(folder);
            mark = lock(folder);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "Cannot write into " + folder + " (" + Reason.of(e) + ") Maybe another folder with --out.", e);
        }
        OutputFolder opened = new OutputFolder(folder, created, mark);
        try {
            opened.claim(command, outputs, inputs);
            return opened;
        } catch (IOException e) {
            opened.close();
            throw DiskFull.explained(e, folder);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private static RandomAccessFile lock(Path folder) throws IOException {
        RandomAccessFile file = new RandomAccessFile(folder.resolve(MARK).toFile(), "rw");
        FileLock lock = null;
        try {
            lock = file.getChannel().tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null; // another run in this very process
        } catch (IOException e) {
            file.close();
            throw e;
        }
        if (lock == null) {
            file.close();
            throw new IllegalArgumentException(
                    "Another run is writing into " + folder + ". Maybe another folder with --out.");
        }
        return file;
    }

    private void claim(String command, List<String> outputs, List<Path> inputs) throws IOException {
        for (String name : outputs) {
            Path output = folder.resolve(name);
            for (Path input : inputs) {
                if (Files.exists(output) && Files.exists(input) && Files.isSameFile(output, input)) {
                    throw new IllegalArgumentException("'" + command + "' would write over what it reads, " + input
                            + ". Maybe another folder with --out.");
                }
            }
        }
        Map<String, String> writers = read();
        for (String name : outputs) {
            String writer = writers.getOrDefault(name, "");
            if (Files.exists(folder.resolve(name)) && !writer.equals(command)) {
                throw new IllegalArgumentException("'" + command + "' would replace " + folder.resolve(name)
                        + ", which " + (writer.isEmpty() ? "it did not write" : "'" + writer + "' wrote")
                        + ". Maybe another folder with --out.");
            }
        }
        // The folder is locked, so that nobody is writing these now.
        Output.removeParts(
                folder, Pattern.compile(outputs.stream().map(Pattern::quote).collect(Collectors.joining("|"))));
        Map<String, String> marked = new TreeMap<>(writers);
        outputs.forEach(name -> marked.put(name, command));
        if (!marked.equals(writers)) {
            write(marked);
        }
    }

    /** Which command wrote which file: a line each, {@code FILE COMMAND}. */
    private Map<String, String> read() throws IOException {
        byte[] bytes = new byte[(int) Math.min(LONGEST_MARK, mark.length())];
        mark.seek(0);
        mark.readFully(bytes);
        Map<String, String> writers = new TreeMap<>();
        new String(bytes, StandardCharsets.UTF_8).lines().forEach(line -> {
            int blank = line.indexOf(' ');
            if (blank > 0) {
                writers.put(line.substring(0, blank), line.substring(blank + 1));
            }
        });
        return writers;
    }

    private void write(Map<String, String> writers) throws IOException {
        StringBuilder lines = new StringBuilder();
        writers.forEach((name, command) ->
                lines.append(name).append(' ').append(command).append('\n'));
        byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        mark.seek(0);
        mark.write(bytes);
        mark.setLength(bytes.length); // last: on a full disk the old mark is not lost before there is a new one
    }

    Path path() {
        return folder;
    }

    /** Gives the folder back; one that was made for this run and got nothing goes again. */
    @Override
    public void close() throws IOException {
        mark.close();
        if (created && isEmpty()) {
            Files.deleteIfExists(folder.resolve(MARK));
            Files.deleteIfExists(folder);
        }
    }

    private boolean isEmpty() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.allMatch(file -> file.endsWith(MARK));
        }
    }
}
