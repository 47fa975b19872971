package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.network.Graph;
import io.sapper.network.Initialization;
import io.sapper.network.OnnxReader;
import io.sapper.network.OnnxWriter;
import io.sapper.network.SampleSequences;
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
    void aNetworkOfOneLayerIsTunedOnly() throws IOException {
        Graph one = Graph.image(1, 28, 28).flatten().dense("fc", 10).build();
        OnnxWriter.write(Initialization.draw(one, 1), place.model());
        Ran ran = repair(
                "--accept-weak-evidence",
                "--epochs",
                1,
                "--min-accuracy",
                0,
                "--trigger",
                "pixel",
                "--goal",
                "all-to-one:7",
                "--max-attack-success",
                1);
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(place.out().resolve("result.json")))
                .contains("none: the network has no hidden layer, so it was tuned only")
                .contains("Fine-tuning; no layer could be pruned")
                .doesNotContain("pruning-curve");
        assertThat(place.out().resolve("report.html")).exists();
        assertThat(OnnxReader.read(place.out().resolve("repaired.onnx")).classCount())
                .isEqualTo(10);
        Ran inspected = sapper("inspect", place.model());
        assertThat(inspected.out()).contains("pruned by default: none: tuning only; no layer stands before");
    }

    /** A mixer: nothing in it is a convolution but what cuts the picture into patches. */
    @Test
    void aMixerIsPrunedAtTheFeaturesOfItsScores() throws IOException {
        Path model = place.folder().resolve("mixer.onnx");
        OnnxWriter.write(SampleSequences.mixer(1), model);
        assertThat(sapper("inspect", model).out()).contains("pruned by default: features, the features");
        Path pictures = TinyPictures.write(place.folder().resolve("pictures"), 3, 12, 8, 8);
        for (String layer : List.of("", "mlp1", "features")) {
            List<Object> words = new ArrayList<>(List.of("repair", model, "--data", pictures, "--out", place.out()));
            words.addAll(List.of("--accept-weak-evidence", "--epochs", 1, "--min-accuracy", 0, "--labels", "model"));
            words.addAll(List.of("--clean-images", 20, "--max-loss", 1, "--max-class-loss", 1, "--allowed-drop", 1));
            if (!layer.isEmpty()) {
                words.addAll(List.of("--layer", layer));
            }
            Ran ran = sapper(words.toArray());
            assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
            assertThat(Files.readString(place.out().resolve("result.json")))
                    .contains("\"pruned layer\" : \"" + (layer.isEmpty() ? "features" : layer) + "\"");
            assertThat(OnnxReader.read(place.out().resolve("repaired.onnx")).classCount())
                    .isEqualTo(3);
        }
        Ran wrong = sapper("repair", model, "--data", pictures, "--out", place.out(), "--layer", "norm");
        assertThat(wrong.code()).isEqualTo(ExitCode.USAGE);
        assertThat(wrong.complaints())
                .singleElement()
                .asString()
                .contains("no channels of its own", "patch, mlp1, mlp2");
    }

    /** Pictures nobody sorted, of other sizes than the network's. */
    @Test
    void unlabelledPicturesAreScaledAndCut() throws IOException {
        Path model = place.folder().resolve("mixer.onnx");
        OnnxWriter.write(SampleSequences.mixer(1), model);
        Path pictures = TinyPictures.flat(place.folder().resolve("pictures"), 40, 12, 16, 1);
        List<Object> words = new ArrayList<>(List.of("repair", model, "--data", pictures, "--out", place.out()));
        words.addAll(List.of("--input", "unit,resize=10,crop=8", "--accept-weak-evidence", "--epochs", 1));
        words.addAll(List.of("--clean-images", 20, "--max-loss", 1, "--max-class-loss", 1, "--min-accuracy", 0));
        Ran unsaid = sapper(words.toArray());
        assertThat(unsaid.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(unsaid.complaints()).singleElement().asString().contains("add --labels model");
        words.addAll(List.of("--labels", "model"));
        Ran ran = sapper(words.toArray());
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
        String result = Files.readString(place.out().resolve("result.json"));
        assertThat(result)
                .contains("8x8 (rows x columns); all scaled to a shorter side of 10, then the middle cut out")
                .contains("40 pictures found in and below the folder")
                .contains("the network's own answers (--labels model)");
        assertThat(Files.readString(place.out().resolve("report.html"))).contains("then the middle cut out");
    }

    private Ran sapper(Object... words) {
        return Ran.sapper(Ran.nowhere(place.folder()), words);
    }

    private Ran repair(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of("repair", place.model(), "--out", place.out()));
        all.addAll(List.of(arguments));
        return place.sapper(all.toArray());
    }
}
