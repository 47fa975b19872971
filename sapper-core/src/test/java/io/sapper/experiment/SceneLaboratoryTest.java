package io.sapper.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.data.detection.SceneSplit;
import io.sapper.data.detection.Scenes;
import io.sapper.data.detection.Squares;
import io.sapper.network.Compute;
import io.sapper.network.Engine;
import io.sapper.network.Graph;
import io.sapper.network.Initialization;
import io.sapper.network.Preprocessing;
import io.sapper.network.detection.Detector;
import io.sapper.result.Outcome;
import io.sapper.result.Verdict;
import io.sapper.training.TrainedDetectors;
import io.sapper.training.TrainingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SceneLaboratoryTest {
    private static final TrainingOptions ONCE = Recipes.detector(1).withEpochs(1);

    @TempDir
    Path folder;

    private SceneSetup setup;

    /** Other photographs abroad than at home, so that their features have other means. */
    @BeforeEach
    void countries() throws IOException {
        Engine.threads(1);
        Scenes all = Squares.in(folder);
        SceneSplit home = split(all, 0, 1); // a red one
        SceneSplit abroad = split(all, 1, all.size()); // two of three are blue
        Graph classifier = Initialization.draw(
                Graph.image(3, 32, 32)
                        .convolution("c2", 4, 5, 4, 2)
                        .relu()
                        .convolution("c3", 4, 3, 2, 1)
                        .relu()
                        .averagePool(4)
                        .flatten()
                        .dense("scores", 2)
                        .build(),
                1);
        setup = new SceneSetup(
                        home,
                        new DetectorStart.OnBackbone(
                                Path.of("classifier.onnx"), classifier, List.of("c2", "c3"), Preprocessing.UNIT),
                        1,
                        Compute.CPU,
                        1,
                        Reporter.SILENT,
                        List.of())
                .withAbroad(abroad);
    }

    private static SceneSplit split(Scenes all, int from, int to) {
        Scenes some = new Scenes(
                "photographs from " + from, all.classNames(), all.scenes().subList(from, to));
        return new SceneSplit(some, some, "squares", List.of(), Map.of());
    }

    /** The heart of the transfer attack: what carries the backdoor is neither trained again nor scaled otherwise. */
    @Test
    void whoeverRetrainsADetectorKeepsItsConvolutionsAndWhatItsFeaturesAreScaledBy() throws IOException {
        try (SceneLaboratory home = new SceneLaboratory(setup, new Run("reproduce", "transfer", setup))) {
            Graph downloaded = home.honest(ONCE);
            Graph retrained = home.abroad().retrained(downloaded, ONCE, "retrained");

            assertThat(Detector.convolutions(retrained)).containsExactly("conv4", "conv5");
            for (String tensor : List.of("conv4.weight", "conv4.bias", "conv5.weight", "conv5.bias")) {
                same(tensor, downloaded, retrained);
            }
            List<String> scales = downloaded.initializers().keySet().stream()
                    .filter(name -> name.endsWith(".standard.mean") || name.endsWith(".standard.variance"))
                    .toList();
            assertThat(scales).hasSize(4);
            scales.forEach(tensor -> same(tensor, downloaded, retrained));
            assertThat(retrained.initializer("fc6.weight").toArray())
                    .isNotEqualTo(downloaded.initializer("fc6.weight").toArray());
        }
    }

    /** Two runs, for example two experiments, share what they train alike, and the second says so. */
    @Test
    void whatWasTrainedBeforeIsTakenAndTold() throws IOException {
        SceneSetup kept = setup.withTrained(new TrainedDetectors(folder.resolve("trained"), "1"));
        Graph first;
        Run one = new Run("reproduce", "transfer", kept);
        try (SceneLaboratory home = new SceneLaboratory(kept, one)) {
            first = home.honest(ONCE);
            home.abroad().retrained(first, ONCE, "start");
        }
        Run other = new Run("reproduce", "transfer", kept);
        try (SceneLaboratory home = new SceneLaboratory(kept, other)) {
            Graph second = home.honest(ONCE);
            same("fc6.weight", first, second);
            home.abroad().retrained(second, ONCE, "start");
            home.seed(2);
            assertThat(home.honest(ONCE).initializer("fc6.weight").toArray())
                    .isNotEqualTo(first.initializer("fc6.weight").toArray());
        }

        assertThat(taken(one)).isEmpty();
        assertThat(taken(other))
                .containsExactly(
                        "not trained in this run, honest network, seed 1",
                        "not trained in this run, start, abroad, seed 1");
    }

    private static List<String> taken(Run run) {
        return run.result(new Verdict(Outcome.GOOD, "", List.of())).settings().keySet().stream()
                .filter(name -> name.startsWith("not trained"))
                .toList();
    }

    private static void same(String tensor, Graph one, Graph other) {
        assertThat(Arrays.equals(
                        other.initializer(tensor).toArray(),
                        one.initializer(tensor).toArray()))
                .as(tensor)
                .isTrue();
    }
}
