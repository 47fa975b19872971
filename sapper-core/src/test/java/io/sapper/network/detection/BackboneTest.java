package io.sapper.network.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sapper.data.detection.Canvas;
import io.sapper.data.detection.Scenes;
import io.sapper.data.detection.Squares;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Initializer;
import io.sapper.network.Network;
import io.sapper.network.Preprocessing;
import io.sapper.network.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackboneTest {
    /** Half as many places, then without padding two rows and columns fewer, then one place, then none. */
    private static final Graph CLASSIFIER = Graph.image(3, 32, 32)
            .convolution("half", 4, 3, 2, 1)
            .relu()
            .convolution("less", 4, 3)
            .relu()
            .averagePool(14)
            .flatten()
            .dense("scores", 5)
            .build();

    private static Backbone of(String... layers) {
        return Backbone.of(CLASSIFIER, List.of(layers), Preprocessing.UNIT, new Canvas(32, 32));
    }

    @Test
    void aLayerWithWholeSteps() {
        assertThat(of("half").stride(new Canvas(32, 32))).isEqualTo(2);
    }

    /** Maps of one number for each place, every 4, 8 and 16 pixels: what lies where is known. */
    @Test
    void finerMapsAreFoldedAndCoarserOnesEnlargedToEveryEighthPixel() {
        Graph classifier = Graph.image(1, 32, 32)
                .convolution("c2", 1, 4, 4, 0)
                .convolution("c3", 1, 2, 2, 0)
                .convolution("c4", 1, 2, 2, 0)
                .flatten()
                .dense("scores", 2)
                .build();
        Map<String, Initializer> ones = new HashMap<>();
        for (String layer : List.of("c2", "c3", "c4")) {
            Initializer weights = classifier.initializer(classifier.weights(layer));
            float[] values = new float[weights.size()];
            Arrays.fill(values, 1f / values.length);
            ones.put(classifier.weights(layer), new Initializer(weights.shape(), values));
        }
        Canvas canvas = new Canvas(32, 32);
        Backbone backbone = new Backbone(
                classifier.withInitializers(ones),
                List.of("c2", "c3", "c4").stream().map(classifier::activation).toList());
        assertThat(backbone.stride(canvas)).isEqualTo(8);
        assertThat(backbone.channels(canvas)).isEqualTo(4 + 1 + 1);
        Chain chain = backbone.chain();
        String joined = backbone.joined(chain, canvas);
        Graph graph = chain.graph(joined);
        float[] pixels = new float[32 * 32];
        pixels[0 * 32 + 0] = 16; // the first 4 x 4
        pixels[5 * 32 + 14] = 32; // of rows 4 to 7 and columns 12 to 15
        float[] maps = of(graph, pixels);
        assertThat(maps).hasSize(6 * 16);
        float[] folded = Arrays.copyOf(maps, 4 * 16);
        float[] expected = new float[4 * 16];
        expected[0 * 16 + 0] = 1; // above left of the first place
        expected[3 * 16 + 1] = 2; // below right of the second
        assertThat(folded).containsExactly(expected);
        assertThat(Arrays.copyOfRange(maps, 4 * 16, 4 * 16 + 4)).containsExactly(0.25f, 0.5f, 0, 0);
        float[] enlarged = Arrays.copyOfRange(maps, 5 * 16, 6 * 16);
        for (int place = 0; place < 16; place++) {
            assertThat(enlarged[place]).as("place %d", place).isEqualTo(place % 4 < 2 && place / 4 < 2 ? 0.1875f : 0);
        }
    }

    private static float[] of(Graph graph, float... pixels) {
        try (Network network = Network.of(graph, Compute.CPU);
                PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            Tensor image = Tensors.create(pixels, List.of(1, 1, 32, 32), Compute.CPU);
            return Tensors.toArray(network.forward(Map.of(graph.input(), image), graph.outputs())
                    .get(0));
        }
    }

    /** Over the photographs that it is standardized by, and with the same numbers on a canvas of another size. */
    @Test
    void standardizedChannelsHaveMeanZeroAndVarianceOne(@TempDir Path folder) throws IOException {
        Scenes scenes = Squares.in(folder);
        Canvas canvas = SampleDetectors.CANVAS;
        Backbone plain = SampleDetectors.backbone(3);
        Backbone standard = plain.standardized(scenes.scenes(), canvas, Compute.CPU);
        List<FeatureStatistics> before = statistics(plain, scenes, canvas);
        List<FeatureStatistics> after = statistics(standard, scenes, canvas);
        assertThat(after).hasSize(3);
        int loud = 0;
        for (int map = 0; map < 3; map++) {
            for (float mean : after.get(map).means()) {
                assertThat(mean).isCloseTo(0, within(1e-3f));
            }
            float[] variances = before.get(map).variances();
            double usual = IntStream.range(0, variances.length)
                    .mapToDouble(i -> variances[i])
                    .average()
                    .orElseThrow();
            for (int channel = 0; channel < variances.length; channel++) {
                if (variances[channel] > 0.02 * usual) { // the others hardly speak
                    assertThat(after.get(map).variances()[channel]).isCloseTo(1, within(1e-2f));
                    loud++;
                }
            }
        }
        assertThat(loud).isGreaterThanOrEqualTo(9);
        Graph whole = FasterRcnn.on(
                standard, canvas, 2, new Anchors(List.of(new Anchors.Size(16, 16))), new FasterRcnn.Widths(4, 4, 4));
        Canvas wider = new Canvas(64, 128);
        Backbone there = Backbone.of(Detector.of(whole), wider);
        assertThat(there.maps()).isEqualTo(standard.maps());
        assertThat(there.stride(wider)).isEqualTo(8);
        String mean = standard.maps().get(0) + ".mean";
        assertThat(there.graph().initializer(mean).toArray())
                .containsExactly(standard.graph().initializer(mean).toArray());
    }

    private static List<FeatureStatistics> statistics(Backbone backbone, Scenes scenes, Canvas canvas)
            throws IOException {
        return FeatureStatistics.of(backbone.graph(), backbone.maps(), scenes.scenes(), canvas, Compute.CPU);
    }

    /** Else its numbers, a thousandth of the others', would be a thousand times as large. */
    @Test
    void aChannelThatHardlySpeaksIsNotMadeAsLoudAsTheOthers(@TempDir Path folder) throws IOException {
        Graph classifier = Graph.image(3, 32, 32)
                .convolution("c3", 2, 8, 8, 0)
                .flatten()
                .dense("scores", 2)
                .build();
        Initializer weights = classifier.initializer(classifier.weights("c3"));
        float[] values = new float[weights.size()];
        Arrays.fill(values, 0, values.length / 2, 1);
        Arrays.fill(values, values.length / 2, values.length, 1e-3f);
        Backbone backbone = Backbone.of(
                classifier.withInitializers(Map.of(classifier.weights("c3"), new Initializer(weights.shape(), values))),
                List.of("c3"),
                Preprocessing.UNIT,
                SampleDetectors.CANVAS);
        float[] variances = statistics(backbone, Squares.in(folder), SampleDetectors.CANVAS)
                .get(0)
                .variances();
        assertThat(variances[1]).isCloseTo(variances[0] / 200, within(variances[0] / 20_000));
    }

    @Test
    void mapsThatDoNotFallOnOneAnother() {
        Graph classifier = Graph.image(3, 96, 96)
                .convolution("six", 4, 6, 6, 0)
                .convolution("sixteen", 4, 11, 1, 0)
                .maxPool(2)
                .flatten()
                .dense("scores", 5)
                .build();
        assertThatThrownBy(() ->
                        Backbone.of(classifier, List.of("six", "sixteen"), Preprocessing.UNIT, new Canvas(96, 96)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("every 6 pixels");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "none | has no layer 'none'",
                "scores | no rows and columns",
                "averagePool1 | no rows and columns",
                "less | has 14 rows and 14 columns of features for photographs of 32x32 pixels",
            })
    void layersThatDoNotServe(String layer, String problem) {
        String named = layer.equals("averagePool1")
                ? CLASSIFIER.nodes().stream()
                        .filter(node -> node.operator().is("AveragePool"))
                        .findFirst()
                        .orElseThrow()
                        .output()
                : layer;
        assertThatThrownBy(() -> of(named))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
    }
}
