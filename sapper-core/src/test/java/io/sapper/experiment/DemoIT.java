package io.sapper.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sapper.cli.Sapper;
import io.sapper.data.Dataset;
import io.sapper.data.SharedData;
import io.sapper.data.image.IdxFolder;
import io.sapper.metric.Ratio;
import io.sapper.network.OnnxRuntime;
import io.sapper.network.SampleGraphs;
import io.sapper.result.ActivationProfile;
import io.sapper.result.Attack;
import io.sapper.result.Cost;
import io.sapper.result.Decisions;
import io.sapper.result.Measurement;
import io.sapper.result.ModelSummary;
import io.sapper.result.Outcome;
import io.sapper.result.PruningCurve;
import io.sapper.result.Rates;
import io.sapper.result.Results;
import io.sapper.result.RunResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
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
        assertThat(result.verdict().outcome()).isEqualTo(Outcome.GOOD);
        everyNetworkCostOnePass(result);
        theEvidenceIsThere(result);
        evaluateOfTheBadNetEndsRed(mnist);
        theCurveBeginsAtTheBadNetAndPassesThePrunedOne(result);
        theFilesDoElsewhereWhatTheyDidHere(result, mnist);
    }

    private void theEvidenceIsThere(RunResult result) throws Exception {
        assertThat(result.commandLine()).startsWith("demo", "--data").contains("--seed", "1");
        assertThat(result.models()).extracting(ModelSummary::name).containsExactly("badnet.onnx", "repaired.onnx");
        for (ModelSummary model : result.models()) {
            byte[] file = Files.readAllBytes(out.resolve(model.name()));
            assertThat(model.sha256())
                    .isEqualTo(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(file)));
        }
        Attack attack = result.first(Attack.class).orElseThrow();
        assertThat(attack.trigger()).isEqualTo("pattern");
        assertThat(attack.pictures()).hasSize(3);
        assertThat(result.all(ActivationProfile.class))
                .extracting(ActivationProfile::network)
                .containsExactly(Rates.BACKDOORED, Rates.REPAIRED);
        String kept = result.first(Decisions.class).orElseThrow().decisions().stream()
                .filter(decision -> decision.decided().startsWith("kept"))
                .findFirst()
                .orElseThrow()
                .what();
        String rate = kept.replaceAll(".*learning rate ([0-9.]+).*", "$1");
        assertThat(result.settings().get("fine-tuning")).contains("learning rate " + rate);
        assertThat(result.settings().values()).noneMatch(text -> text.contains("["));
    }

    /** The trigger works, so it is bad: red, exit code 1. */
    private void evaluateOfTheBadNetEndsRed(Path mnist) throws Exception {
        Path seen = out.resolve("evaluated");
        String badnet = out.resolve("badnet.onnx").toString();
        assertThat(Sapper.run(
                        "evaluate",
                        badnet,
                        "--data",
                        mnist.toString(),
                        "--trigger",
                        "pattern",
                        "--goal",
                        "all-to-one:7",
                        "--out",
                        seen.toString()))
                .isEqualTo(1);
        RunResult result = Results.read(seen.resolve("result.json"));
        assertThat(result.verdict().outcome()).isEqualTo(Outcome.BAD);
        assertThat(result.verdict().sentence()).startsWith("A backdoor: the trigger works on 99.");
        assertThat(Files.readString(seen.resolve("report.html"))).contains("class=\"verdict bad\"");
        assertThat(Sapper.run("evaluate", badnet, "--data", mnist.toString()))
                .as("unknown: nothing tells")
                .isZero();
        assertThat(Sapper.run("evaluate", badnet, "--data", mnist.toString(), "--strict"))
                .isEqualTo(1);
    }

    /** What the networks say, the pruning curve and the activations are of one pass each: none is made twice. */
    private static void everyNetworkCostOnePass(RunResult result) {
        long images = 10_000 + 10_000 - 1_028;
        assertThat(result.costs())
                .filteredOn(cost -> cost.step().startsWith("measure "))
                .extracting(Cost::step, Cost::forwardPasses)
                .containsExactly(
                        tuple("measure honest network", images),
                        tuple("measure BadNet", images),
                        tuple("measure fine-tuned network", images),
                        tuple("measure repaired network", images));
        assertThat(result.costs())
                .filteredOn(cost -> cost.step().startsWith("pruning curve"))
                .singleElement()
                .satisfies(curve -> {
                    assertThat(curve.forwardPasses()).isZero();
                    assertThat(curve.tailPasses()).isEqualTo(33 * images);
                });
    }

    private static void theCurveBeginsAtTheBadNetAndPassesThePrunedOne(RunResult result) {
        PruningCurve curve = result.first(PruningCurve.class).orElseThrow();
        Measurement pruned =
                result.first(Rates.class).orElseThrow().of(Rates.PRUNED).orElseThrow();
        assertThat(curve.points()).hasSize(33);
        assertThat(curve.points().get(0).cleanAccuracy())
                .isEqualTo(result.backdoored().cleanAccuracy());
        assertThat(curve.points().get(curve.chosen()).cleanAccuracy()).isEqualTo(pruned.cleanAccuracy());
        assertThat(curve.points().get(curve.chosen()).attackSuccessRate()).isEqualTo(pruned.attackSuccessRate());
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
