package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sapper.data.ImageShape;
import io.sapper.network.Graph;
import io.sapper.network.Initializer;
import io.sapper.network.Node;
import io.sapper.network.OnnxReader;
import io.sapper.network.OnnxWriter;
import io.sapper.network.operator.Operator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code inspect} and {@code doctor} say, to people and to programs. */
class InspectTest {
    @TempDir
    Path folder;

    @Test
    void aSoundNetworkIsListed() throws IOException {
        Path model = TinyDigits.network(folder.resolve("m.onnx"), new ImageShape(1, 28, 28), 10);
        Ran text = sapper("inspect", model);
        assertThat(text.code()).isEqualTo(ExitCode.DONE);
        assertThat(text.out()).contains("conv1", "1x28x28", "10 classes").doesNotContain("SUSPICIOUS");
        assertThat(text.err()).isEmpty();
        Ran json = sapper("inspect", model, "--json");
        assertThat(json.code()).isEqualTo(ExitCode.DONE);
        JsonNode read = JsonMapper.builder().build().readTree(json.out());
        assertThat(read.get("command").asText()).isEqualTo("inspect");
        assertThat(read.at("/input/shape").toString()).isEqualTo("[1,28,28]");
        assertThat(read.at("/nodes/0/operator").asText()).isEqualTo("Conv");
        assertThat(read.at("/nodes/0/parameters").asInt())
                .as("16 filters of 5 x 5 and their biases")
                .isEqualTo(416);
        assertThat(read.get("classes").asInt()).isEqualTo(10);
        assertThat(read.get("notFinite")).isEmpty();
    }

    /** Class scores are called so where they are; one is one, two are two. */
    @Test
    void outputsAreCalledWhatTheyAre() throws IOException {
        Graph one = Graph.image(1, 2, 1).flatten().dense("fc", 1).build();
        List<Node> nodes = new ArrayList<>(one.nodes());
        nodes.add(new Node("end", Operator.of("Sigmoid"), List.of(one.output()), "chance"));
        assertThat(outputs(new Graph(one.input(), one.inputShape(), "chance", nodes, one.initializers())))
                .containsExactly("output    chance: for each input one probability (sigmoid), no class scores");
        assertThat(outputs(one)).containsExactly("output    scores: for each input one number, no class scores");
        assertThat(outputs(Graph.image(1, 2, 2).flatten().dense("fc", 2).build()))
                .containsExactly("output    scores: scores (logits), one for each of 2 classes");
        assertThat(outputs(Graph.image(1, 4, 4).convolution("conv", 2, 3).build()))
                .containsExactly("output    scores: for each input 2x2x2 numbers");
    }

    private List<String> outputs(Graph graph) throws IOException {
        Path model = folder.resolve("o.onnx");
        OnnxWriter.write(graph, model);
        String said = sapper("inspect", model).out();
        assertThat(said).doesNotContain("1 classes", " 1 trainable parameters", " 1 multiply-adds");
        return said.lines().filter(line -> line.startsWith("output")).toList();
    }

    @Test
    void aPageIsWrittenWhereItIsAskedFor() throws IOException {
        Path model = TinyDigits.network(folder.resolve("m.onnx"), new ImageShape(1, 28, 28), 10);
        Path page = folder.resolve("m.html");
        Ran text = sapper("inspect", model, "--out", page);
        assertThat(text.code()).as(text.err()).isEqualTo(ExitCode.DONE);
        assertThat(text.out()).contains("Page: " + page);
        assertThat(Files.readString(page))
                .contains("<code>conv2</code>, the last convolution", "<span class=\"tag\">pruned by default</span>")
                .contains("16x24x24 \u00b7 Conv, Relu, AveragePool".replace("16x24x24", "16x12x12"));
        assertThat(sapper("inspect", model, "--json", "--out", page).out())
                .startsWith("{")
                .doesNotContain("Page:");
        Ran over = sapper("inspect", model, "--out", model);
        assertThat(over.code()).isEqualTo(ExitCode.USAGE);
        assertThat(over.complaints()).singleElement().asString().contains("is there already and is no report");
        assertThat(OnnxReader.read(model).classCount()).isEqualTo(10);
    }

    /** NaN, both infinities; and a huge number, which is one. */
    @Test
    void weightsThatAreNotFiniteAreNamedByEveryCommandThatReadsThem() throws IOException {
        Path model = broken(Map.of(
                "fc2.bias", new float[] {0, 1, 2, Float.NaN, 4, Float.MAX_VALUE},
                "conv1.weight", new float[] {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}));
        String warning = "WARNING: " + model + " has weights that are not finite";
        Ran text = sapper("inspect", model);
        assertThat(text.code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(text.out())
                .contains("SUSPICIOUS: weights that are not finite", "conv1.weight: 2 of 400", "fc2.bias: 1 of 10");
        assertThat(text.err()).startsWith(warning).contains("conv1.weight: 2 of 400; fc2.bias: 1 of 10.");

        Ran json = sapper("inspect", model, "--json");
        assertThat(json.code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(JsonMapper.builder()
                        .build()
                        .readTree(json.out())
                        .get("notFinite")
                        .toString())
                .isEqualTo("[{\"tensor\":\"conv1.weight\",\"count\":2,\"total\":400},"
                        + "{\"tensor\":\"fc2.bias\",\"count\":1,\"total\":10}]");

        Path digits = TinyDigits.write(folder.resolve("digits"));
        assertThat(sapper("evaluate", model, "--data", digits).err()).startsWith(warning);
        assertThat(sapper("repair", model, "--data", digits, "--out", folder.resolve("o"))
                        .err())
                .startsWith(warning);
    }

    @Test
    void aDoctorsWordsAreJsonToo() throws IOException {
        Ran json = sapper("doctor", "--json");
        assertThat(json.code()).isEqualTo(ExitCode.DONE);
        JsonNode read = JsonMapper.builder().build().readTree(json.out());
        assertThat(read.get("natives").asBoolean()).isTrue();
        assertThat(read.get("found").fieldNames())
                .toIterable()
                .contains("Sapper", "Java", "libtorch", "GPU", "Data", "Cache", "Proxy", "npm");
        Ran text = sapper("doctor");
        assertThat(text.out().lines()).hasSize(read.get("found").size());
    }

    /** The first numbers of tensors replaced. */
    private Path broken(Map<String, float[]> beginnings) throws IOException {
        Path model = TinyDigits.network(folder.resolve("m.onnx"), new ImageShape(1, 28, 28), 10);
        Graph graph = OnnxReader.read(model);
        Map<String, Initializer> changed = new LinkedHashMap<>();
        beginnings.forEach((name, beginning) -> {
            float[] values = graph.initializer(name).toArray();
            System.arraycopy(beginning, 0, values, 0, beginning.length);
            changed.put(name, new Initializer(graph.initializer(name).shape(), values));
        });
        OnnxWriter.write(graph.withInitializers(changed), model);
        return model;
    }

    private Ran sapper(Object... arguments) {
        return Ran.sapper(Ran.nowhere(folder), arguments);
    }
}
