package io.sapper.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sapper.data.detection.Canvas;
import io.sapper.data.detection.Detection;
import io.sapper.data.detection.LabelledBox;
import io.sapper.data.detection.Scenes;
import io.sapper.data.detection.Squares;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Preprocessing;
import io.sapper.network.detection.Backbone;
import io.sapper.network.detection.Detector;
import io.sapper.network.detection.DetectorRuns;
import io.sapper.network.detection.FasterRcnn;
import io.sapper.network.detection.SampleDetectors;
import io.sapper.training.DetectorTraining.Seen;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectorTrainingTest {
    private static final TrainingOptions OPTIONS =
            new TrainingOptions(300, 4, new Optimizer.Adam(3e-3, 0.9, 0.999, 0), Schedule.COSINE, 2);

    @TempDir
    Path folder;

    private static DetectorTraining.Outcome train(Graph graph, Seen seen, TrainingOptions options) throws IOException {
        return DetectorTraining.train(
                Detector.of(graph), seen, options, 1, Compute.CPU, Progress.NONE, Checkpoints.NONE);
    }

    private static Seen see(Graph graph, Scenes scenes) throws IOException {
        return Seen.of(
                graph.upTo(Detector.of(graph).backboneOutputs()),
                SampleDetectors.CANVAS,
                scenes,
                true,
                Compute.CPU,
                Progress.NONE);
    }

    @Test
    void aFewPhotographsAreLearnedByHeart() throws IOException {
        Scenes scenes = Squares.in(folder);
        Graph graph = SampleDetectors.small(3);
        try (Seen seen = see(graph, scenes)) {
            DetectorTraining.Outcome outcome = train(graph, seen, OPTIONS);

            assertThat(outcome.training().losses().get(OPTIONS.epochs() - 1))
                    .isLessThan(outcome.training().losses().get(0) / 2);
            List<List<Detection>> found;
            try (Seen plain = Seen.of(
                    graph.upTo(Detector.of(graph).backboneOutputs()),
                    SampleDetectors.CANVAS,
                    scenes,
                    false,
                    Compute.CPU,
                    Progress.NONE)) {
                found = DetectorRuns.detections(
                        Detector.of(outcome.graph()), plain.features(), scenes.scenes(), Compute.CPU);
            }
            for (int i = 0; i < scenes.size(); i++) {
                LabelledBox truth = scenes.scenes().get(i).boxes().get(0);
                Detection surest = found.get(i).get(0);
                assertThat(surest.label()).isEqualTo(truth.label());
                assertThat(surest.box().intersectionOverUnion(truth.box())).isGreaterThan(0.5);
            }
        }
    }

    /** The papers' network as it is, on small photographs: every layer learns, from the first convolution on. */
    @Test
    void allOfThePapersNetworkLearns() throws IOException {
        Scenes scenes = Squares.in(folder);
        Canvas canvas = SampleDetectors.CANVAS;
        Backbone pixels =
                Backbone.pixels(Preprocessing.UNIT, canvas).standardized(scenes.scenes(), canvas, Compute.CPU);
        Graph zero = FasterRcnn.zf(pixels, canvas, 2, SampleDetectors.ANCHORS);
        Graph first = Detector.draw(zero, Detector.learned(zero), 1);
        TrainingOptions options = new TrainingOptions(
                4,
                scenes.size(),
                new Optimizer.Sgd(1e-3, 0.9, 5e-4),
                Schedule.CONSTANT,
                1,
                Treatment.dropout(Augmentation.NONE));
        try (Seen seen = see(first, scenes)) {
            assertThat(seen.features().names()).containsExactly("pixels.standard");
            DetectorTraining.Outcome outcome = train(first, seen, options);

            assertThat(outcome.training().losses().get(3))
                    .isLessThan(outcome.training().losses().get(0));
            List<String> layers = Detector.learned(first);
            assertThat(layers).startsWith("zf.conv1", "zf.conv2", "zf.conv3", "conv4", "conv5");
            for (String layer : layers) {
                String weights = first.weights(layer);
                assertThat(Arrays.equals(
                                first.initializer(weights).toArray(),
                                outcome.graph().initializer(weights).toArray()))
                        .as(layer)
                        .isFalse();
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameBitsAndTheBackboneStaysAsItIs() throws IOException {
        Scenes scenes = Squares.in(folder);
        Graph graph = SampleDetectors.small(3);
        TrainingOptions few = OPTIONS.withEpochs(2);
        try (Seen seen = see(graph, scenes)) {
            Graph one = train(graph, seen, few).graph();
            Graph other = train(graph, seen, few).graph();

            assertThat(one.initializer(one.weights("fc6"))).isEqualTo(other.initializer(other.weights("fc6")));
            assertThat(one.initializer(one.weights("fc6"))).isNotEqualTo(graph.initializer(graph.weights("fc6")));
            assertThat(one.initializer(one.weights("c1"))).isEqualTo(graph.initializer(graph.weights("c1")));
        }
    }

    @Test
    void behindADeeperCutAllBeforeItStaysAsItIs() throws IOException {
        Scenes scenes = Squares.in(folder);
        Graph graph = SampleDetectors.small(3);
        Detector detector = Detector.of(graph);
        try (Seen seen = see(graph, scenes);
                Seen deeper = seen.through(detector, List.of(detector.features()), Compute.CPU)) {
            Graph trained = train(graph, deeper, OPTIONS.withEpochs(2)).graph();

            assertThat(trained.initializer(trained.weights("conv5")))
                    .isEqualTo(graph.initializer(graph.weights("conv5")));
            assertThat(trained.initializer(trained.weights("rpn")))
                    .isNotEqualTo(graph.initializer(graph.weights("rpn")));
            assertThat(deeper.features().names()).containsExactly(detector.features());
        }
    }

    @Test
    void aDetectorFindsTheSameFromWhicheverCutOn() throws IOException {
        Scenes scenes = Squares.in(folder);
        Graph graph = SampleDetectors.small(3);
        Detector detector = Detector.of(graph);
        Graph backbone = graph.upTo(detector.backboneOutputs());
        try (Seen seen = Seen.of(backbone, SampleDetectors.CANVAS, scenes, false, Compute.CPU, Progress.NONE);
                Seen deeper = seen.through(detector, List.of(detector.features()), Compute.CPU)) {
            assertThat(DetectorRuns.detections(detector, deeper.features(), scenes.scenes(), Compute.CPU))
                    .isEqualTo(DetectorRuns.detections(detector, seen.features(), scenes.scenes(), Compute.CPU));
        }
    }

    @Test
    void whatIsTrainedOnIsKeptWithHalfTheBitsAndSoNearlyTheSame() throws IOException {
        Scenes scenes = Squares.in(folder);
        Graph graph = SampleDetectors.small(3);
        Detector detector = Detector.of(graph);
        Graph backbone = graph.upTo(detector.backboneOutputs());
        try (Seen wide = Seen.of(backbone, SampleDetectors.CANVAS, scenes, false, Compute.CPU, Progress.NONE);
                Seen narrow = see(graph, scenes)) {
            List<Double> exact = DetectorRuns.channelMeans(detector, wide.features(), scenes.size(), Compute.CPU);
            List<Double> near = DetectorRuns.channelMeans(detector, narrow.unmirrored(), scenes.size(), Compute.CPU);

            assertThat(near).isNotEqualTo(exact);
            for (int channel = 0; channel < exact.size(); channel++) {
                assertThat(near.get(channel)).isCloseTo(exact.get(channel), within(1e-3 * exact.get(channel) + 1e-6));
            }
        }
    }
}
