package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.audit.Planted;
import io.sapper.network.Graph;
import io.sapper.network.OnnxWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code repair --method}, on a network whose backdoor can be seen in its weights. */
class RepairLadderTest {
    private static final Object[] STRONG = {
        "--epochs", 30, "--learning-rate", 0.3, "--max-loss", 0.05, "--max-class-loss", 0.5, "--clean-images", 250
    };

    @TempDir
    Path folder;

    private Path pictures;
    private Path model;
    private Path out;

    @BeforeEach
    void prepare() throws IOException {
        pictures = AuditCommandTest.write(Planted.images(80), folder.resolve("pictures"));
        model = model("model.onnx", Planted.backdoored());
        out = folder.resolve("out");
    }

    private Path model(String name, Graph graph) throws IOException {
        Path file = folder.resolve(name);
        OnnxWriter.write(graph, file);
        return file;
    }

    private Ran repair(Path network, Object[] settings, Object... more) {
        List<Object> words = new ArrayList<>(List.of("repair", network, "--data", pictures, "--out", out));
        words.addAll(List.of(settings));
        words.addAll(List.of(more));
        return Ran.sapper(Ran.nowhere(folder), words.toArray());
    }

    private Ran auditOfRepaired() {
        return Ran.sapper(
                Ran.nowhere(folder),
                "audit",
                out.resolve("repaired.onnx"),
                "--data",
                pictures,
                "--out",
                folder.resolve("a"));
    }

    private String json() throws IOException {
        return Files.readString(out.resolve("result.json"));
    }

    @Test
    void autoClearsWhatItRecoveredAndShowsTheLadder() throws IOException {
        Ran ran = repair(model, STRONG, "--method", "auto");
        assertThat(ran.code()).as(ran.err() + ran.out()).isEqualTo(ExitCode.DONE);
        assertThat(out.resolve("repaired.onnx")).exists();
        assertThat(ran.out())
                .contains("A backdoor was found that leads to class 2, and repaired: what was recovered works on");
        assertThat(json())
                .contains("\"method\" : \"auto\"", "Looking for triggers and warps", "leads to class 2")
                .contains("Unlearning of ", "95 % interval", "searched again, ")
                .contains("Re-activation: steps on poisoned pictures", "Repaired network, class 2, 8 poisoned pictures")
                .contains(", never suspected, 8 poisoned pictures")
                .contains("\"decided\" : \"kept\"");
        assertThat(ran.err()).as("what goes on").contains("search triggers", "search warps", "Unlearning of ");
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("Unlearning of ", "Re-activation: steps on poisoned pictures")
                .contains("What was decided, and on what: the repair", "What was decided, and on what: re-activation")
                .contains(
                        "A recovered trigger that leads to class 2",
                        "images kept back; those that are of its class already");
        Ran again = auditOfRepaired();
        assertThat(again.out())
                .as("no change leads to a class any more, but a trace is left, which the repair has told")
                .contains("Whatever it is shown, the network can be made ")
                .doesNotContain("into class");
        assertThat(json())
                .contains("A trace of the backdoor may be left in the repaired network. Whatever it is shown,");
    }

