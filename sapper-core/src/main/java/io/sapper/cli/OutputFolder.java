package io.sapper.cli;

import io.sapper.report.Report;
import io.sapper.result.Results;
import io.sapper.result.RunResult;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a run writes. Locked while the run goes on, so that two runs never mix in one folder; tried at the beginning,
 * so that nobody learns after an hour that the folder cannot be written.
 */
final class OutputFolder implements AutoCloseable {
    private static final String LOCK = ".sapper.lock";

    private final Path folder;
    private final RandomAccessFile file;
    private final FileLock lock;

    private OutputFolder(Path folder, RandomAccessFile file, FileLock lock) {
        this.folder = folder;
        this.file = file;
        this.lock = lock;
    }

    static OutputFolder open(Path folder) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IllegalArgumentException("--out " + folder + " is a file, not a folder.");
        }
        try {
            Files.createDirectories(folder);
            return lock(folder);
        } catch (FileSystemException | FileNotFoundException e) {
            throw new IllegalArgumentException(
                    "Cannot write into " + folder + " (" + e.getClass().getSimpleName()
                            + "). Maybe another folder with --out.",
                    e);
        }
    }

    private static OutputFolder lock(Path folder) throws IOException {
        RandomAccessFile file = new RandomAccessFile(folder.resolve(LOCK).toFile(), "rw");
        FileLock lock = null;
        try {
            lock = file.getChannel().tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            file.close();
            throw new IllegalArgumentException(
                    "Another run is writing into " + folder + ". Maybe another folder with --out.");
        }
        return new OutputFolder(folder, file, lock);
    }

    Path path() {
        return folder;
    }

    /** Writes {@code result.json} and {@code report.html}. */
    void write(RunResult result) throws IOException {
        Results.write(result, folder.resolve("result.json"));
        Report.write(result, folder.resolve("report.html"));
    }

    @Override
    public void close() throws IOException {
        lock.release();
        file.close();
        Files.deleteIfExists(folder.resolve(LOCK));
    }
}
