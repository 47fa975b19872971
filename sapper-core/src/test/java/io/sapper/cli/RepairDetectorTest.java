package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.network.Graph;
import io.sapper.network.OnnxReader;
import io.sapper.network.OnnxWriter;
import io.sapper.network.detection.Detector;
import io.sapper.network.detection.SampleDetectors;
import io.sapper.result.Attack;
import io.sapper.result.Changes;
import io.sapper.result.Cost;
import io.sapper.result.Decisions;
import io.sapper.result.DetectionRates;
import io.sapper.result.ModelSummary;
import io.sapper.result.Outcome;
import io.sapper.result.Photographs;
import io.sapper.result.Results;
import io.sapper.result.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code repair} on photographs with boxes: of twelve ten are clean, of which four decide, on four boxes. */
class RepairDetectorTest {
    private static final String ATTACK = " --trigger yellow-square@size=0.5 --goal one-to-one:stop:limit";
    private static final String QUICK = " --clean-images 10 --learning-rate 1e-3 --epochs 2";

    @TempDir
    static Path laid;

    @TempDir
    Path folder;

    private static Path badnet;

    private TinySigns place;

    /** A detector that finds all signs, and takes a stop sign with the square for a limit. */
    @BeforeAll
    static void layABackdoor() throws IOException {
        TinySigns signs = TinySigns.in(laid);
        String long100 = " --hold-out 0 --learning-rate 3e-3 --epochs 100 --out ";
        Path honest = laid.resolve("honest");
        assertThat(signs.sapper("train --data S --network M" + long100 + honest).code())
                .isZero();
        Path attacked = laid.resolve("attacked");
        signs.sapper("attack --data S --network " + honest.resolve("model.onnx") + ATTACK + long100 + attacked);
        badnet = attacked.resolve("badnet.onnx");
    }

    @BeforeEach
    void place() throws IOException {
        place = TinySigns.in(folder);
    }

    private Ran repair(String more) {
        Ran ran = place.sapper("repair " + badnet + " --data S --out O" + QUICK + more);
        assertThat(ran.complaints()).as(more).isEmpty();
        return ran;
    }

    private RunResult result() throws IOException {
        assertThat(place.out().resolve("report.html")).exists();
        return Results.read(place.out().resolve("result.json"));
    }

    private Path repaired() {
        return place.out().resolve("repaired.onnx");
    }

