package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.network.Graph;
import io.sapper.network.Initialization;
import io.sapper.network.Initializer;
import io.sapper.network.Node;
import io.sapper.network.OnnxWriter;
import io.sapper.network.operator.Attributes;
import io.sapper.network.operator.Operator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models that can be read and not be used: said in one line, with exit code 3, before any picture is read. */
class ModelRefusalTest {
    @TempDir
    Path folder;

    private static Graph model(String name) {
        return switch (name) {
            case "one-score" ->
                drawn(Graph.image(1, 8, 8).flatten().dense("fc", 1).build());
            case "map" -> drawn(Graph.image(1, 8, 8).convolution("conv", 2, 3).build());
            case "weightless" -> Graph.image(1, 2, 2).flatten().build();
            case "row" -> drawn(dense("x", List.of(8)));
            case "no-channels" -> noChannels();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Graph drawn(Graph graph) {
        return Initialization.draw(graph, 1);
    }

    private static Graph dense(String input, List<Integer> shape) {
        return new Graph(
                input,
                shape,
                "y",
                List.of(new Node("fc", Operator.of("MatMul"), List.of(input, "w"), "y")),
                Map.of("w", new Initializer(List.of(8, 3), new float[24])));
    }

    private static Graph noChannels() {
        Operator conv = Operator.of("Conv", Map.of("kernel_shape", Attributes.list(3, 3)));
        return new Graph(
                "x",
                List.of(1, 8, 8),
                "y",
                List.of(
                        new Node("conv", conv, List.of("x", "w"), "c"),
                        new Node("flat", Operator.of("Flatten"), List.of("c"), "f"),
                        new Node("fc", Operator.of("MatMul"), List.of("f", "v"), "y")),
                Map.of(
                        "w",
                        new Initializer(List.of(0, 1, 3, 3), new float[0]),
                        "v",
                        new Initializer(List.of(0, 3), new float[0])));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "evaluate | one-score | The output scores is one number for each picture",
                "repair   | one-score | The output scores is one number for each picture",
                "evaluate | map | has shape 2x6x6 for each picture",
                "evaluate | row | no picture of a fixed size (?x8)",
                "repair   | weightless | no weights that can be trained",
                "evaluate | no-channels | Layer conv has no channels",
                "repair   | no-channels | Layer conv has no channels: its weights are of shape 0x1x3x3"
            })
    void whatIsOfTheModelIsCode3(String command, String name, String said) throws IOException {
        Path model = folder.resolve(name + ".onnx");
        OnnxWriter.write(model(name), model);
        Ran ran = sapper(command, model);
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.UNSUPPORTED);
        assertThat(ran.complaints()).singleElement().asString().contains(said);
    }

    /** What only running shows is no fault of the words: a place outside of a table. */
    @Test
    void aNodeThatFailsIsCode2() throws IOException {
        Path model = folder.resolve("m.onnx");
        OnnxWriter.write(
                new Graph(
                        "x",
                        List.of(1, 28, 28),
                        "y",
                        List.of(
                                new Node("flat", Operator.of("Flatten"), List.of("x"), "row"),
                                new Node("large", Operator.of("Mul"), List.of("row", "thousand"), "product"),
                                new Node("whole", Operator.of("Cast", Map.of("to", 7L)), List.of("product"), "places"),
                                new Node("look", Operator.of("Gather"), List.of("table", "places"), "found"),
                                new Node("fc", Operator.of("MatMul"), List.of("found", "w"), "y")),
                        Map.of(
                                "thousand", new Initializer(List.of(1), new float[] {1000}),
                                "table", new Initializer(List.of(5), new float[5]),
                                "w", new Initializer(List.of(784, 10), new float[7840]))),
                model);
        Ran ran = Ran.sapper(
                Ran.nowhere(folder), "evaluate", model, "--data", TinyDigits.write(folder.resolve("digits")));
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.MALFORMED);
        assertThat(ran.complaints()).singleElement().asString().contains("Node look (Gather): position");
    }

    /** Sizes that the network cannot read are refused although the data are not even there. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--input crop=1000 | pictures of 1000x1000 (columns x rows), but the network reads 8x8",
                "--input resize=10000x9000 | pictures of 10000x9000 (columns x rows), but the network reads 8x8",
                "--input resize=100000x100000 | not to 100000x100000",
                "--size 9x8 | --size makes pictures of 8x9 (columns x rows), but the network reads 8x8"
            })
    void sizesThatDoNotFitAreSaidAtOnce(String option, String said) throws IOException {
        Path model = folder.resolve("m.onnx");
        OnnxWriter.write(drawn(Graph.image(1, 8, 8).flatten().dense("fc", 3).build()), model);
        String[] words = option.split(" ", -1);
        Ran ran = sapper("evaluate", model, words[0], words[1]);
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.complaints()).singleElement().asString().contains(said);
    }

    private Ran sapper(String command, Path model, Object... more) {
        List<Object> words = new ArrayList<>(List.of(command, model, "--data", folder.resolve("nowhere")));
        if (command.equals("repair")) {
            words.addAll(List.of("--out", folder.resolve("out")));
        }
        words.addAll(List.of(more));
        return Ran.sapper(Ran.nowhere(folder), words.toArray());
    }
}
