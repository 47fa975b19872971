package io.sapper.experiment;

import io.sapper.network.Graph;
import io.sapper.network.Masks;
import io.sapper.network.OnnxWriter;
import io.sapper.result.Changes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code repaired.onnx}, and the file with its numbers where they lay beside the network that came in. */
final class RepairedFile {
    private RepairedFile() {}

    /**
     * Writes it.
     *
     * @param before the network that came in
     * @param classes names of a detector's classes; empty: a classifier
     * @return what it has that the one before had not
     */
    static Changes write(Run run, Graph before, Graph repaired, Path file, List<String> classes) throws IOException {
        List<Path> written = OnnxWriter.write(repaired, file, classes);
        if (!written.contains(OnnxWriter.dataFile(file))) {
            Files.deleteIfExists(OnnxWriter.dataFile(file)); // an earlier run's, whose model is gone
        }
        for (Path one : written) {
            run.wrote(one);
        }
        return RepairNotes.changes(before, Masks.fold(repaired), String.valueOf(file.getFileName()));
    }

    /** Removes an earlier run's: this one was refused. */
    static void none(Run run, Path file) throws IOException {
        Files.deleteIfExists(OnnxWriter.dataFile(file));
        if (Files.deleteIfExists(file)) {
            run.warn("The repaired network of an earlier run, " + file.getFileName() + ", was removed.");
        }
    }
}
