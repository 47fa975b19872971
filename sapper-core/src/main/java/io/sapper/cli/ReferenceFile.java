package io.sapper.cli;

import io.sapper.audit.Reference;
import io.sapper.experiment.Received;
import io.sapper.network.Graph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** {@code --reference}: another network, known to be honest, that what was recovered is tried on. */
final class ReferenceFile {
    private ReferenceFile() {}

    /** It must read what the model reads and know as many classes, else nothing that it answers can be compared. */
    static Optional<Reference> read(Optional<Path> reference, Received received, Common common) throws IOException {
        if (reference.isEmpty()) {
            return Optional.empty();
        }
        Path first = received.files().get(0);
        if (Files.isRegularFile(reference.get()) && Files.mismatch(reference.get(), first) < 0) {
            throw new IllegalArgumentException("--reference " + reference.get()
                    + " is the model itself: what works on it would work on both. It must be another network, known to be"
                    + " honest.");
        }
        Graph read = ModelFile.read(reference.get());
        Graph own = (read.open() ? common.pictures.fix(read) : read).withFreeBatch();
        ModelFile.checkUsable(own);
        Graph graph = received.input().before(own);
        Graph audited = received.graph();
        if (!graph.inputShape().equals(audited.inputShape()) || graph.classCount() != audited.classCount()) {
            throw new IllegalArgumentException(
                    "--reference " + reference.get() + " reads " + graph.inputShape() + " and"
                            + " knows " + graph.classCount() + " classes, the model reads " + audited.inputShape()
                            + " and knows "
                            + audited.classCount() + ". It must be one for the same images and classes.");
        }
        return Optional.of(new Reference(graph));
    }
}
