package io.sapper.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.cli.Sapper;
import io.sapper.data.Dataset;
import io.sapper.data.SharedData;
import io.sapper.data.image.IdxFolder;
import io.sapper.metric.Ratio;
import io.sapper.network.OnnxRuntime;
import io.sapper.network.SampleGraphs;
import io.sapper.result.Cost;
import io.sapper.result.PruningCurve;
import io.sapper.result.Results;
import io.sapper.result.RunResult;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job on real digits, through the command line: the numbers that the README claims, at seed 1. */
class DemoIT {
    @TempDir
    Path out;

    @Test
    void laysABackdoorAndClearsIt() throws Exception {
        Path mnist = SharedData.folder("mnist");
        assertThat(Sapper.run("demo", "--data", mnist.toString(), "--out", out.toString(), "--seed", "1"))
                .isZero();

        RunResult result = Results.read(out.resolve("result.json"));
        assertThat(result.honest().cleanAccuracy().value()).isGreaterThanOrEqualTo(0.985);
        assertThat(result.honest().attackSuccessRate().value()).isLessThan(0.02);
        assertThat(result.backdoored().attackSuccessRate().value()).isGreaterThan(0.98);
        assertThat(result.backdoored().attackSuccessRate().total()).isEqualTo(10_000 - 1_028); // without the sevens
        assertThat(result.repaired().attackSuccessRate().value()).isLessThanOrEqualTo(0.05);
        assertThat(result.repaired().cleanAccuracy().value())
                .isGreaterThan(result.backdoored().cleanAccuracy().value() - 0.01);
        assertThat(out.resolve("report.html")).exists();
        theCurveCostOnePass(result);
        theCurveBeginsAtTheBadNetAndPassesThePrunedOne(result);
        theFilesDoElsewhereWhatTheyDidHere(result, mnist);
    }

    private static void theCurveCostOnePass(RunResult result) {
        Cost curve = result.costs().stream()
                .filter(cost -> cost.step().startsWith("pruning curve"))
                .findFirst()
                .orElseThrow();
        assertThat(curve.forwardPasses()).isEqualTo(10_000 + 10_000 - 1_028);
    }

    private static void theCurveBeginsAtTheBadNetAndPassesThePrunedOne(RunResult result) {
        PruningCurve curve = result.pruning();
        assertThat(curve.points()).hasSize(33);
        assertThat(curve.points().get(0).cleanAccuracy())
                .isEqualTo(result.backdoored().cleanAccuracy());
        assertThat(curve.points().get(curve.chosen()).cleanAccuracy())
                .isEqualTo(result.pruned().cleanAccuracy());
        assertThat(curve.points().get(curve.chosen()).attackSuccessRate())
                .isEqualTo(result.pruned().attackSuccessRate());
    }

    /** What is written is what was measured: another engine counts the same hits on the whole test set. */
    private void theFilesDoElsewhereWhatTheyDidHere(RunResult result, Path mnist) throws Exception {
        Dataset test = IdxFolder.read("MNIST", mnist).test();
        assertThat(hitsElsewhere("badnet.onnx", test))
                .isEqualTo(result.backdoored().cleanAccuracy());
        assertThat(hitsElsewhere("repaired.onnx", test))
                .isEqualTo(result.repaired().cleanAccuracy());
    }

    private Ratio hitsElsewhere(String file, Dataset test) throws Exception {
        byte[] model = Files.readAllBytes(out.resolve(file));
        float[] scores = OnnxRuntime.run(model, SampleGraphs.numbers(test), test.size(), 1, 28, 28);
        int hits = 0;
        for (int i = 0; i < test.size(); i++) {
            int best = 0;
            for (int label = 1; label < 10; label++) {
                best = scores[10 * i + label] > scores[10 * i + best] ? label : best;
            }
            hits += best == test.label(i) ? 1 : 0;
        }
        return new Ratio(hits, test.size());
    }
}