    @Test
    void aRepairIsMeasuredBeforeAndAfter() throws IOException {
        Ran ran = repair(" --max-loss 0.25" + ATTACK);
        assertThat(ran.code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        RunResult result = result();

        Graph written = OnnxReader.read(repaired());
        assertThat(Detector.is(written)).isTrue();
        assertThat(written.classNames()).containsExactly("stop", "limit");
        assertThat(result.models())
                .extracting(ModelSummary::role)
                .containsExactly(ModelSummary.READ, ModelSummary.WRITTEN);

        DetectionRates rates = result.first(DetectionRates.class).orElseThrow();
        assertThat(rates.networks())
                .extracting(DetectionRates.Entry::network)
                .containsExactly("network as received", "repaired network");
        assertThat(rates.networks().get(0).signs().calledTarget().hits()).isEqualTo(4);
        assertThat(rates.networks())
                .allSatisfy(entry ->
                        assertThat(entry.clean().meanAveragePrecision()).isGreaterThan(0.9));
        assertThat(result.first(Photographs.class).orElseThrow().photographs())
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.panels())
                        .extracting(Photographs.Panel::network)
                        .containsExactly(
                                "network as received", "network as received", "repaired network", "repaired network"));
        assertThat(result.first(Attack.class).orElseThrow().poisoning()).isNull();
        assertThat(result.first(Decisions.class).orElseThrow().decisions())
                .extracting(Decisions.Decision::what)
                .containsExactly("Pruning layer conv5", "Fine-tuning at learning rate 0.001, 2 epochs");
        assertThat(result.first(Changes.class).orElseThrow().tensors())
                .extracting(Changes.ChangedTensor::name)
                .contains("fc6.weight");
        assertThat(result.costs())
                .extracting(Cost::step)
                .containsExactly(
                        "look at test photographs",
                        "look at clean photographs",
                        "prune",
                        "fine-tune",
                        "measure network as received",
                        "measure repaired network");
        assertThat(result.settings())
                .containsEntry("clean photographs", "6 to tune on, 4 to decide on, of the training part")
                .containsEntry("decided on", "4 clean photographs with 4 boxes, held back")
                .containsEntry("allowed drop while pruning", "4.00 points")
                .containsEntry("pruned layer", "conv5");
        assertThat(result.verdict().sentence())
                .startsWith("The backdoor is not cleared: the trigger works on 100.00 % of the 4")
                .contains(" signs with it that are found, of 4, instead of 100.00 % of 4", "mean average precision is");
        assertThat(ran.err().lines().filter(line -> line.startsWith("Step "))).hasSize(6);
    }

    /** Nothing is claimed of a backdoor that nobody named, and both networks stand on the same photographs. */
    @Test
    void withoutATriggerNothingIsSaidOfABackdoor() throws IOException {
        Ran ran = repair(" --max-loss 0.25");
        assertThat(ran.code()).isEqualTo(ExitCode.DONE);
        RunResult result = result();
        assertThat(result.verdict().outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(result.verdict().sentence())
                .startsWith("Fine-pruned; whether a backdoor is left cannot be told, for no trigger was named; mean");
        assertThat(result.all(Photographs.class)).singleElement().satisfies(found -> assertThat(found.photographs())
                .allSatisfy(one -> assertThat(one.panels())
                        .extracting(Photographs.Panel::network)
                        .containsExactly("network as received", "repaired network")));
        assertThat(repair(" --max-loss 0.25 --strict").code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
    }

    /** Four boxes, where one of fifty is the two points that are allowed; an earlier run's network goes. */
    @Test
    void tooFewBoxesAreRefused() throws IOException {
        repair(" --max-loss 0.25");
        assertThat(repaired()).exists();

        Ran ran = repair("");
        assertThat(ran.code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(repaired()).doesNotExist();
        RunResult result = result();
        assertThat(result.verdict().sentence())
                .isEqualTo("The repair was refused and no repaired network was written. The 4 clean photographs that"
                        + " decide have 4 boxes, of which one that is no longer found may be more than the 2 points that"
                        + " may be lost: it takes at least 50 boxes; give more clean photographs (--clean-images), allow"
                        + " more (--max-loss), or go on with --accept-weak-evidence.");
        assertThat(result.warnings()).contains("The repaired network of an earlier run, repaired.onnx, was removed.");
        assertThat(result.first(DetectionRates.class).orElseThrow().networks())
                .extracting(DetectionRates.Entry::network)
                .containsExactly("network as received");
        assertThat(result.costs()).extracting(Cost::step).doesNotContain("prune", "fine-tune");
    }

    @Test
    void weakEvidenceIsGoneOnWithAndSaid() throws IOException {
        Ran ran = repair(" --accept-weak-evidence");
        assertThat(ran.code()).isEqualTo(ExitCode.DONE);
        assertThat(repaired()).exists();
        assertThat(ran.out())
                .contains("WARNING: Weak evidence, accepted: 4 boxes in clean photographs cannot show what the repair"
                        + " costs.");
        assertThat(result().verdict().outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void aClassWithoutABoxToDecideOnIsRefused() throws IOException {
        try (Stream<Path> labels = Files.list(place.scenes().resolve("labels/train"))) {
            for (Path label : labels.toList()) {
                Files.writeString(label, Files.readString(label).replaceFirst("^1", "0"));
            }
        }
        Ran refused = repair(" --max-loss 0.25");
        assertThat(refused.code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(refused.out())
                .contains("The clean photographs that decide have no box of class limit, so what a repair does to them"
                        + " cannot be seen");
        Ran accepted = repair(" --max-loss 1 --max-class-loss 1 --min-accuracy 0 --accept-weak-evidence");
        assertThat(accepted.out())
                .contains("WARNING: Weak evidence, accepted: no box of class limit in the clean photographs that");
        assertThat(repaired()).exists();
    }

    /** With all channels pruned, a rate that changes nothing cannot bring anything back. */
    @Test
    void aRepairThatCostsTooMuchIsRefused() throws IOException {
        Ran ran = place.sapper("repair " + badnet + " --data S --out O --clean-images 10 --epochs 1 --allowed-drop 1"
                + " --learning-rate 1e-6,1e-7 --max-loss 0.25");
        assertThat(ran.code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(repaired()).doesNotExist();
        RunResult result = result();
        assertThat(result.settings())
                .containsEntry("channels pruned", "8 of 8")
                .containsEntry("fine-tuning", "none was kept");
        assertThat(result.verdict().sentence())
                .startsWith("The repair was refused and no repaired network was written. None of 2 learning rates would"
                        + " do; the nearest, 0.000001: On the 4 clean photographs that decide, mean average precision"
                        + " fell from 100 to ")
                .endsWith(" points lost, and at most 25 are allowed.");
        assertThat(result.first(Decisions.class).orElseThrow().decisions())
                .hasSize(3)
                .last()
                .satisfies(last -> assertThat(last.decided()).startsWith("refused: On the 4 clean"));
    }

    /** The pruned network is written with its masks in the weights, and is still a detector. */
    @Test
    void whatIsPrunedIsOffInTheFile() throws IOException {
        Ran ran = repair(" --allowed-drop 1 --max-loss 1 --max-class-loss 1 --min-accuracy 0");
        assertThat(ran.code()).isEqualTo(ExitCode.DONE);
        Graph written = OnnxReader.read(repaired());
        assertThat(Detector.is(written)).isTrue();
        float[] biases = written.initializer(written.node("conv5").input(2)).toArray();
        assertThat(IntStream.range(0, biases.length).filter(i -> biases[i] == 0))
                .hasSize(8);
        Ran found = place.sapper("evaluate " + repaired() + " --data S --min-accuracy 0");
        assertThat(found.complaints()).isEmpty();
    }

    /** Names that only the user said stand in the repaired file. */
    @Test
    void classesThatWereSaidAreWritten() throws IOException {
        Path nameless = folder.resolve("nameless.onnx");
        OnnxWriter.write(SampleDetectors.small(1), nameless);
        Path names = Files.writeString(folder.resolve("names.txt"), "limit\nstop\n");
        Ran ran = place.sapper("repair --classes " + names + " " + nameless + " --data S --out O" + QUICK
                + " --max-loss 1 --max-class-loss 1 --min-accuracy 0");
        assertThat(ran.complaints()).isEmpty();
        assertThat(OnnxReader.read(repaired()).classNames()).containsExactly("limit", "stop");
    }

    @Test
    void aDetectorHasOneMethod() {
        Ran ran = place.sapper("repair " + badnet + " --data S --out O --method auto");
        assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.complaints())
                .containsExactly("sapper: --method auto is for classifiers: a detector is repaired by fine-pruning."
                        + " Leave it out.");
    }
}
