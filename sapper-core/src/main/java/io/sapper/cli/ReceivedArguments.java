package io.sapper.cli;

import io.sapper.data.MalformedFileException;
import io.sapper.experiment.Received;
import io.sapper.network.Graph;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
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
            paramLabel = "FILE",
            description = "Names of the network's classes in the order of its scores, one on each line. Default: as in"
                    + " the data.")
    Optional<Path> classes = Optional.empty();

    /** Checks what was said, reads the network and checks whether the two fit, before any picture is read. */
    Received read(Path model, Common common) throws IOException {
        InputForm said = InputForm.parse(input.orElse(""));
        said.framing().ifPresent(common.pictures::frame);
        if (!List.of("data", "model").contains(labels)) {
            throw new IllegalArgumentException("--labels is data or model, not '" + labels + "'.");
        }
        if (labels.equals("model")) {
            common.pictures.takeUnlabelled();
        }
        List<String> names = classes.isPresent() ? names(classes.get()) : List.of();
        Graph own = fixed(ModelFile.read(model), common).withFreeBatch();
        Received received =
                new Received(model, own, said.of(own), said.numbers().isPresent(), labels.equals("data"), names);
        Graph graph = received.graph();
        ModelFile.checkUsable(graph);
        common.pictures.expect(graph);
        return received;
    }

    /** A network that leaves the size of its pictures open takes that of --size. */
    private static Graph fixed(Graph graph, Common common) {
        return graph.open() ? common.pictures.fix(graph) : graph;
    }

    private static List<String> names(Path file) throws IOException {
        List<String> lines = Files.readString(file, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (lines.isEmpty() || new HashSet<>(lines).size() < lines.size()) {
            throw new MalformedFileException(
                    file, "", "the names of the classes must stand there, each once, one on each line.");
        }
        return lines;
    }
}
