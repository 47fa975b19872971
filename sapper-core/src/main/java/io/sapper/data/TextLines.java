package io.sapper.data;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The lines of a text file that somebody wrote by hand. */
public final class TextLines {
    private TextLines() {}

    /**
     * All lines, without the mark that editors on Windows begin UTF-8 with.
     *
     * @throws MalformedFileException if it is no text in UTF-8
     */
    public static List<String> of(Path file) throws IOException {
        try {
            List<String> lines = new ArrayList<>(Files.readAllLines(file));
            if (!lines.isEmpty() && lines.get(0).startsWith("\ufeff")) {
                lines.set(0, lines.get(0).substring(1));
            }
            return lines;
        } catch (CharacterCodingException e) {
            throw new MalformedFileException(file, "", "This is no text in UTF-8.");
        }
    }
}
