package io.sapper.network.detection;

import io.sapper.data.MalformedFileException;
import io.sapper.network.ClassScores;
import io.sapper.network.Graph;
import io.sapper.network.operator.NotSupported;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A detector that was read from a file, and what its classes are called.
 *
 * @param file it was read from
 * @param detector in it
 * @param classes names in the order of its labels; numbers where nobody says
 * @param named whether the file or the user says what they are called
 */
public record DetectorFile(Path file, Detector detector, List<String> classes, boolean named) {
    public DetectorFile {
        classes = List.copyOf(classes);
    }

    /**
     * Of a network that was read.
     *
     * @param said what the user says that its classes are called; empty: what the file says
     * @throws NotSupported if it is a classifier, or no detector as Sapper makes them
     * @throws IllegalArgumentException if the user names more or fewer classes than it has
     * @throws MalformedFileException if the file does, or names one twice
     */
    public static DetectorFile of(Path file, Graph graph, List<String> said) throws MalformedFileException {
        if (!Detector.is(graph)) {
            throw new NotSupported(file + " is no detector as Sapper makes them: "
                    + (ClassScores.problem(graph).isEmpty()
                            ? "it gives scores of classes for a whole picture, as classifiers do. Maybe the model.onnx"
                                    + " that 'sapper train' wrote for photographs with boxes is meant."
                            : "it gives " + String.join(", ", graph.outputs())
                                    + ", not boxes, scores and labels of two stages."));
        }
        Detector detector = Detector.of(graph);
        int count = detector.classCount();
        if (!said.isEmpty() && said.size() != count) {
            throw new IllegalArgumentException(
                    "--classes names " + said.size() + " classes, but the detector " + file + " knows " + count + ".");
        }
        List<String> own = graph.classNames();
        if (!own.isEmpty() && (own.size() != count || new HashSet<>(own).size() < count)) {
            throw new MalformedFileException(
                    file,
                    "sapper.classes",
                    "The detector has " + count + " classes, but its file names " + String.join(", ", own)
                            + ". Maybe get the model again.");
        }
        List<String> names = said.isEmpty() ? own : said;
        return names.isEmpty()
                ? new DetectorFile(file, detector, numbers(detector), false)
                : new DetectorFile(file, detector, names, true);
    }

    /** Every file that it was read from: the model, then those beside it that hold its numbers. */
    public List<Path> files() {
        List<Path> all = new ArrayList<>(List.of(file));
        detector.graph()
                .dataFiles()
                .forEach(name -> all.add(file.toAbsolutePath().resolveSibling(name)));
        return all;
    }

    /** What its classes are called where nobody says. */
    public static List<String> numbers(Detector detector) {
        return IntStream.range(0, detector.classCount())
                .mapToObj(String::valueOf)
                .toList();
    }
}
