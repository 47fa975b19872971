package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.data.ImageShape;
import io.sapper.network.Graph;
import io.sapper.network.Initialization;
import io.sapper.network.OnnxReader;
import io.sapper.network.OnnxWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepairCommandTest {
    @TempDir
    Path folder;

    private Path digits;
    private Path model;
    private Path out;

    @BeforeEach
    void prepare() throws IOException {
        digits = TinyDigits.write(folder.resolve("digits"));
        model = TinyDigits.network(folder.resolve("m.onnx"), new ImageShape(1, 28, 28), 10);
        out = folder.resolve("out");
    }

    @Test
    void tooFewImagesAreRefusedAndNoNetworkIsWritten() {
        Ran ran = repair(model, "--clean-images", 20);
        assertThat(ran.code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(out.resolve("repaired.onnx")).doesNotExist();
        assertThat(out.resolve("result.json"))
                .content()
                .contains("20 clean images cannot show that no more than 2 points are lost: it takes at least 189")
                .doesNotContain("\"repaired\" : {");
        assertThat(out.resolve("report.html")).exists();
    }

    @Test
    void weakEvidenceIsGoneOnWithAndSaid() {
        Ran ran = repair(
                model, "--accept-weak-evidence", "--epochs", 1, "--learning-rate", "0.001,0.0001", "--min-accuracy", 0);
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
        assertThat(out.resolve("repaired.onnx")).exists();
        assertThat(out.resolve("result.json"))
                .content()
                .contains("Weak evidence, accepted: 15 clean images cannot show what the repair costs.")
                .contains("1 epoch, batch 64")
                .contains("\"outcome\" : \"unknown\"");
    }

    @Test
    void aNetworkOfDenseLayersIsRepairedWhereALayerIsNamed() throws IOException {
        Graph dense = Graph.image(1, 28, 28)
                .flatten()
                .dense("fc1", 8)
                .relu()
                .dense("fc2", 10)
                .build();
        OnnxWriter.write(Initialization.draw(dense, 1), model);
        Ran unnamed = repair(model, "--accept-weak-evidence");
        assertThat(unnamed.code()).isEqualTo(ExitCode.USAGE);
        assertThat(unnamed.complaints()).singleElement().asString().contains("no convolution", "fc1, fc2", "--layer");
        assertThat(Files.exists(out)).isFalse();
        Ran named = repair(model, "--accept-weak-evidence", "--layer", "fc1", "--epochs", 1, "--min-accuracy", 0);
        assertThat(named.code()).as(named.err()).isEqualTo(ExitCode.DONE);
        assertThat(OnnxReader.read(out.resolve("repaired.onnx")).classCount()).isEqualTo(10);
    }

    private Ran repair(Object... arguments) {
        Object[] all = new Object[arguments.length + 5];
        all[0] = "repair";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--data";
        all[arguments.length + 2] = digits;
        all[arguments.length + 3] = "--out";
        all[arguments.length + 4] = out;
        return Ran.sapper(Ran.nowhere(folder), all);
    }
}
