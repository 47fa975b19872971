package io.sapper.cli;

import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;

/** The file of {@code --classes}: a network's classes in the order of its scores, one on each line. */
final class ClassNamesFile {
    private ClassNamesFile() {}

    static List<String> read(Path file) throws IOException {
        List<String> lines = lines(file).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (lines.isEmpty() || new HashSet<>(lines).size() < lines.size()) {
            throw new MalformedFileException(
                    file, "", "the names of the classes must stand there, each once, one on each line.");
        }
        return lines;
    }

    private static List<String> lines(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.UTF_8).lines().toList();
        } catch (NoSuchFileException e) {
            throw (MalformedFileException) new MalformedFileException(
                            file,
                            "",
                            "there is no such file. --classes names a file with the network's classes, one on each line;"
                                    + " a class of photographs with boxes that stays as it is would be " + file + "="
                                    + file + ".")
                    .initCause(e);
        }
    }
}
