package io.sapper.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.data.Obtained;
import io.sapper.data.Split;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Initializer;
import io.sapper.network.OnnxReader;
import io.sapper.network.OnnxWriter;
import io.sapper.network.Preprocessing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that tells brighter pictures from darker ones, as somebody else wrote it. */
class ReceivedTest {
    @TempDir
    Path folder;

    /** Class k is that of brightness k * step. */
    private Graph foreign(int classes, float step) throws IOException {
        float[] centres = new float[classes];
        for (int k = 0; k < classes; k++) {
            centres[k] = k * step;
        }
        return foreign(centres);
    }

    /** Scores c * x - c * c / 2: the largest is that of the class whose number is nearest. */
    private Graph foreign(float... centres) throws IOException {
        int classes = centres.length;
        Graph plain = Graph.image(1, 1, 1).flatten().dense("fc", classes).build();
        float[] weights = centres.clone();
        float[] bias = new float[classes];
        for (int k = 0; k < classes; k++) {
            bias[k] = -centres[k] * centres[k] / 2;
        }
        Graph graph = plain.withInitializers(Map.of(
                "fc.weight", new Initializer(List.of(classes, 1), weights),
                "fc.bias", new Initializer(List.of(classes), bias)));
        byte[] file = ModelProto.parseFrom(OnnxWriter.toBytes(graph)).toBuilder()
                .setProducerName("another")
                .build()
                .toByteArray();
        return OnnxReader.read(Files.write(folder.resolve("model.onnx"), file));
    }

    /** Ten pictures for each class; {@code place[k]} is the brightness of class k, in steps of 20. */
    private static Setup setup(List<String> names, int... place) {
        int[] labels = IntStream.range(0, 10 * place.length).map(i -> i / 10).toArray();
        byte[] pixels = new byte[labels.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (20 * place[labels[i]]);
        }
        return setup(new Dataset("pictures", new ImageShape(1, 1, 1), pixels, labels, names));
    }

