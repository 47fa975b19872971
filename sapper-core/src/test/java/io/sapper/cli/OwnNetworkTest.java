package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.data.ImageShape;
import io.sapper.network.Graph;
import io.sapper.network.OnnxReader;
import io.sapper.result.Results;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training and attacks that begin with a network of the user's: {@code --network FILE.onnx}. */
class OwnNetworkTest {
    private static final ImageShape DIGIT = new ImageShape(1, 28, 28);

    @TempDir
    Path folder;

    private Path data;

    @BeforeEach
    void files() throws IOException {
        data = TinyDigits.write(folder.resolve("data"));
    }

    @Test
    void trainingGoesOnFromItsWeights() throws IOException {
        Path own = TinyDigits.network(folder.resolve("own.onnx"), DIGIT, 10);
        Path out = folder.resolve("out");
        Ran ran = run("train", own, out, "--epochs", 1, "--learning-rate", 1e-9, "--weight-decay", 0);
        assertThat(ran.complaints()).isEmpty();
        assertThat(Results.read(out.resolve("result.json")).settings()).containsEntry("network", "begun from " + own);
        assertAlike(OnnxReader.read(own), OnnxReader.read(out.resolve("model.onnx")));
    }

    @Test
    void attackGoesOnFromItsWeights() throws IOException {
        Path own = TinyDigits.network(folder.resolve("own.onnx"), DIGIT, 10);
        Path out = folder.resolve("out");
        Ran ran = run("attack", own, out, "--epochs", 1, "--learning-rate", 1e-9, "--weight-decay", 0);
        assertThat(ran.complaints()).isEmpty();
        assertAlike(OnnxReader.read(own), OnnxReader.read(out.resolve("badnet.onnx")));
    }

    /** Another order of the same images: other weights, and told so. */
    @Test
    void copiesComeBesideTheirOriginalsIfAsked() throws IOException {
        Path own = TinyDigits.network(folder.resolve("own.onnx"), DIGIT, 10);
        Path plain = folder.resolve("plain");
        Path paired = folder.resolve("paired");
        assertThat(run("attack", own, plain, "--epochs", 1).complaints()).isEmpty();
        assertThat(run("attack", own, paired, "--epochs", 1, "--paired").complaints())
                .isEmpty();
        assertThat(Results.read(paired.resolve("result.json")).settings().get("training"))
                .endsWith(", copies beside their originals");
        assertThat(Results.read(plain.resolve("result.json")).settings().get("training"))
                .doesNotContain("beside");
        assertThat(OnnxReader.read(paired.resolve("badnet.onnx"))
                        .initializer("fc2.bias")
                        .toArray())
                .isNotEqualTo(OnnxReader.read(plain.resolve("badnet.onnx"))
                        .initializer("fc2.bias")
                        .toArray());
    }

    private static void assertAlike(Graph first, Graph second) {
        for (String name : first.trainable()) {
            float[] before = first.initializer(name).toArray();
            float[] after = second.initializer(name).toArray();
            for (int i = 0; i < before.length; i++) {
                assertThat(Math.abs(before[i] - after[i])).as(name).isLessThan(1e-5f);
            }
        }
    }

    @Test
    void whatDoesNotFitIsRefused() throws IOException {
        Path three = TinyDigits.network(folder.resolve("three.onnx"), DIGIT, 3);
        assertRefused(three, "three.onnx knows 3 classes, but");
        Path large = TinyDigits.network(folder.resolve("large.onnx"), new ImageShape(1, 32, 32), 10);
        assertRefused(large, "large.onnx reads inputs of shape [1, 32, 32]");
        assertRefused(folder.resolve("nowhere.onnx"), "nowhere.onnx");
        assertRefused(
                Path.of("mine"),
                "Unknown network 'mine'. Known: badnets-digits, deepid, speech-alexnet,"
                        + " speech-small; or a file FILE.onnx.");
    }

    private void assertRefused(Path network, String reason) {
        Ran ran = run("train", network, folder.resolve("refused"), "--epochs", 1);
        assertThat(ran.code()).isNotZero();
        assertThat(ran.complaints()).singleElement().asString().contains(reason);
        assertThat(folder.resolve("refused").resolve("model.onnx")).doesNotExist();
    }

    private Ran run(String command, Path network, Path out, Object... more) {
        Object[] all = new Object[more.length + 7];
        Object[] first = {command, "--data", data, "--network", network, "--out", out};
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return Ran.sapper(Ran.nowhere(folder), all);
    }
}
