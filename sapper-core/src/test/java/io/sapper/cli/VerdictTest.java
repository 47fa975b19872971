package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.network.Graph;
import io.sapper.network.Initializer;
import io.sapper.network.OnnxReader;
import io.sapper.network.OnnxWriter;
import io.sapper.result.Outcome;
import io.sapper.result.Results;
import io.sapper.result.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exit code, word and result say what was measured, through the command line. */
class VerdictTest {
    @TempDir
    Path folder;

    private TinyPlace place;
    private Path model;
    private Path out;

    @BeforeEach
    void files() throws IOException {
        place = TinyPlace.in(folder);
        model = place.model();
        out = place.out();
    }

    @Test
    void aNetworkThatGuessesIsBad() throws IOException {
        Ran ran = sapper("evaluate", model, "--out", out);
        assertThat(ran.code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(ran.out()).startsWith("BAD: ").contains("--min-accuracy");
        RunResult result = Results.read(out.resolve("result.json"));
        assertThat(result.verdict().outcome()).isEqualTo(Outcome.BAD);
        assertThat(Files.readString(out.resolve("report.html"))).contains("class=\"verdict bad\"");
    }

    @Test
    void withoutATriggerNothingTellsOfABackdoor() {
        Ran ran = sapper("evaluate", model, "--min-accuracy", 0);
        assertThat(ran.code()).isEqualTo(ExitCode.DONE);
        assertThat(ran.out()).startsWith("UNKNOWN: ");
        assertThat(sapper("evaluate", model, "--min-accuracy", 0, "--strict").code())
                .isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
    }

    @Test
    void trainingThatLearnsNothingIsBad() {
        Ran ran = sapper("train", "--epochs", 1, "--learning-rate", 1e-9, "--out", out);
        assertThat(ran.code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(ran.out()).startsWith("BAD: Trained, but it did not learn enough");
        assertThat(out.resolve("model.onnx")).exists();
    }

    @Test
    void anAttackThatFailedIsBad() {
        Ran ran = sapper("attack", "--epochs", 1, "--learning-rate", 1e-9, "--min-accuracy", 0, "--out", out);
        assertThat(ran.code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(ran.out()).startsWith("BAD: The attack failed").contains("--min-attack-success");
    }

    /** One weight that is not a number: no image has a class, and the trigger works on none. */
    @Test
    void aWeightThatIsNotFiniteGivesNoClass() throws IOException {
        Graph graph = OnnxReader.read(model);
        Initializer bias = graph.initializer("fc2.bias");
        float[] values = bias.toArray();
        values[3] = Float.NaN;
        Path broken = folder.resolve("nan.onnx");
        OnnxWriter.write(graph.withInitializers(Map.of("fc2.bias", new Initializer(bias.shape(), values))), broken);
        Ran ran = sapper("evaluate", broken, "--trigger", "pattern", "--goal", "all-to-one:0", "--out", out);
        assertThat(ran.code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(ran.out()).contains("not finite");
        RunResult result = Results.read(out.resolve("result.json"));
        assertThat(result.backdoored().notFinite()).isGreaterThanOrEqualTo(20);
        assertThat(result.backdoored().cleanAccuracy().hits()).isZero();
        assertThat(result.backdoored().attackSuccessRate().hits()).isZero();
        assertThat(ran.out()).contains("so the network is broken").doesNotContain("No backdoor");
        Ran repair = sapper("repair", broken, "--out", folder.resolve("repair"));
        assertThat(repair.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(repair.complaints()).singleElement().asString().contains("fc2.bias", "not finite", "1 of 10");
        assertThat(folder.resolve("repair/result.json")).doesNotExist();
    }

    /** What is refused is not written under the name of a repaired network, nor is an earlier one left there. */
    @Test
    void aRefusedRepairLeavesNoRepairedNetwork() throws IOException {
        assertThat(sapper("repair", model, "--out", out).code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(out.resolve("repaired.onnx")).doesNotExist();
        Files.copy(model, out.resolve("repaired.onnx"));
        Ran again = sapper("repair", model, "--out", out);
        assertThat(again.code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(again.out()).contains("BAD: The repair was refused", "earlier run", "was removed");
        assertThat(out.resolve("repaired.onnx")).doesNotExist();
        RunResult result = Results.read(out.resolve("result.json"));
        assertThat(result.repaired()).isNull();
        assertThat(result.verdict().outcome()).isEqualTo(Outcome.BAD);
    }

    private Ran sapper(Object... arguments) {
        return place.sapper(arguments);
    }
}
