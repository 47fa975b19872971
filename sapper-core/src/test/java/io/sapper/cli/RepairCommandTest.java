package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.network.ElementType;
import io.sapper.network.Graph;
import io.sapper.network.Initialization;
import io.sapper.network.Initializer;
import io.sapper.network.OnnxReader;
import io.sapper.network.OnnxWriter;
import io.sapper.network.SampleFiles;
import io.sapper.network.SampleGraphs;
import io.sapper.network.SampleSequences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RepairCommandTest {
    private static final Object[] QUICK = {
        "--accept-weak-evidence", "--epochs", 1, "--learning-rate", "0.05", "--min-accuracy", 0
    };

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

    /** Tuning changes weights, and a trigger in the graph has none: it is said, also where all else is well. */
    @Test
    void aTriggerInTheGraphIsSaid() throws IOException {
        Graph honest = OnnxReader.read(place.model());
        OnnxWriter.write(SampleGraphs.withPixelGate(honest, 1e4), place.model());
        Ran ran = repair("--accept-weak-evidence", "--epochs", 1, "--min-accuracy", 0);
        assertThat(ran.err() + ran.out())
                .contains("WARNING: A trigger may be built into the graph at node join, which tuning cannot remove");
        OnnxWriter.write(honest, place.model());
        assertThat(sapper("evaluate", place.model(), "--data", "synthetic-digits")
                        .err())
                .doesNotContain("A trigger may be built");
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

    /** A network of halves whose weights lie beside it: tuned, it is one again, and what changed is listed. */
    @Test
    void halvesBesideAModelComeOutAsSuch() throws IOException {
        halvesBeside();
        Ran ran = repair(QUICK);
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
        Graph repaired = OnnxReader.read(place.out().resolve("repaired.onnx"));
        assertThat(repaired.dataFiles()).containsExactly("repaired.onnx.data");
        assertThat(repaired.trainable())
                .isNotEmpty()
                .allMatch(name -> repaired.initializer(name).type() == ElementType.FLOAT16);
        assertThat(ran.out()).contains("repaired.onnx: 8 of 8 stored tensors changed:", "  conv1.weight, conv1.bias, ");
        String json = Files.readString(place.out().resolve("result.json"));
        assertThat(json)
                .contains("\"kind\" : \"changes\"", "\"type\" : \"float16\"")
                .contains("\"name\" : \"repaired.onnx.data\"", "\"name\" : \"weights.bin\"");
        assertThat(Files.readString(place.out().resolve("report.html")))
                .contains("What the repaired file has changed", "<code>conv1.weight</code>");
    }

    /** The numbers go in and come out in the file's type, and so does everything that is stored. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT16", "BFLOAT16", "DOUBLE"})
    void aNetworkOfOneTypeThroughoutIsRepaired(ElementType type) throws IOException {
        Graph own = OnnxReader.read(place.model());
        Files.write(place.model(), SampleFiles.typedThroughout(own, type).toByteArray());
        Ran ran = repair(QUICK);
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
        Graph repaired = OnnxReader.read(place.out().resolve("repaired.onnx"));
        assertThat(repaired.inputs().get(0).type()).isEqualTo(type);
        assertThat(repaired.initializers().values())
                .extracting(Initializer::type)
                .containsOnly(type);
    }

    /** Of an earlier run neither the network nor its numbers are left where this one is refused. */
    @Test
    void aRefusalTakesTheNumbersAlong() throws IOException {
        halvesBeside();
        repair(QUICK);
        assertThat(place.out().resolve("repaired.onnx.data")).exists();
        assertThat(repair("--clean-images", 20).code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(place.out().resolve("repaired.onnx")).doesNotExist();
        assertThat(place.out().resolve("repaired.onnx.data")).doesNotExist();
    }

    /** Somebody's own file of this name stays his. */
    @Test
    void numbersOfOthersAreNotReplaced() throws IOException {
        Files.createDirectories(place.out());
        Files.write(place.out().resolve("repaired.onnx.data"), new byte[] {1});
        Ran ran = repair(QUICK);
        assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("would replace", "repaired.onnx.data", "it did not write");
        assertThat(place.out().resolve("repaired.onnx.data")).hasBinaryContent(new byte[] {1});
    }

    @Test
    void statisticsFollowTheImagesWhereThatIsSaid() throws IOException {
        Graph normalised = Graph.image(1, 28, 28)
                .convolution("conv1", 4, 5)
                .batchNormalization()
                .relu()
                .maxPool(4)
                .flatten()
                .dense("fc", 10)
                .build();
        OnnxWriter.write(Initialization.draw(normalised, 1), place.model());
        assertThat(repair(QUICK).code()).isEqualTo(ExitCode.DONE);
        assertThat(variance()).containsOnly(1f);
        List<Object> running = new ArrayList<>(List.of(QUICK));
        running.addAll(List.of("--batch-norm", "running"));
        assertThat(repair(running.toArray()).code()).isEqualTo(ExitCode.DONE);
        assertThat(variance()).doesNotContain(1f);
        assertThat(Files.readString(place.out().resolve("result.json"))).contains("running statistics");
        Ran wrong = repair("--batch-norm", "often");
        assertThat(wrong.code()).isEqualTo(ExitCode.USAGE);
        assertThat(wrong.complaints()).containsExactly("sapper: --batch-norm 'often' is none of frozen, running.");
    }

    private float[] variance() throws IOException {
        return OnnxReader.read(place.out().resolve("repaired.onnx"))
                .initializer("conv1.norm.variance")
                .toArray();
    }

    private void halvesBeside() throws IOException {
        Graph own = OnnxReader.read(place.model());
        SampleFiles.outside(SampleFiles.typed(own, ElementType.FLOAT16), place.model());
    }

    private Ran repair(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of("repair", place.model(), "--out", place.out()));
        all.addAll(List.of(arguments));
        return place.sapper(all.toArray());
    }
}
