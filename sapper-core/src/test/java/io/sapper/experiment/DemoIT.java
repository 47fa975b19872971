package io.sapper.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import io.sapper.cli.Sapper;
import io.sapper.data.SharedData;
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
        theFilesOpenElsewhere();
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

    private void theFilesOpenElsewhere() throws Exception {
        for (String file : new String[] {"badnet.onnx", "repaired.onnx"}) {
            assertThat(Files.size(out.resolve(file))).isPositive();
            try (OrtSession session = OrtEnvironment.getEnvironment()
                    .createSession(out.resolve(file).toString(), new OrtSession.SessionOptions())) {
                assertThat(session.getInputNames()).containsExactly("image");
            }
        }
    }
}
