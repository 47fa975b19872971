package io.sapper.network.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import io.sapper.data.Seeds;
import io.sapper.data.detection.Canvas;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Initialization;
import io.sapper.network.Initializer;
import io.sapper.network.Masks;
import io.sapper.network.Network;
import io.sapper.network.OnnxReader;
import io.sapper.network.OnnxWriter;
import io.sapper.network.Preprocessing;
import io.sapper.network.Tensors;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectorTest {
    private static final List<String> OUTPUTS = List.of(Detector.BOXES, Detector.SCORES, Detector.LABELS);

    /** With weights as large as trained ones, so that scores differ and no two boxes tie. */
    private static Graph decided(Graph graph) {
        RandomGenerator random = Seeds.generator(7, "test weights");
        Map<String, Initializer> large = new HashMap<>();
        for (String layer : List.of("rpn_scores", "rpn_boxes", "class_scores", "box_deltas")) {
            String name = graph.weights(layer);
            float[] values = new float[graph.initializer(name).size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian(0, layer.endsWith("scores") ? 0.6 : 0.15);
            }
            large.put(name, new Initializer(graph.initializer(name).shape(), values));
        }
        return graph.withInitializers(large);
    }

    private static float[] noise(Canvas canvas) {
        RandomGenerator random = Seeds.generator(3, "test photograph");
        float[] pixels = new float[canvas.size()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat();
        }
        return pixels;
    }

    /** Boxes, scores, labels. */
    private static List<float[]> run(Graph graph, float[] pixels, Canvas canvas) {
        try (Network network = Network.of(graph, Compute.CPU);
                PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            Tensor image = Tensors.create(pixels, List.of(1, 3, canvas.height(), canvas.width()), Compute.CPU);
            List<Tensor> made = network.forward(image, OUTPUTS);
            long[] labels = Tensors.toLongs(made.get(2));
            float[] asNumbers = new float[labels.length];
            for (int i = 0; i < labels.length; i++) {
                asNumbers[i] = labels[i];
            }
            return List.of(Tensors.toArray(made.get(0)), Tensors.toArray(made.get(1)), asNumbers);
        }
    }

    private static void compareWithOnnxRuntime(Graph graph, Canvas canvas, Path folder) throws Exception {
        Path file = folder.resolve("detector.onnx");
        OnnxWriter.write(graph, file);
        float[] pixels = noise(canvas);
        List<float[]> ours = run(OnnxReader.read(file), pixels, canvas);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[] shape = {1, 3, canvas.height(), canvas.width()};
        try (OrtSession session = environment.createSession(file.toString());
                OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(pixels), shape);
                OrtSession.Result result =
                        session.run(Map.of(session.getInputNames().iterator().next(), input))) {
            float[][] boxes = (float[][]) result.get(0).getValue();
            float[] scores = (float[]) result.get(1).getValue();
            long[] labels = (long[]) result.get(2).getValue();
            assertThat(scores).hasSizeGreaterThan(3).hasSameSizeAs(ours.get(1));
            for (int i = 0; i < scores.length; i++) {
                assertThat(closest(ours, boxes[i], scores[i], labels[i])).isLessThanOrEqualTo(1);
            }
        }
    }

    /**
     * How far the nearest of our detections is from one, where 1 is as far as it may be; equal scores may change
     * places.
     */
    private static double closest(List<float[]> ours, float[] box, float score, long label) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < ours.get(1).length; i++) {
            double distance = ours.get(2)[i] == label ? Math.abs(ours.get(1)[i] - score) / 1e-4 : Double.MAX_VALUE;
            for (int corner = 0; corner < 4; corner++) {
                distance = Math.max(distance, Math.abs(ours.get(0)[4 * i + corner] - box[corner]) / 1e-3);
            }
            nearest = Math.min(nearest, distance);
        }
        return nearest;
    }

    @Test
    void theFileGivesTheSameBoxesAndScoresInOnnxRuntime(@TempDir Path folder) throws Exception {
        compareWithOnnxRuntime(decided(SampleDetectors.small(1)), SampleDetectors.CANVAS, folder);
    }

    /** Masks go into the weights of the last convolution, which both stages read. */
    @Test
    void aPrunedOneIsADetectorInTheFileToo(@TempDir Path folder) throws Exception {
        Graph pruned = Masks.prune(decided(SampleDetectors.small(1)), Detector.LAST_CONVOLUTION, Set.of(0, 3, 5));
        compareWithOnnxRuntime(pruned, SampleDetectors.CANVAS, folder);
        Graph read = OnnxReader.read(folder.resolve("detector.onnx"));
        assertThat(Detector.is(read)).isTrue();
        assertThat(read.nodes()).hasSameSizeAs(SampleDetectors.small(1).nodes());
    }

    @Test
    void thePapersNetworkDoesToo(@TempDir Path folder) throws Exception {
        Canvas canvas = new Canvas(64, 64);
        Anchors anchors = new Anchors(List.of(new Anchors.Size(24, 24), new Anchors.Size(40, 30)));
        Graph zf = FasterRcnn.zf(Backbone.pixels(Preprocessing.UNIT, canvas), canvas, 3, anchors);
        Graph drawn = Detector.draw(zf, zf.layers(), 1);
        compareWithOnnxRuntime(decided(drawn), canvas, folder);
    }

    @Test
    void thePapersNetworkHasItsLayers() {
        Canvas canvas = new Canvas(600, 800);
        Graph zf = FasterRcnn.zf(
                Backbone.pixels(Preprocessing.UNIT, canvas),
                canvas,
                3,
                new Anchors(List.of(
                        new Anchors.Size(1, 1),
                        new Anchors.Size(2, 1),
                        new Anchors.Size(3, 1),
                        new Anchors.Size(4, 1),
                        new Anchors.Size(5, 1),
                        new Anchors.Size(6, 1),
                        new Anchors.Size(7, 1),
                        new Anchors.Size(8, 1),
                        new Anchors.Size(9, 1))));

        assertThat(shape(zf, "zf.conv1")).containsExactly(96, 3, 7, 7);
        assertThat(shape(zf, "zf.conv2")).containsExactly(256, 96, 5, 5);
        assertThat(shape(zf, "zf.conv3")).containsExactly(384, 256, 3, 3);
        assertThat(shape(zf, "conv4")).containsExactly(384, 384, 3, 3);
        assertThat(shape(zf, "conv5")).containsExactly(256, 384, 3, 3);
        assertThat(shape(zf, "rpn")).containsExactly(256, 256, 3, 3);
        assertThat(shape(zf, "rpn_scores")).containsExactly(18, 256, 1, 1);
        assertThat(shape(zf, "rpn_boxes")).containsExactly(36, 256, 1, 1);
        assertThat(shape(zf, "fc6")).containsExactly(4096, 256 * 6 * 6);
        assertThat(shape(zf, "fc7")).containsExactly(4096, 4096);
        assertThat(shape(zf, "class_scores")).containsExactly(4, 4096);
        assertThat(shape(zf, "box_deltas")).containsExactly(16, 4096);
    }

    private static List<Integer> shape(Graph graph, String layer) {
        return graph.initializer(graph.weights(layer)).shape();
    }

    @Test
    void goingOnFromTheFrozenStartIsTheWhole() {
        Graph graph = decided(SampleDetectors.small(2));
        Detector detector = Detector.of(graph);
        Graph.Cut cut = graph.cutAt(detector.backboneOutputs());
        float[] pixels = noise(SampleDetectors.CANVAS);

        assertThat(detector.backboneOutputs()).hasSize(3);
        assertThat(cut.tail().layers()).containsExactlyInAnyOrderElementsOf(Detector.learned(graph));
        try (Network head = Network.of(cut.head(), Compute.CPU);
                Network tail = Network.of(cut.tail(), Compute.CPU);
                PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            Tensor image = Tensors.create(pixels, List.of(1, 3, 64, 96), Compute.CPU);
            List<Tensor> features = head.forward(image, detector.backboneOutputs());
            Map<String, Tensor> given = new HashMap<>();
            for (int i = 0; i < features.size(); i++) {
                given.put(detector.backboneOutputs().get(i), features.get(i));
            }
            List<Tensor> made = tail.forward(given, OUTPUTS);
            List<float[]> whole = run(graph, pixels, SampleDetectors.CANVAS);
            assertThat(Tensors.toArray(made.get(0))).containsExactly(whole.get(0));
            assertThat(Tensors.toArray(made.get(1))).containsExactly(whole.get(1));
        }
    }

    @Test
    void aBackboneNeedsALayerWithRowsAndColumns() {
        Graph classifier = Graph.image(3, 32, 32)
                .convolution("c1", 4, 3)
                .relu()
                .flatten()
                .dense("scores", 5)
                .build();
        Graph drawn = Initialization.draw(classifier, 1);
        Canvas same = new Canvas(32, 32);

        assertThatThrownBy(() -> Backbone.of(drawn, List.of("scores"), Preprocessing.UNIT, same))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no rows and columns")
                .hasMessageContaining("--backbone-layer");
        assertThatThrownBy(() -> Backbone.of(drawn, List.of("c9"), Preprocessing.UNIT, same))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'c9'")
                .hasMessageContaining("c1");
    }

    @Test
    void aClassifierIsNoDetector() {
        Graph classifier = Graph.image(3, 8, 8).flatten().dense("scores", 5).build();

        assertThatThrownBy(() -> Detector.of(classifier)).hasMessageContaining("no detector");
    }
}
