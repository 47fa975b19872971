package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.network.Graph;
import io.sapper.network.Initialization;
import io.sapper.network.OnnxReader;
import io.sapper.network.OnnxWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepairCommandTest {
    private TinyPlace place;

    @BeforeEach
    void prepare(@TempDir Path folder) throws IOException {
        place = TinyPlace.in(folder);
    }

    @Test
    void tooFewImagesAreRefusedAndNoNetworkIsWritten() {
        Ran ran = repair("--clean-images", 20);
        assertThat(ran.code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(place.out().resolve("repaired.onnx")).doesNotExist();
        assertThat(place.out().resolve("result.json"))
                .content()
                .contains("20 clean images cannot show that no more than 2 points are lost: it takes at least 189")
                .doesNotContain("\"repaired\" : {");
        assertThat(place.out().resolve("report.html")).exists();
    }

    @Test
    void weakEvidenceIsGoneOnWithAndSaid() {
        Ran ran =
                repair("--accept-weak-evidence", "--epochs", 1, "--learning-rate", "0.001,0.0001", "--min-accuracy", 0);
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
        assertThat(place.out().resolve("repaired.onnx")).exists();
        assertThat(place.out().resolve("result.json"))
                .content()
                .contains("Weak evidence, accepted: 15 clean images cannot show what the repair costs.")
                .contains("1 epoch, batch 64")
                .contains("\"outcome\" : \"unknown\"");
    }

    /** The last of the steps that were announced is the last that is made. */
    @Test
    void everyStepIsCounted() {
        Ran unknown = repair("--accept-weak-evidence", "--epochs", 1, "--min-accuracy", 0);
        assertThat(unknown.err().lines().filter(line -> line.startsWith("Step ")))
                .last()
                .isEqualTo("Step 4 of 4: measure repaired network");
        Ran known = repair(
                "--accept-weak-evidence",
                "--epochs",
                1,
                "--trigger",
                "pattern",
                "--goal",
                "all-to-one:7",
                "--min-accuracy",
                0);
        assertThat(known.err().lines().filter(line -> line.startsWith("Step ")))
                .last()
                .isEqualTo("Step 6 of 6: measure repaired network");
    }

    @Test
    void aNetworkOfDenseLayersIsRepairedWhereALayerIsNamed() throws IOException {
        Graph dense = Graph.image(1, 28, 28)
                .flatten()
                .dense("fc1", 8)
                .relu()
                .dense("fc2", 10)
                .build();
        OnnxWriter.write(Initialization.draw(dense, 1), place.model());
        Ran unnamed = repair("--accept-weak-evidence", "--epochs", 1, "--min-accuracy", 0);
        assertThat(unnamed.code()).as(unnamed.err()).isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(place.out().resolve("result.json")))
                .as("the last one before the class scores")
                .contains("\"pruned layer\" : \"fc1\"");
        Ran named = repair("--accept-weak-evidence", "--layer", "fc1", "--epochs", 1, "--min-accuracy", 0);
        assertThat(named.code()).as(named.err()).isEqualTo(ExitCode.DONE);
        assertThat(OnnxReader.read(place.out().resolve("repaired.onnx")).classCount())
                .isEqualTo(10);
    }

    @Test
    void aNetworkOfOneLayerHasNothingToPrune() throws IOException {
        Graph one = Graph.image(1, 28, 28).flatten().dense("fc", 10).build();
        OnnxWriter.write(Initialization.draw(one, 1), place.model());
        Ran ran = repair("--accept-weak-evidence");
        assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.complaints())
                .singleElement()
                .asString()
                .contains("no convolution, and no dense layer before the class scores", "Its layers: fc.");
        assertThat(Files.exists(place.out())).isFalse();
    }

    private Ran repair(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of("repair", place.model(), "--out", place.out()));
        all.addAll(List.of(arguments));
        return place.sapper(all.toArray());
    }
}
