package io.sapper.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The system's word for a full disk names neither the disk nor the way out. */
final class DiskFull {
    /** As Linux and macOS (also for quotas and limits) and Windows say it in English. */
    private static final Pattern SAYS_SO =
            Pattern.compile("No space left on device|[Qq]uota exceeded|File too large|not enough space on the disk");

    /** Less room than this, and it is the disk, in whatever language the system says so. */
    private static final long NO_ROOM = 1 << 12;

    private DiskFull() {}

    /** The failure, told with the folder if it is that there was no room for what was written into it. */
    static IOException explained(IOException failure, Path folder) {
        String said = String.valueOf(failure.getMessage());
        // Exactly these two: a missing or malformed file is another matter, whatever room there is.
        boolean plain = failure.getClass() == IOException.class || failure.getClass() == FileSystemException.class;
        if (!plain || !(SAYS_SO.matcher(said).find() || room(folder) < NO_ROOM)) {
            return failure;
        }
        return new IOException(
                "The disk is full: " + folder + " could not be written (" + said
                        + "). What was there before is as it was. Maybe free some room, or another folder with --out.",
                failure);
    }

    private static long room(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }
}
