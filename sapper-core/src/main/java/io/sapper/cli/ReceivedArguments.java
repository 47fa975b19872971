package io.sapper.cli;

import io.sapper.experiment.Received;
import io.sapper.experiment.Setup;
import io.sapper.network.Graph;
import io.sapper.network.Inference;
import io.sapper.network.detection.DetectorFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How pictures and classes are brought to a network that came from outside. */
final class ReceivedArguments {
    @Option(
            names = "--input",
            paramLabel = "FORM",
            description = "What the network was trained to read: unit (0 to 1, the default), imagenet, raw255, minus1,"
                    + " caffe, or settings such as mean=0.5,std=0.25,scale=255,order=bgr,layout=nhwc; and for a folder"
                    + " of pictures resize=256 (shorter side; 320x240: columns x rows) and crop=224 (middle).")
    Optional<String> input = Optional.empty();

    @Option(
            names = "--labels",
            paramLabel = "FROM",
            defaultValue = "data",
            description = "data (${DEFAULT-VALUE}), or model: the network's own answers, where the clean images have no"
                    + " labels; then folders need not stand for classes.")
    String labels = "data";

    @Option(
            names = "--classes",
            paramLabel = "FILE|NEW=OLD,...",
            parameterConsumer = ClassWords.class,
            description =
                    "FILE: names of the network's classes in the order of its scores, one on each line. Default:"
                            + " as in the data, or as a detector's file says. NEW=OLD,...: what the classes of photographs with"
                            + " boxes become, several with spaces between: stop=stop,stopAhead limit=25,35; others are left out.")
    List<String> classes = List.of();

    /**
     * Checks what was said and whether it fits the network, before any picture is read.
     *
     * @param read the network as it is in the file
     * @param data name or folder of the data
     */
    Received read(Path model, Graph read, Common common, String data) throws IOException {
        ModelFile.refuseDetector(model, read, data, common.unsaid(data));
        if (read.open() && isForDetectors(common, data)) {
            checkPictures(model, common, data); // before a size is asked for that would help nobody
        }
        InputForm said = InputForm.parse(input.orElse(""));
        said.framing().ifPresent(common.pictures::frame);
        if (!List.of("data", "model").contains(labels)) {
            throw new IllegalArgumentException("--labels is data or model, not '" + labels + "'.");
        }
        if (labels.equals("model")) {
            common.pictures.takeUnlabelled();
        }
        List<String> names = names();
        Graph own = fixed(read, common).withFreeBatch();
        Received received =
                new Received(model, own, said.of(own), said.numbers().isPresent(), labels.equals("data"), names);
        Graph graph = received.graph();
        ModelFile.checkUsable(graph);
        common.pictures.expect(model, graph);
        return received;
    }

    /**
     * The setup with data whose classes and labels are the network's.
     *
     * @param data name or folder of them
     * @throws IllegalArgumentException naming the model, if they are not what it reads
     */
    static Setup fitted(Received received, Setup given, Common common, String data) {
        try {
            Inference.checkShape(received.graph(), given.data().split().test()); // before it is asked for their labels
            Setup setup = received.fitted(given);
            Inference.checkInput(received.graph(), setup.data().split().test());
            return setup;
        } catch (IllegalArgumentException e) {
            throw e.getClass() == IllegalArgumentException.class
                    ? new IllegalArgumentException(received.file() + ": " + e.getMessage() + common.unsaid(data), e)
                    : e;
        }
    }

    /** What is wrong with the data otherwise is told later. */
    private static boolean isForDetectors(Common common, String data) throws IOException {
        try {
            return common.scenes(data).isPresent();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Checks that the data are none for detectors. Last, so that what is wrong with the network is told first.
     *
     * @param data name or folder of them
     */
    void checkPictures(Path model, Common common, String data) throws IOException {
        if (common.scenes(data).isPresent()) {
            throw new IllegalArgumentException(model + " is no detector, but '" + data
                    + "' holds photographs with boxes. Give it pictures of classes with --data, or name a detector.");
        }
        if (!table().isEmpty()) {
            throw new IllegalArgumentException("--classes " + table().get(0)
                    + " is for photographs with boxes, and '" + data + "' holds none. For pictures of classes say"
                    + " --classes FILE.");
        }
    }

    /**
     * The detector in a file, with its classes' names.
     *
     * @param read the network as it is in the file
     * @throws IllegalArgumentException if something was said that only classifiers have
     */
    DetectorFile detector(Path model, Graph read) throws IOException {
        if (input.isPresent() || !labels.equals("data")) {
            throw new IllegalArgumentException((input.isPresent() ? "--input" : "--labels")
                    + " is for classifiers, and " + model + " is a detector, which reads photographs as they are. Leave"
                    + " it out.");
        }
        ModelFile.checkFinite(model, read);
        return DetectorFile.of(model, read, names());
    }

    /** The words that say what classes of the data become. */
    List<String> table() {
        return classes.stream().filter(word -> word.contains("=")).toList();
    }

    /** Names of the network's classes; empty where no file was named. */
    private List<String> names() throws IOException {
        List<String> files =
                classes.stream().filter(word -> !word.contains("=")).toList();
        if (files.size() > 1) {
            throw new IllegalArgumentException("--classes takes one FILE, not " + String.join(", ", files)
                    + ". A class of photographs with boxes that stays as it is: " + files.get(0) + "=" + files.get(0)
                    + ".");
        }
        return files.isEmpty() ? List.of() : ClassNamesFile.read(Path.of(files.get(0)));
    }

    /** A network that leaves the size of its pictures open takes that of --size. */
    private static Graph fixed(Graph graph, Common common) {
        return graph.open() ? common.pictures.fix(graph) : graph;
    }
}
