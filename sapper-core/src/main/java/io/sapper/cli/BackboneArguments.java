package io.sapper.cli;

import io.sapper.data.Surroundings;
import io.sapper.data.detection.Canvas;
import io.sapper.experiment.DetectorStart;
import io.sapper.network.Graph;
import io.sapper.network.OnnxReader;
import io.sapper.network.Preprocessing;
import io.sapper.network.detection.Detector;
import io.sapper.network.detection.FasterRcnn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The classifier whose convolutions a detector begins with. */
final class BackboneArguments {
    /** Where one is looked for that nobody names; its layers and input are these. */
    private static final Path USUAL = Path.of("efficientnet-lite0", "model.onnx");

    private static final String USUAL_LAYERS = "c2,c3,c4";
    private static final String USUAL_INPUT = "scale=255,mean=127,std=128";

    @Option(
            names = "--backbone",
            paramLabel = "FILE",
            description = "A classifier (ONNX) whose convolutions a detector begins with. Default:"
                    + " efficientnet-lite0/model.onnx in SAPPER_DATA, in models beside it, or in the cache; of "
                    + FasterRcnn.ZF_NAME + " none.")
    Optional<Path> file = Optional.empty();

    @Option(
            names = "--backbone-layer",
            paramLabel = "L,...",
            description =
                    "Its layers or tensors whose feature maps are taken, one or several (c2,c3,c4 of the default).")
    Optional<String> layers = Optional.empty();

    @Option(
            names = "--backbone-input",
            paramLabel = "P",
            description = "What pictures become before they are its input, as --input of evaluate.")
    Optional<String> input = Optional.empty();

    /** Whether anything was said. */
    boolean said() {
        return file.isPresent() || layers.isPresent() || input.isPresent();
    }

    /** For experiments that have no detector. */
    void refuse(String experiment) {
        if (said()) {
            throw new IllegalArgumentException(
                    "--backbone is for detectors, and " + experiment + " has none. Leave it out.");
        }
    }

    /**
     * What a new detector is.
     *
     * @param zf whether it is the papers' own network
     */
    Common.Start start(boolean zf) {
        return surroundings -> zf ? zf() : onBackbone(surroundings);
    }

    private DetectorStart onBackbone(Surroundings surroundings) throws IOException {
        if (file.isPresent() && layers.isEmpty()) {
            throw new IllegalArgumentException(
                    "--backbone needs --backbone-layer: which of its feature maps the detector"
                            + " is put on. sapper inspect lists its layers.");
        }
        checkNamed();
        Path found = file.isPresent() ? file.get() : usual(surroundings);
        Graph graph = OnnxReader.read(found);
        List<String> names = Arrays.stream(layers.orElse(USUAL_LAYERS).split(",", -1))
                .map(String::strip)
                .toList();
        Preprocessing read = Preprocessing.parse(input.orElse(file.isPresent() ? "imagenet" : USUAL_INPUT));
        checkClassifier(found, graph);
        return new DetectorStart.OnBackbone(found, graph, names, read);
    }

    private static void checkClassifier(Path file, Graph graph) {
        List<Integer> shape = graph.inputShape();
        if (shape.size() == 3 && shape.get(0) != Canvas.CHANNELS) {
            throw new IllegalArgumentException("--backbone " + file + " reads pictures of " + shape.get(0)
                    + (shape.get(0) == 1 ? " channel" : " channels") + " (its input is "
                    + shape.stream().map(String::valueOf).collect(Collectors.joining(" x "))
                    + "), and photographs have " + Canvas.CHANNELS + ", laid out channel, row, column. Name another.");
        }
        if (Detector.is(graph)) {
            throw new IllegalArgumentException("--backbone " + file
                    + " is a detector, and takes a classifier. To go on from a detector, name it with --network.");
        }
    }

    private DetectorStart zf() throws IOException {
        checkNamed();
        if (layers.isPresent()) {
            throw new IllegalArgumentException(
                    "--backbone-layer is for detectors on a frozen classifier; all layers of " + FasterRcnn.ZF_NAME
                            + " learn. Leave it out.");
        }
        if (file.isEmpty()) {
            return new DetectorStart.Zf(Optional.empty());
        }
        Graph graph = OnnxReader.read(file.get());
        return new DetectorStart.Zf(Optional.of(
                new DetectorStart.Zf.Classifier(file.get(), graph, Preprocessing.parse(input.orElse("imagenet")))));
    }

    private void checkNamed() {
        if (file.isEmpty() && (layers.isPresent() || input.isPresent())) {
            throw new IllegalArgumentException(
                    "--backbone-layer and --backbone-input are of a network named with --backbone. Name it too.");
        }
    }

    private static Path usual(Surroundings surroundings) throws IOException {
        List<Path> places = Stream.concat(
                        surroundings.data().stream()
                                .flatMap(data -> Stream.of(
                                        data, data.toAbsolutePath().normalize().resolveSibling("models"))),
                        Stream.of(surroundings.cache()))
                .map(place -> place.resolve(USUAL))
                .toList();
        for (Path place : places) {
            if (Files.isRegularFile(place)) {
                return place;
            }
        }
        throw new IOException(
                "There is no network for a detector to begin with: training convolutions from nothing takes"
                        + " more photographs than there are. Name any ONNX classifier with --backbone FILE --backbone-layer L, or"
                        + " put EfficientNet-Lite0 with the feature maps c2, c3 and c4 into one of " + places + ".");
    }
}
