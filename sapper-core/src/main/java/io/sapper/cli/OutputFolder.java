package io.sapper.cli;

import io.sapper.data.Output;
import io.sapper.data.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a run writes. Tried at the beginning, so that nobody learns after an hour that the folder cannot be written;
 * locked while the run goes on, so that two runs never mix in one folder; and marked with which command wrote which
 * file, so that nothing is ever replaced but an earlier result of the same command.
 *
 * <p>The folder may be a symbolic link, for its user named it; nothing in it may (docs/decisions/0024). The mark is
 * replaced as a whole and the lock is never written to, so that neither changes a file it is a hard link to. The lock
 * stays: were it removed, a run that waits for it could get that of a file that is no more.
 */
final class OutputFolder implements AutoCloseable {
    private static final String MARK = ".sapper";
    private static final String LOCK = ".sapper.lock";
    private static final int LONGEST_MARK = 1 << 22;
    private static final String ANOTHER = " Maybe another folder with --out.";

    private final Path folder;
    private final boolean created;
    private final FileChannel lock;
    private List<String> earlier = List.of();

    private OutputFolder(Path folder, boolean created, FileChannel lock) {
        this.folder = folder;
        this.created = created;
        this.lock = lock;
    }

    /**
     * Makes the folder if need be, and takes it for this run.
     *
     * @param command that is going to write
     * @param outputs names of the files that it writes
     * @param inputs files that it reads, none of which may be among those
     * @throws IOException if the folder cannot be written, another run has it, or a link is where a file is to go
     * @throws IllegalArgumentException if something else than this command's earlier result would be replaced
     */
    static OutputFolder open(Path folder, String command, List<String> outputs, List<Path> inputs) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IOException("--out " + folder + " is a file, not a folder.");
        }
        boolean created = !Files.isDirectory(folder);
        FileChannel lock;
        try {
            Files.createDirectories(folder);
            lock = lock(folder);
        } catch (IOException e) {
            throw new IOException("Cannot write into " + folder + " " + Reason.inBrackets(e) + "." + ANOTHER, e);
        }
        OutputFolder opened = new OutputFolder(folder, created, lock);
        try {
            opened.take();
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

    private static FileChannel lock(Path folder) throws IOException {
        Path file = folder.resolve(LOCK);
        checkPlain(file);
        return FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    }

    /** A pipe would be waited for, a link followed, a device written to. */
    private static void checkPlain(Path file) throws IOException {
        Output.refuseLink(file);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Output.isPlain(file)) {
            throw new IOException(file + " is there and is no file. Maybe remove it.");
        }
    }

    private void take() throws IOException {
        FileLock taken = null;
        try {
            taken = lock.tryLock();
        } catch (OverlappingFileLockException e) {
            taken = null; // another run in this very process
        }
        if (taken == null) {
            throw new IOException("Another run is writing into " + folder + "." + ANOTHER);
        }
    }

    private void claim(String command, List<String> outputs, List<Path> inputs) throws IOException {
        for (String name : outputs) {
            Path output = folder.resolve(name);
            Output.refuseLink(output);
            for (Path input : inputs) {
                if (Files.exists(output) && Files.exists(input) && Files.isSameFile(output, input)) {
                    throw new IllegalArgumentException(
                            "'" + command + "' would write over what it reads, " + input + "." + ANOTHER);
                }
            }
        }
        Map<String, String> writers = read();
        for (String name : outputs) {
            String writer = writers.getOrDefault(name, "");
            if (Files.exists(folder.resolve(name)) && !writer.equals(command)) {
                throw new IllegalArgumentException("'" + command + "' would replace " + folder.resolve(name)
                        + ", which " + (writer.isEmpty() ? "it did not write" : "'" + writer + "' wrote") + "."
                        + ANOTHER);
            }
        }
        // The folder is locked, so that nobody is writing these now.
        Stream<String> parts = Stream.concat(Stream.of(MARK), outputs.stream());
        Output.removeParts(folder, Pattern.compile(parts.map(Pattern::quote).collect(Collectors.joining("|"))));
        earlier = writers.keySet().stream()
                .filter(name -> command.equals(writers.get(name)) && !outputs.contains(name))
                .filter(name -> Files.exists(folder.resolve(name)))
                .toList();
        Map<String, String> marked = new TreeMap<>(writers);
        outputs.forEach(name -> marked.put(name, command));
        if (!marked.equals(writers)) {
            write(marked);
        }
    }

    /** Which command wrote which file: a line each, {@code FILE COMMAND}. */
    private Map<String, String> read() throws IOException {
        Path mark = folder.resolve(MARK);
        checkPlain(mark);
        Map<String, String> writers = new TreeMap<>();
        if (!Files.exists(mark)) {
            return writers;
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(mark)) {
            bytes = in.readNBytes(LONGEST_MARK);
        }
        new String(bytes, StandardCharsets.UTF_8).lines().forEach(line -> {
            int blank = line.lastIndexOf(' '); // files may have blanks in their names, commands have none
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
        Output.replace(folder.resolve(MARK), lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    Path path() {
        return folder;
    }

    /** Names of what an earlier run of the same command wrote here and this one does not write again. */
    List<String> earlier() {
        return earlier;
    }

    /** Gives the folder back; one that was made for this run and got nothing goes again. */
    @Override
    public void close() throws IOException {
        lock.close();
        if (created && isEmpty()) {
            Files.deleteIfExists(folder.resolve(MARK));
            Files.deleteIfExists(folder.resolve(LOCK));
            Files.deleteIfExists(folder);
        }
    }

    private boolean isEmpty() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.allMatch(file -> file.endsWith(MARK) || file.endsWith(LOCK));
        }
    }
}
