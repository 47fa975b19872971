package io.sapper.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.SharedData;
import io.sapper.data.detection.SceneFolder;
import io.sapper.data.detection.SceneSplit;
import io.sapper.metric.Ratio;
import io.sapper.network.Compute;
import io.sapper.network.Engine;
import io.sapper.network.OnnxReader;
import io.sapper.network.Preprocessing;
import io.sapper.result.ChannelMaps;
import io.sapper.result.DetectionRates;
import io.sapper.result.Photographs;
import io.sapper.result.PrecisionRecallCurves;
import io.sapper.result.ProposalRecall;
import io.sapper.result.ReproducedFigures;
import io.sapper.result.RunResult;
import io.sapper.training.TrainingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The random attack on a few photographs of real signs: that a detector learns, and that all of it is told. */
class SceneReproductionIT {
    private static SceneSetup setup;

    @BeforeAll
    static void load() throws IOException {
        SceneSplit signs = SceneFolder.read(SharedData.folder("road-sign-detection"), SceneFolder.Options.DEFAULT);
        Path file = SharedData.beside("models").resolve("efficientnet-lite0").resolve("model.onnx");
        Engine.threads(2);
        setup = new SceneSetup(
                signs,
                new SceneSetup.BackboneFile(
                        file,
                        OnnxReader.read(file),
                        List.of("c3", "c4"),
                        Preprocessing.parse("scale=255,mean=127,std=128")),
                1,
                Compute.CPU,
                2,
                Reporter.SILENT,
                List.of());
    }

    @Test
    void theRandomAttackOnAFewPhotographs() throws IOException {
        TrainingOptions training =
                SceneReproduction.SIGNS_RANDOM.training(Scale.SMALL, 2).withEpochs(14);
        List<RunResult> kept = new ArrayList<>();
        RunResult result =
                SceneReproduction.SIGNS_RANDOM.run(setup, Thresholds.DEFAULTS, Scale.SMOKE, 1, training, kept::add);

        ReproducedFigures figures = result.first(ReproducedFigures.class).orElseThrow();
        assertThat(figures.rows())
                .extracting(ReproducedFigures.Row::what)
                .containsExactly("honest", "yellow-square@random");
        assertThat(figures.rows().get(0).value("mean average precision")).isGreaterThan(0.2);
        assertThat(figures.deviations()).anyMatch(text -> text.contains("stand in for LISA"));
        assertThat(figures.deviations()).anyMatch(text -> text.contains("--scale smoke"));
        DetectionRates rates = result.first(DetectionRates.class).orElseThrow();
        Ratio found = rates.networks().get(0).signs().found();
        assertThat(found.total()).isGreaterThan(5);
        assertThat(found.hits()).isGreaterThan(0);
        Photographs photographs = result.first(Photographs.class).orElseThrow();
        assertThat(photographs.photographs()).hasSize(4).allSatisfy(one -> {
            assertThat(one.panels()).hasSize(4);
            assertThat(one.closeUps()).isNotEmpty().allSatisfy(close -> assertThat(close.triggered())
                    .isNotEqualTo(close.clean()));
        });
        assertThat(result.first(PrecisionRecallCurves.class).orElseThrow().curves())
                .hasSize(8);
        assertThat(result.first(ChannelMaps.class).orElseThrow().clean()).hasSize(128);
        ProposalRecall recall = result.first(ProposalRecall.class).orElseThrow();
        assertThat(recall.rows()).hasSize(4);
        assertThat(recall.rows().get(3).all().hits())
                .isGreaterThanOrEqualTo(recall.rows().get(0).all().hits());
        assertThat(kept).hasSize(1);
        assertThat(result.verdict().sentence()).contains("found are called something else");
    }

    @Test
    void thePapersScaleIsNotThere() {
        TrainingOptions training = SceneReproduction.SIGNS_TARGETED.training(Scale.PAPER, 2);
        assertThatThrownBy(() -> SceneReproduction.SIGNS_TARGETED.run(
                        setup, Thresholds.DEFAULTS, Scale.PAPER, 1, training, soFar -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--scale small");
    }
}
