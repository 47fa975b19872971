package io.sapper.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.detection.Box;
import io.sapper.data.detection.LabelledBox;
import io.sapper.data.detection.Scene;
import io.sapper.data.detection.SceneSplit;
import io.sapper.data.detection.Scenes;
import io.sapper.data.image.PictureFiles;
import io.sapper.network.Compute;
import io.sapper.network.OnnxReader;
import io.sapper.network.OnnxWriter;
import io.sapper.network.detection.DetectorFile;
import io.sapper.network.detection.SampleDetectors;
import io.sapper.poison.Goals;
import io.sapper.poison.ScenePoisoner;
import io.sapper.training.Checkpoints;
import io.sapper.training.Progress;
import io.sapper.training.TrainingOptions;
import io.sapper.trigger.Triggers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run on photographs that is stopped goes on from its checkpoint, to the same bits. */
class SceneRunsTest {
    private static final List<String> CLASSES = List.of("stop", "limit");

    @TempDir
    Path folder;

    private Scenes scenes(String name, int count) throws IOException {
        List<Scene> scenes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Path file = PictureFiles.write(
                    PictureFiles.plain(96, 64, 0x302010 * (i + 1)), "png", folder.resolve(name + i + ".png"));
            LabelledBox box = new LabelledBox(new Box(10 + i, 10, 30 + i, 30), i % 2);
            scenes.add(new Scene(file, name + i, 64, 96, name + i, List.of(box)));
        }
        return new Scenes(name, CLASSES, scenes);
    }

    private SceneSetup setup(Reporter reporter) throws IOException {
        SceneSplit data = new SceneSplit(scenes("train", 4), scenes("test", 2), "drawn", List.of(), Map.of());
        return new SceneSetup(data, null, 1, Compute.CPU, 1, reporter, List.of());
    }

    private DetectorFile detector() throws IOException {
        Path file = folder.resolve("detector.onnx");
        OnnxWriter.write(SampleDetectors.small(1), file, CLASSES);
        return DetectorFile.of(file, OnnxReader.read(file), List.of());
    }

    private void train(Reporter reporter, Path out, boolean resume) throws IOException {
        SceneRuns.train(
                setup(reporter),
                Thresholds.DEFAULTS,
                Optional.of(detector()),
                Recipes.detector(1).withEpochs(3),
                0,
                Checkpoints.in(out.resolve(Checkpoints.FOLDER), resume),
                out);
    }

    private void attack(Reporter reporter, Path out, boolean resume) throws IOException {
        SceneSetup setup = setup(reporter);
        TrainingOptions training = Recipes.detector(1).withEpochs(3);
        SceneRuns.SignGoal attack = new SceneRuns.SignGoal(
                Triggers.onScenes(Triggers.parse("yellow-square"), setup.data().train()),
                Goals.parse("one-to-one:stop:limit", CLASSES));
        SceneRuns.attack(
                setup,
                Thresholds.DEFAULTS,
                Optional.of(detector()),
                new SceneRuns.Laying(attack, ScenePoisoner.USUAL, training),
                0,
                Checkpoints.in(out.resolve(Checkpoints.FOLDER), resume),
                out);
    }

    /** Ends the run behind the second epoch of a training. */
    private static final Reporter STOPPING = step -> new Progress() {
        @Override
        public void epoch(int epoch, int epochs, double meanLoss, double imagesPerSecond) {
            if (epoch == 2) {
                throw new IllegalStateException("stopped");
            }
        }
    };

    @Test
    void trainGoesOn() throws IOException {
        train(Reporter.SILENT, folder.resolve("whole"), false);
        Path out = folder.resolve("stopped");
        assertThatThrownBy(() -> train(STOPPING, out, false)).hasMessage("stopped");
        assertThat(out.resolve("model.onnx")).doesNotExist();
        assertThat(Checkpoints.newest(out.resolve(Checkpoints.FOLDER))).isPresent();

        train(Reporter.SILENT, out, true);

        assertThat(out.resolve("model.onnx")).hasBinaryContent(Files.readAllBytes(folder.resolve("whole/model.onnx")));
        assertThat(Checkpoints.newest(out.resolve(Checkpoints.FOLDER))).isEmpty();
    }

    @Test
    void attackGoesOn() throws IOException {
        attack(Reporter.SILENT, folder.resolve("whole"), false);
        Path out = folder.resolve("stopped");
        assertThatThrownBy(() -> attack(STOPPING, out, false)).hasMessage("stopped");
        assertThat(Checkpoints.newest(out.resolve(Checkpoints.FOLDER)).orElseThrow())
                .startsWith("badnet: ");

        attack(Reporter.SILENT, out, true);

        assertThat(out.resolve("badnet.onnx"))
                .hasBinaryContent(Files.readAllBytes(folder.resolve("whole/badnet.onnx")));
    }

    @Test
    void aRunWithoutABackboneSaysSo() throws IOException {
        SceneSetup setup = setup(Reporter.SILENT);
        assertThatThrownBy(setup::start).isInstanceOf(IllegalStateException.class);
    }
}
