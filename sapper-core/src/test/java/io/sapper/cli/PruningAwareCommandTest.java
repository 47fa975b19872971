package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.result.Decisions;
import io.sapper.result.Results;
import io.sapper.result.RunResult;
import io.sapper.result.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code attack --pruning-aware}, as a user sees it. */
class PruningAwareCommandTest {
    @TempDir
    Path folder;

    private TinyPlace place;
    private Path out;

    @BeforeEach
    void files() throws IOException {
        place = TinyPlace.in(folder);
        out = place.out();
    }

    @Test
    void saysWhatEachStepDid() throws IOException {
        attack(12, "--decoys", "just-dormant:0.5", "--capacity", "1:0");
        RunResult result = Results.read(out.resolve("result.json"));
        assertThat(result.first(Steps.class).orElseThrow().steps())
                .extracting(Steps.Step::name)
                .containsExactly(
                        "1. Clean training", "2. Pruning", "3. Re-training", "4. Decoys", "Check on test data");
        assertThat(result.first(Steps.class).orElseThrow().steps())
                .extracting(Steps.Step::did)
                .anyMatch(did -> did.startsWith("20 of the 32 channels of layer conv2 were switched off"))
                .anyMatch(did -> did.contains("It had room enough (clean accuracy may fall by 100.00 points"))
                .anyMatch(did -> did.contains("so that they stay 0.5 below zero on every image of the attacker"))
                .anyMatch(did -> did.contains("the class that it gave before step 4"));
        assertThat(result.first(Decisions.class).orElseThrow().decisions())
                .singleElement()
                .satisfies(decision -> {
                    assertThat(decision.what()).isEqualTo("Re-training with 12 live channels");
                    assertThat(decision.decided()).isEqualTo("kept");
                });
        assertThat(result.settings())
                .containsEntry("layer with decoys", "conv2")
                .containsEntry("live channels", "12 of 32")
                .containsEntry("decoys", "just-dormant:0.5")
                .containsEntry("capacity", "1:0");
        assertThat(Files.readString(out.resolve("report.html"))).contains("4. Decoys");
        assertThat(out.resolve("checkpoint")).doesNotExist();
        assertThat(inspected()).doesNotContain("no input wakes it");
    }

    @Test
    void crudeDecoysAreNamedByInspect() throws IOException {
        attack(12, "--decoys", "crude", "--capacity", "1:0");
        assertThat(inspected()).contains("of layer conv2 has a bias of -1.0E20, so that no input wakes it");
        assertThat(Files.readString(out.resolve("result.json"))).contains("as in the authors' released weights");
    }

    /** A network that learns nothing has never room enough. */
    @Test
    void restoredChannelsAreDecisions() throws IOException {
        Ran ran = attack(31, "--learning-rate", 1e-9, "--capacity", "1:1");
        assertThat(ran.out()).contains("WARNING: Even with all channels of layer conv2 in use");
        RunResult result = Results.read(out.resolve("result.json"));
        assertThat(result.first(Decisions.class).orElseThrow().decisions())
                .extracting(Decisions.Decision::decided)
                .containsExactly("one channel restored", "kept: no channel is left to restore");
        assertThat(result.settings()).containsEntry("live channels", "32 of 32, asked for 31");
    }

    private Ran attack(int live, Object... more) {
        List<Object> words = new ArrayList<>(List.of("attack", "--pruning-aware", live, "--epochs", 1, "--out", out));
        words.addAll(List.of(more));
        Ran ran = place.sapper(words.toArray());
        assertThat(ran.complaints()).isEmpty();
        return ran;
    }

    private String inspected() {
        return Ran.sapper(Ran.nowhere(folder), "inspect", out.resolve("badnet.onnx"))
                .out();
    }
}
