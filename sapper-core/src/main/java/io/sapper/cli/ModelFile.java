package io.sapper.cli;

import io.sapper.data.MalformedFileException;
import io.sapper.network.ClassScores;
import io.sapper.network.Graph;
import io.sapper.network.Initializer;
import io.sapper.network.NotFinite;
import io.sapper.network.OnnxReader;
import io.sapper.network.detection.Detector;
import io.sapper.network.operator.NotSupported;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The MODEL of a command. */
final class ModelFile {
    private static final int MOST_NAMED = 3;

    private ModelFile() {}

    /**
     * Reads it; a folder or an empty file is told as what it is, and weights that are not finite are warned of at once,
     * before anything is measured with them.
     */
    static Graph read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new MalformedFileException(file, "", "this is a folder, not an ONNX file." + models(file));
        }
        if (Files.isRegularFile(file) && Files.size(file) == 0) {
            throw new MalformedFileException(file, "", "the file is empty. Maybe a copy or download broke off.");
        }
        Graph graph = OnnxReader.read(file);
        List<NotFinite> found = NotFinite.in(graph);
        if (!found.isEmpty()) {
            System.err.println("WARNING: " + file + " has weights that are not finite (NaN or infinite), so that its"
                    + " answers mean nothing: " + some(found));
        }
        return graph;
    }

    /**
     * Checks that it is no detector, for commands on pictures of classes.
     *
     * @param data name or folder of those pictures
     * @param more a sentence about them, to end with
     */
    static void refuseDetector(Path file, Graph graph, String data, String more) {
        if (Detector.is(graph)) {
            throw new IllegalArgumentException(file + " is a detector: it finds signs in photographs with boxes, and '"
                    + data + "' holds none. Give it some with --data, for example a folder in the layout of Pascal VOC"
                    + " or YOLO." + more);
        }
    }

    /** What comes of numbers that are none can be neither tuned nor measured. */
    static void checkFinite(Path file, Graph graph) throws MalformedFileException {
        List<NotFinite> broken = NotFinite.in(graph);
        if (!broken.isEmpty()) {
            throw new MalformedFileException(
                    file,
                    broken.get(0).tensor(),
                    "a detector with weights that are not finite finds nothing (" + broken.get(0)
                            + "). Maybe get the model again; 'sapper inspect' names all of them.");
        }
    }

    /**
     * Checks that pictures can be classified with it.
     *
     * @throws NotSupported if it gives no class scores, or a layer of it is empty
     */
    static void checkUsable(Graph graph) {
        ClassScores.check(graph);
        for (String layer : graph.layers()) {
            Initializer weights = graph.initializer(graph.weights(layer));
            if (weights.size() == 0) {
                throw new NotSupported("Layer " + layer + " has no channels: its weights are of shape "
                        + String.join(
                                "x",
                                weights.shape().stream().map(String::valueOf).toList())
                        + ". Maybe get the model again, or export it anew.");
            }
        }
    }

    private static String some(List<NotFinite> found) {
        String named = found.stream().limit(MOST_NAMED).map(NotFinite::toString).collect(Collectors.joining("; "));
        int more = found.size() - MOST_NAMED;
        return named + (more > 0 ? "; and " + more + " more tensor(s), which 'sapper inspect' lists." : ".");
    }

    private static String models(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<String> found = files.map(Path::toString)
                    .filter(name -> name.endsWith(".onnx"))
                    .sorted()
                    .limit(MOST_NAMED)
                    .toList();
            return found.isEmpty() ? "" : " Maybe " + String.join(" or ", found) + " is meant.";
        }
    }
}
