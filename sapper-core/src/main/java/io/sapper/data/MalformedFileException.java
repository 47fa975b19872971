package io.sapper.data;

import java.io.IOException;
import java.nio.file.Path;

/** A file that is not what it should be. The message is one line: file, place, problem. */
public final class MalformedFileException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * @param file the file
     * @param where the place in it, for example {@code "byte 16"} or {@code "node conv2"}; empty for the whole file
     * @param problem what was found, what was expected and, where known, the likely cause
     */
    public MalformedFileException(Path file, String where, String problem) {
        super(oneLine(file + (where.isEmpty() ? "" : ", " + where) + ": " + problem));
    }

    /** A message with what a file may have smuggled into it, line breaks and other control characters, as {@code ?}. */
    public static String oneLine(String message) {
        return message.replaceAll("[\\p{Cc}\\u2028\\u2029]", "?");
    }
}
