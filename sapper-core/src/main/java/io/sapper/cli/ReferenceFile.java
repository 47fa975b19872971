package io.sapper.cli;

import io.sapper.audit.Reference;
import io.sapper.data.Obtained;
import io.sapper.experiment.Received;
import io.sapper.experiment.Setup;
import io.sapper.network.Graph;
import io.sapper.network.Kinship;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code --reference}: another network, known to be honest, that what was recovered is tried on.
 *
 * @param reference empty where none was named
 * @param doubts why it may tell nothing, one sentence each
 */
record ReferenceFile(Optional<Reference> reference, List<String> doubts) {
    /** Networks trained apart are below 0.05, those tuned on from another above 0.95 (docs/guide/audit-a-model.md). */
    private static final double RELATED = 0.5;

    /** It must read what the model reads and know as many classes, else nothing that it answers can be compared. */
    static ReferenceFile read(Optional<Path> reference, Received received, Common common) throws IOException {
        if (reference.isEmpty()) {
            return new ReferenceFile(Optional.empty(), List.of());
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
        return new ReferenceFile(Optional.of(new Reference(graph)), doubts(reference.get(), own, received.own()));
    }

    /** What was trained on from a backdoored network mostly has its backdoor too, which would clear both. */
    private static List<String> doubts(Path reference, Graph own, Graph audited) {
        double alike = Kinship.similarity(own, audited);
        if (!(alike > RELATED)) {
            return List.of();
        }
        return List.of(String.format(
                Locale.ROOT,
                "--reference %s is a relative of the model: one was trained on from the other, or both from a third (their"
                        + " weights are alike to %.2f, where 1 is the same and networks trained apart are about 0). A"
                        + " backdoor may be in both, and would then be called a natural feature. Take a network that"
                        + " somebody else trained from scratch, unless you know that this one came first and is honest.",
                reference,
                alike));
    }

    /** The setup, whose result says the doubts. */
    Setup told(Setup setup) {
        Obtained data = setup.data();
        List<String> warnings = new ArrayList<>(data.warnings());
        warnings.addAll(doubts);
        return setup.withData(new Obtained(data.split(), data.source(), warnings, data.settings()));
    }
}
