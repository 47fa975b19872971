package io.sapper.cli;

import io.sapper.data.MalformedFileException;
import io.sapper.network.Graph;
import io.sapper.network.OnnxReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The MODEL of a command. */
final class ModelFile {
    private ModelFile() {}

    /** Reads it; a folder or an empty file is told as what it is. */
    static Graph read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new MalformedFileException(file, "", "this is a folder, not an ONNX file." + models(file));
        }
        if (Files.isRegularFile(file) && Files.size(file) == 0) {
            throw new MalformedFileException(file, "", "the file is empty. Maybe a copy or download broke off.");
        }
        return OnnxReader.read(file);
    }

    private static String models(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<String> found = files.map(Path::toString)
                    .filter(name -> name.endsWith(".onnx"))
                    .sorted()
                    .limit(3)
                    .toList();
            return found.isEmpty() ? "" : " Maybe " + String.join(" or ", found) + " is meant.";
        }
    }
}