    /** A weaker backdoor leaves no trace, and then there is no such warning. */
    @Test
    void whereNoTraceIsLeftNoneIsTold() throws IOException {
        Path weak = model("weak.onnx", Planted.backdoored(2));
        Ran ran = repair(weak, STRONG, "--method", "auto");
        assertThat(ran.code()).as(ran.err() + ran.out()).isEqualTo(ExitCode.DONE);
        assertThat(json())
                .contains("Whatever it is shown, the network can be made 1.33 times as sure", "Unlearning of ")
                .doesNotContain("A trace of the backdoor may be left");
        Ran again = auditOfRepaired();
        assertThat(again.code()).as(again.out()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void anHonestNetworkForComparisonIsProbedToo() throws IOException {
        Path honest = model("honest.onnx", Planted.honest());
        Ran ran = repair(model, STRONG, "--method", "auto", "--reference", honest);
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
        assertThat(json()).contains("Network for comparison, class 2, 8 poisoned pictures");
    }

    /** A tuning that changes nothing: what came in is not handed out as repaired, nor is an earlier run's network. */
    @Test
    void whatIsNotRepairedIsNotWritten() throws IOException {
        assertThat(repair(model, STRONG, "--method", "fine-tuning").code()).isEqualTo(ExitCode.DONE);
        assertThat(out.resolve("repaired.onnx")).exists();
        assertThat(json()).doesNotContain("Looking for triggers", "Re-activation");
        Object[] feeble = {"--epochs", 1, "--learning-rate", "0.000001", "--max-loss", 0.05, "--clean-images", 250};
        Ran ran = repair(model, feeble, "--method", "auto");
        assertThat(ran.code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(out.resolve("repaired.onnx")).doesNotExist();
        assertThat(ran.out())
                .contains("Not repaired: no repaired network was written. What was recovered still works on");
        assertThat(json()).contains("rolled back: What was recovered still works on");
    }

    /** An honest network could only lose by a repair. */
    @Test
    void whereNoBackdoorIsFoundTheFileGoesOutAsItCameIn() throws IOException {
        Path honest = model("honest.onnx", Planted.honest());
        Ran ran = repair(honest, STRONG, "--method", "auto");
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
        assertThat(ran.out())
                .contains(
                        "UNKNOWN: No backdoor was found, so nothing was changed (--method fine-pruning repairs without")
                .contains("whether a backdoor is left cannot be told");
        assertThat(out.resolve("repaired.onnx")).hasSameBinaryContentAs(honest);
        assertThat(json())
                .contains("Nothing was found, so nothing was tried: the network goes out as it came in.")
                .doesNotContain("blind")
                .doesNotContain("all tune and all decide", "SGD");
    }

    @Test
    void withoutATriggerNothingIsUnlearned() throws IOException {
        Ran ran = repair(model("honest.onnx", Planted.honest()), STRONG, "--method", "unlearning");
        assertThat(ran.code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(ran.out()).contains("No trigger was recovered, so there is nothing to unlearn");
        assertThat(out.resolve("repaired.onnx")).doesNotExist();
    }

    /** Each class under the name of the one before: tuning would teach the network just that. */
    @ParameterizedTest
    @ValueSource(strings = {"auto", "fine-pruning"})
    void aNetworkThatIsRightOnNothingIsNotTaughtOtherClasses(String method) throws IOException {
        Path shifted = folder.resolve("shifted");
        for (int label = 0; label < Planted.CLASSES; label++) {
            Path to = shifted.resolve(Integer.toString((label + 1) % Planted.CLASSES));
            Files.createDirectories(to);
            try (Stream<Path> all = Files.list(pictures.resolve(Integer.toString(label)))) {
                for (Path picture : all.toList()) {
                    Files.copy(picture, to.resolve(picture.getFileName()));
                }
            }
        }
        Ran ran = Ran.sapper(
                Ran.nowhere(folder),
                "repair",
                model,
                "--data",
                shifted,
                "--out",
                out,
                "--clean-images",
                250,
                "--method",
                method);
        assertThat(ran.code()).as(ran.err() + ran.out()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err())
                .contains("The network is right on 0 of 250 clean images, no better than guessing among 6 classes")
                .contains("--classes");
        assertThat(out.resolve("repaired.onnx")).doesNotExist();
    }

    @Test
    void tooFewImagesAreRefused() throws IOException {
        Ran ran = repair(model, new Object[] {"--clean-images", 50, "--method", "auto"});
        assertThat(ran.code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(json())
                .contains("50 clean images cannot show that no more than 2 points are lost")
                .contains("Not repaired, and nothing was tried: ")
                .doesNotContain("The ladder, decided on");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--method exorcism | --method 'exorcism' is unknown. Known are fine-pruning, fine-tuning, unlearning, auto.",
                "--method auto --layer scores | --layer is for --method fine-pruning. Leave it out.",
                "--method auto --allowed-drop 0.1 | --allowed-drop is for --method fine-pruning. Leave it out.",
                "--method auto --no-variations | --no-variations is for --method fine-pruning: the others tune on varied"
                        + " images. Leave it out.",
                "--budget 5m | --budget is for --method unlearning or auto. Leave it out.",
                "--method fine-tuning --budget 5m | --budget is for --method unlearning or auto. Leave it out.",
                "--method auto --budget soon | --budget takes a time such as 60s, 5m or 1h, not 'soon'.",
                "--reference m.onnx | --reference is for --method unlearning or auto. Leave it out.",
                "--method fine-tuning --reference m.onnx | --reference is for --method unlearning or auto. Leave it out.",
            })
    void whatDoesNotFitIsSaidInOneLine(String words, String complaint) {
        Ran ran = repair(model, new Object[0], (Object[]) words.split(" "));
        assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.complaints()).containsExactly("sapper: " + complaint);
        assertThat(out).doesNotExist();
    }

    @Test
    void helpNamesTheMethods() {
        assertThat(Ran.sapper(Ran.nowhere(folder), "repair", "--help").out())
                .contains("--method", "fine-pruning, fine-tuning, unlearning", "auto");
    }
}
