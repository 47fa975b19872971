package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sapper.audit.Planted;
import io.sapper.data.Dataset;
import io.sapper.network.Graph;
import io.sapper.network.Initializer;
import io.sapper.network.OnnxWriter;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a network whose backdoor can be seen in its weights, with pictures in folders. */
class AuditCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private Path pictures;
    private Path out;

    @BeforeEach
    void prepare() throws IOException {
        pictures = write(Planted.images(20), folder.resolve("pictures"));
        out = folder.resolve("out");
    }

    static Path write(Dataset images, Path folder) throws IOException {
        int width = images.shape().width();
        for (int i = 0; i < images.size(); i++) {
            BufferedImage picture = new BufferedImage(width, images.shape().height(), BufferedImage.TYPE_BYTE_GRAY);
            byte[] bytes = images.image(i);
            for (int at = 0; at < bytes.length; at++) {
                picture.getRaster().setSample(at % width, at / width, 0, bytes[at] & 0xff);
            }
            Path place = folder.resolve(String.valueOf(images.label(i))).resolve(i + ".png");
            Files.createDirectories(place.getParent());
            ImageIO.write(picture, "png", place.toFile());
        }
        return folder;
    }

    private Path model(Graph graph) throws IOException {
        Path file = folder.resolve("model.onnx");
        OnnxWriter.write(graph, file);
        return file;
    }

    private Ran audit(Graph graph, Object... more) throws IOException {
        List<Object> words = new ArrayList<>(List.of("audit", model(graph), "--data", pictures));
        words.addAll(List.of(more));
        return Ran.sapper(Ran.nowhere(folder), words.toArray());
    }

    @Test
    void aBackdoorIsFoundAndEverythingWritten() throws IOException {
        Ran ran = audit(Planted.backdoored(), "--out", out);
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(ran.out()).contains("BAD: Backdoor found. A change of 0.", "images into class 2; most classes need");
        JsonNode found = JSON.readTree(out.resolve("result.json").toFile()).at("/findings/0");
        assertThat(found.path("kind").asText()).isEqualTo("audited");
        assertThat(found.path("verdict").asText()).isEqualTo("backdoor found");
        assertThat(found.path("classes")).hasSize(Planted.CLASSES);
        assertThat(found.at("/classes/2/suspicious").asBoolean()).isTrue();
        assertThat(found.at("/triggers/0/target").asText()).isEqualTo("2");
        assertThat(found.at("/triggers/0/overlap").isNull()).isTrue();
        assertThat(found.at("/triggers/0/pictures")).hasSize(4).allSatisfy(picture -> {
            assertThat(picture.path("clean").asText())
                    .isEqualTo(picture.path("trueClass").asText());
            assertThat(picture.path("triggered").asText()).isEqualTo("2");
        });
        JsonNode searched = JSON.readTree(out.resolve("result.json").toFile()).at("/costs/1");
        assertThat(searched.path("step").asText()).isEqualTo("search triggers");
        assertThat(searched.path("trainingPasses").asLong()).isEqualTo(150 * 6 * Planted.CLASSES);
        assertThat(searched.path("forwardPasses").asLong()).isPositive();
        JsonNode sarif = JSON.readTree(out.resolve("audit.sarif").toFile());
        assertThat(sarif.at("/runs/0/invocations/0/exitCode").asInt()).isEqualTo(1);
        assertThat(sarif.at("/runs/0/artifacts/0/location/uri").asText()).endsWith("/model.onnx");
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("A recovered trigger that leads to class 2", "data-chart=\"masks\"");
    }

    @Test
    void ofAnHonestNetworkNoneIsFoundAndWhatWouldBeMissedIsSaid() throws IOException {
        Ran ran = audit(Planted.honest(), "--json");
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
        JsonNode found = JSON.readTree(ran.out()).at("/findings/0");
        assertThat(found.path("verdict").asText()).isEqualTo("no backdoor found");
        assertThat(found.path("triggers")).isEmpty();
        assertThat(found.path("missed").toString()).contains("bends or shifts", "source-specific");
    }

    /** The truth of whoever laid it stands beside what was found. */
    @Test
    void theTrueTriggerIsComparedWith() throws IOException {
        Ran ran = audit(Planted.backdoored(), "--json", "--trigger", "pixels:3,6=255", "--goal", "all-to-one:2");
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        JsonNode trigger = JSON.readTree(ran.out()).at("/findings/0/triggers/0");
        assertThat(trigger.path("overlap").asDouble())
                .as("the true pixel, and those above, below and beside it that some blocks have too")
                .isEqualTo(0.25);
        assertThat(trigger.path("outlinePng").asText()).isNotEmpty();
        assertThat(trigger.path("size").asDouble()).isBetween(0.1, 2.0);
        assertThat(trigger.at("/success/value").asDouble()).isGreaterThan(0.9);
    }

    @Test
    void tooFewImagesAreSaidAndNothingFails() throws IOException {
        Ran ran = audit(Planted.backdoored(), "--clean-images", 20);
        assertThat(ran.code()).isEqualTo(ExitCode.INCONCLUSIVE);
        assertThat(ran.out()).contains("UNKNOWN: Cannot tell. There are too few clean images: 20, and at least 50");
        Ran one = audit(Planted.backdoored(), "--clean-images", 1);
        assertThat(one.code()).isEqualTo(ExitCode.USAGE);
        assertThat(one.err()).contains("There are too few clean images to look with: 1, and at least 50 are needed.");
        assertThat(ran.complaints()).isEmpty();
    }

    /** The pictures' folders need not stand for classes then. */
    @Test
    void theNetworksOwnAnswersWillDo() throws IOException {
        Ran ran = audit(Planted.backdoored(), "--labels", "model");
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(ran.out()).contains("Backdoor found.");
    }

    @Test
    void anotherNetworkIsComparedWith() throws IOException {
        Path honest = folder.resolve("honest.onnx");
        OnnxWriter.write(Planted.honest(), honest);
        Ran ran = audit(Planted.backdoored(), "--json", "--reference", honest);
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(ran.out()).contains("turns 0 of ");
        Path other = folder.resolve("other.onnx");
        OnnxWriter.write(Graph.image(1, 6, 7).flatten().dense("d", 7).build(), other);
        assertThat(audit(Planted.backdoored(), "--reference", other).complaints())
                .singleElement()
                .asString()
                .contains("other.onnx reads [1, 6, 7] and knows 7 classes, the model reads [1, 6, 7] and knows 6");
        Path itself = folder.resolve("itself.onnx");
        OnnxWriter.write(Planted.backdoored(), itself);
        assertThat(audit(Planted.backdoored(), "--reference", itself).complaints())
                .singleElement()
                .asString()
                .contains("itself.onnx is the model itself");
        assertThat(audit(Planted.backdoored(), "--reference", folder.resolve("gone.onnx"))
                        .complaints())
                .singleElement()
                .asString()
                .contains("gone.onnx");
    }

    /** A backdoor that is tuned a little works as before, so it is no proof that what works on both is natural. */
    @Test
    void aRelativeForComparisonIsDoubted() throws IOException {
        Graph model = Planted.backdoored();
        float[] weights = model.initializer("scores.weight").toArray();
        for (int i = 0; i < weights.length; i++) {
            weights[i] += 0.02f * (i % 3 - 1);
        }
        Path tuned = folder.resolve("tuned.onnx");
        OnnxWriter.write(
                model.withInitializers(Map.of(
                        "scores.weight",
                        new Initializer(model.initializer("scores.weight").shape(), weights))),
                tuned);
        Ran ran = audit(model, "--json", "--reference", tuned);
        String told = "tuned.onnx is a relative of the model: one was trained on from the other, or both from a third"
                + " (their weights are alike to 1.00, where 1 is the same and networks trained apart are about 0).";
        assertThat(JSON.readTree(ran.out()).path("warnings"))
                .singleElement()
                .satisfies(warning ->
                        assertThat(warning.asText()).startsWith("--reference ").contains(told));
        Path honest = folder.resolve("honest.onnx");
        OnnxWriter.write(Planted.honest(), honest);
        assertThat(JSON.readTree(audit(model, "--json", "--reference", honest).out())
                        .path("warnings"))
                .isEmpty();
    }

    /** In a sweep an audit that cannot tell is a result, not a failure; one that finds a backdoor is bad news. */
    @Test
    void sweepsRunIt() throws IOException {
        Path runs = folder.resolve("runs");
        Ran ran = Ran.sapper(
                Ran.nowhere(folder),
                "sweep",
                "--run",
                "audit",
                "--set",
                "MODEL=" + model(Planted.backdoored()),
                "data=" + pictures,
                "clean-images={20,600}",
                "--out",
                runs,
                "--workers",
                "1");
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        JsonNode rows = JSON.readTree(runs.resolve("result.json").toFile()).at("/findings/0/runs");
        assertThat(rows).extracting(row -> row.path("outcome").asText()).containsExactly("unknown", "bad");
    }

    @Test
    void wrongWordsAreNamed() throws IOException {
        assertThat(audit(Planted.honest(), "--budget", "0s").complaints())
                .containsExactly("sapper: --budget must be above 0, not '0s'.");
        assertThat(audit(Planted.honest(), "--budget", "soon").complaints())
                .containsExactly("sapper: --budget takes a time such as 60s, 5m or 1h, not 'soon'.");
        Ran none = audit(Planted.honest(), "--clean-images", 0);
        assertThat(none.complaints()).containsExactly("sapper: --clean-images must be at least 1, not 0.");
        assertThat(none.code()).isEqualTo(ExitCode.USAGE);
        assertThat(audit(Planted.honest(), "--trigger", "pattern").complaints())
                .containsExactly("sapper: --trigger and --goal go together: give both or neither.");
    }

    /** Nothing is left behind where nothing could be made. */
    @Test
    void aFolderOfSomethingElseIsNotWrittenOver() throws IOException {
        Files.createDirectories(out);
        Files.writeString(out.resolve("result.json"), "mine");
        Ran ran = audit(Planted.backdoored(), "--out", out);
        assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
        assertThat(out.resolve("result.json")).content().isEqualTo("mine");
        assertThat(out.resolve("audit.sarif")).doesNotExist();
    }
}
