package io.sapper.data;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;

/** Why reading or writing failed, in words: Java's own messages are often only the name of a file, or nothing. */
public final class Reason {
    private Reason() {}

    /** One line, with the file where it is known. */
    public static String of(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof AccessDeniedException) {
            return message + ": no permission.";
        } else if (failure instanceof NoSuchFileException) {
            return message + ": there is no such file.";
        } else if (failure instanceof FileAlreadyExistsException) {
            return message + ": there is a file of that name already.";
        }
        String text = failure.getMessage() == null ? failure.getClass().getSimpleName() : message;
        return MalformedFileException.oneLine(text.strip().replaceAll("\\s*\\R\\s*", " "));
    }

    /** As {@link #of}, to stand in brackets: without a full stop at its end. */
    public static String inBrackets(IOException failure) {
        return "(" + of(failure).replaceFirst("\\.$", "") + ")";
    }
}
