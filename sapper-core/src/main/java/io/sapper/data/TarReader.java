package io.sapper.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads the plain files of a tar archive (ustar), one after the other, into memory. Long-name extensions, links and
 * folders are passed over. It writes nothing, so that names like {@code ../x} can do no harm.
 */
final class TarReader {
    private static final int BLOCK = 512;
    private static final long MOST_BYTES = 256L << 20;

    private final Path archive;
    private final InputStream in;
    private long at;
    private long next;

    /**
     * @param archive what messages call it
     * @param in the unpacked bytes
     */
    TarReader(Path archive, InputStream in) {
        this.archive = archive;
        this.in = in;
    }

    /**
     * A plain file in the archive.
     *
     * @param name as the archive gives it
     * @param size bytes
     */
    record Entry(String name, int size) {}

    /** The next plain file, or null at the end. */
    @Nullable
    Entry next() throws IOException {
        while (true) {
            skipTo(next);
            byte[] head = in.readNBytes(BLOCK);
            long where = at;
            at += head.length;
            if (head.length == 0 || head[0] == 0) {
                return null;
            }
            if (head.length < BLOCK) {
                throw broken(where, "The archive ends within a head. Maybe a download broke off.");
            }
            checkSum(head, where);
            long size = octal(head, 124, 12, where);
            next = at + (size + BLOCK - 1) / BLOCK * BLOCK;
            if (head[156] == '0' || head[156] == 0) {
                return new Entry(text(head, 0, 100), (int) size);
            }
        }
    }

    /** The bytes of the entry that {@link #next} gave last. */
    byte[] read(Entry entry) throws IOException {
        byte[] bytes = in.readNBytes(entry.size());
        at += bytes.length;
        if (bytes.length < entry.size()) {
            throw broken(at, "The archive ends within " + entry.name() + ". Maybe a download broke off.");
        }
        return bytes;
    }

    private void skipTo(long place) throws IOException {
        try {
            in.skipNBytes(place - at);
        } catch (EOFException e) {
            throw new MalformedFileException(
                    archive, "byte " + at, "The archive ends within a file. Maybe a download broke off.");
        }
        at = place;
    }

    /** The head's own check: the sum of its bytes, with the eight bytes of the sum taken as blanks. */
    private void checkSum(byte[] head, long where) throws MalformedFileException {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : head[i] & 0xff;
        }
        if (sum != octal(head, 148, 8, where)) {
            throw broken(where, "This is no tar head (its check sum is wrong). Maybe the archive is damaged.");
        }
    }

    private long octal(byte[] head, int from, int length, long where) throws MalformedFileException {
        try {
            long number = Long.parseLong(text(head, from, length).strip(), 8);
            if (number < 0 || number > MOST_BYTES) {
                throw broken(where, "A file of " + number + " bytes is not read.");
            }
            return number;
        } catch (NumberFormatException e) {
            throw broken(where, "This is no tar head (a number is wrong). Maybe the archive is damaged.");
        }
    }

    private static String text(byte[] head, int from, int length) {
        int end = from;
        while (end < from + length && head[end] != 0) {
            end++;
        }
        return new String(head, from, end - from, StandardCharsets.UTF_8);
    }

    private MalformedFileException broken(long where, String problem) {
        return new MalformedFileException(archive, "byte " + where, problem);
    }
}
