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

    private MalformedFileException(String message, MalformedFileException cause) {
        super(oneLine(message), cause);
    }

    /** The same with a sentence more. */
    public MalformedFileException and(String sentence) {
        return new MalformedFileException(getMessage() + " " + sentence, this);
    }

    /**
     * A message in one line: line breaks and whatever else a file may have smuggled into it as {@link Plain} writes it.
     */
    public static String oneLine(String message) {
        return Plain.unbroken(message);
    }
}