    private static Setup setup(Dataset data) {
        Obtained obtained = new Obtained(new Split(data, data, false), "here", List.of());
        return new Setup(obtained, 1, Compute.CPU, 1, Reporter.SILENT, List.of());
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).toList();
    }

    private Received received(Graph graph, boolean said, boolean labelled, List<String> classes) {
        return new Received(folder.resolve("model.onnx"), graph, Preprocessing.UNIT, said, labelled, classes);
    }

    @Test
    void aWrongGuessNamesBothNumbers() throws IOException {
        Graph graph = foreign(3, 20);
        Setup setup = setup(numbers(3), 0, 1, 2);
        assertThatThrownBy(() -> received(graph, false, true, List.of()).check(setup))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Shown as 'unit', 33.3 % of 30 clean images are classified right; shown as 'raw255',"
                        + " 100.0 %. Say which with --input, for example --input raw255.");
    }

    /**
     * Shown as unit all three kinds of pictures are class 3; as raw255 the bright two are right, as minus1 the dark
     * one: better than unit, but not the best. Presets for three channels are passed over.
     */
    @Test
    void theBestOfSeveralBetterPresetsIsNamed() throws IOException {
        Graph graph = foreign(-0.9f, 100, 200, 0.1f);
        assertThatThrownBy(() -> received(graph, false, true, List.of()).check(setup(numbers(4), 1, 5, 10)))
                .hasMessage("Shown as 'unit', 0.0 % of 30 clean images are classified right; shown as 'raw255',"
                        + " 66.7 %. Say which with --input, for example --input raw255.");
    }

    /** Numbers from -1 to 1, which no other preset gives. */
    @Test
    void aPresetThatComesLateIsFoundToo() throws IOException {
        Graph graph = foreign(-0.9f, -0.5f, -0.1f);
        assertThatThrownBy(() -> received(graph, false, true, List.of()).check(setup(numbers(3), 1, 3, 6)))
                .hasMessageContaining(
                        "shown as 'minus1', 100.0 %. Say which with --input, for example --input minus1.");
    }

    /** Where no preset is much better, or where chance may have made it better, nobody is stopped. */
    @Test
    void noPresetIsNamedWhereNoneIsShownToBeBetter() throws IOException {
        Graph useless = foreign(-500f, -600f, -700f);
        assertThatCode(() -> received(useless, false, true, List.of()).check(setup(numbers(3), 1, 5, 10)))
                .doesNotThrowAnyException();
        Graph graph = foreign(3, 20);
        Setup four = few(new int[] {0, 1, 2, 2}, 0, 20, 40, 40);
        assertThatCode(() -> received(graph, false, true, List.of()).check(four))
                .doesNotThrowAnyException();
    }

    private static Setup few(int[] labels, int... brightness) {
        byte[] pixels = new byte[labels.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) brightness[i];
        }
        return setup(new Dataset("pictures", new ImageShape(1, 1, 1), pixels, labels, numbers(3)));
    }

    /** Class 3 has the brightness of class 0: its pictures are never right, which the head line says. */
    @Test
    void aLostClassIsNamedWhereANetworkIsMeasured() throws IOException {
        Received received = received(foreign(4, 20 / 255f), true, true, List.of());
        String lost = Runs.evaluate(setup(numbers(4), 0, 1, 2, 0), Thresholds.DEFAULTS, received, Optional.empty())
                .verdict()
                .sentence();
        assertThat(lost).endsWith("Far worse than the others: class 3 (0 of 10 right).");
        String none = Runs.evaluate(setup(numbers(4), 0, 1, 2, 3), Thresholds.DEFAULTS, received, Optional.empty())
                .verdict()
                .sentence();
        assertThat(none).doesNotContain("worse");
    }

    @Test
    void whatTheUserSaidIsNotDoubted() throws IOException {
        Graph graph = foreign(3, 20);
        assertThatCode(() -> received(graph, true, true, List.of()).check(setup(numbers(3), 0, 1, 2)))
                .doesNotThrowAnyException();
    }

    /** It is obeyed, and where another way is right far more often, that is named in one line. */
    @Test
    void whatTheUserSaidIsWarnedOf() throws IOException {
        Graph graph = foreign(3, 20);
        Setup fitted = received(graph, true, true, List.of()).fitted(setup(numbers(3), 0, 1, 2));
        assertThat(fitted.data().warnings())
                .containsExactly("Shown as 'unit', 33.3 % of 30 clean images are classified right; shown as 'raw255',"
                        + " 100.0 %. Maybe --input raw255 is meant.");
        assertThat(fitted.data().settings().get("network input")).startsWith("unit: ");
        Graph right = foreign(3, 20 / 255f);
        assertThat(received(right, true, true, List.of())
                        .fitted(setup(numbers(3), 0, 1, 2))
                        .data()
                        .warnings())
                .isEmpty();
    }

    /** Class 0 is red, class 1 is blue: with the channels turned round every answer is wrong. */
    @Test
    void theOtherOrderOfColoursIsTriedToo() throws IOException {
        Graph plain = Graph.image(3, 1, 1).flatten().dense("fc", 2).build();
        Graph graph = plain.withInitializers(
                Map.of("fc.weight", new Initializer(List.of(2, 3), new float[] {1, 0, 0, 0, 0, 1})));
        byte[] pixels = new byte[60];
        for (int i = 0; i < 20; i++) {
            pixels[3 * i + (i < 10 ? 0 : 2)] = (byte) 200;
        }
        int[] labels = IntStream.range(0, 20).map(i -> i / 10).toArray();
        Setup setup = setup(new Dataset("pictures", new ImageShape(3, 1, 1), pixels, labels, numbers(2)));
        Path file = folder.resolve("model.onnx");
        Received said = new Received(file, graph, Preprocessing.parse("order=bgr"), true, true, List.of());
        assertThat(said.fitted(setup).data().warnings())
                .containsExactly("Shown as 'order=bgr', 0.0 % of 20 clean images are classified right; shown as"
                        + " 'unit', 100.0 %. Maybe --input unit is meant.");
        Graph blue = plain.withInitializers(
                Map.of("fc.weight", new Initializer(List.of(2, 3), new float[] {0, 0, 1, 1, 0, 0})));
        Received red = new Received(file, blue, Preprocessing.parse("unit"), true, true, List.of());
        assertThat(red.fitted(setup).data().warnings())
                .singleElement()
                .asString()
                .endsWith("shown as 'order=bgr', 100.0 %. Maybe --input order=bgr is meant.");
    }

    @Test
    void aRightGuessPasses() throws IOException {
        Graph graph = foreign(3, 20 / 255f);
        assertThatCode(() -> received(graph, false, true, List.of()).check(setup(numbers(3), 0, 1, 2)))
                .doesNotThrowAnyException();
    }

    /** Classes 0, 1, 10, 2 as text: a network that counts so has 10 in the third place. */
    @Test
    void classesSortedAsTextAreNoticed() throws IOException {
        Graph graph = foreign(11, 20 / 255f);
        List<String> names = numbers(11);
        List<String> asText = names.stream().sorted().toList();
        int[] place = names.stream().mapToInt(asText::indexOf).toArray();
        assertThatThrownBy(() -> received(graph, false, true, List.of()).check(setup(names, place)))
                .hasMessageContaining("sorted as text (10 before 2), 100.0 %.")
                .hasMessageContaining("--classes FILE");
        assertThatThrownBy(() -> received(graph, false, true, names).check(setup(names, place)))
                .hasMessageStartingWith("With the classes in the order of --classes, ")
                .hasMessageEndingWith("Maybe the file of --classes names them in another order than the network's.");
        Setup mapped = received(graph, false, true, asText).fitted(setup(names, place));
        assertThat(mapped.data().split().test().classNames()).isEqualTo(asText);
        assertThat(mapped.data().split().test().label(20))
                .as("a picture of class 2")
                .isEqualTo(3);
        assertThatCode(() -> received(graph, false, true, asText).check(mapped)).doesNotThrowAnyException();
    }

    @Test
    void aClassThatTheFileDoesNotNameIsSaid() throws IOException {
        Received received = received(foreign(2, 1), true, true, List.of("a", "b"));
        assertThatThrownBy(() -> received.fitted(setup(List.of("a", "c"), 0, 1)))
                .hasMessage("--classes has no line 'c', which is a class of pictures.");
    }

    @Test
    void theNetworksOwnAnswersBecomeLabels() throws IOException {
        Received received = received(foreign(4, 20 / 255f), true, false, List.of());
        Setup fitted = received.fitted(setup(List.of("any", "other"), 2, 3));
        Dataset test = fitted.data().split().test();
        assertThat(test.classNames()).isEqualTo(numbers(4));
        int[] expected = new int[20];
        Arrays.fill(expected, 0, 10, 2);
        Arrays.fill(expected, 10, 20, 3);
        assertThat(test.labels()).isEqualTo(expected);
        assertThat(fitted.data().warnings()).hasSize(1).first().asString().contains("--labels model");
        assertThat(Collections.max(fitted.data().settings().keySet())).isEqualTo("network input");
    }

    /** Wrongly shown, a network often has one answer to everything. */
    @Test
    void oneAnswerToAllIsNoticed() throws IOException {
        Received received = received(foreign(4, 20), true, false, List.of());
        assertThat(received.fitted(setup(List.of("any", "other"), 2, 3)).data().warnings())
                .anyMatch(line -> line.startsWith("The network gives all 20 test images class 0"));
        Received right = received(foreign(4, 20 / 255f), true, false, List.of());
        assertThat(right.fitted(setup(List.of("any", "other"), 2, 3)).data().warnings())
                .noneMatch(line -> line.startsWith("The network gives all"));
    }
}
