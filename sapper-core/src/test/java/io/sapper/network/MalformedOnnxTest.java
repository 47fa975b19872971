package io.sapper.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sapper.data.MalformedFileException;
import io.sapper.data.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that are wrong, or dangerous, in one way each ({@code shared/malformed-onnx}): each has one of the outcomes
 * that its manifest allows, soon, and in one line. Reading is followed by one batch where reading refuses nothing.
 */
class MalformedOnnxTest {
    private static final Duration SOON = Duration.ofSeconds(20); // 2 on a machine that does nothing else

    @TempDir
    Path scratch;

    @TestFactory
    Stream<DynamicTest> everyFileHasAnOutcomeThatItsManifestAllows() throws IOException {
        Path folder = SharedData.beside("malformed-onnx");
        return CsvFile.read(folder.resolve("manifest.csv")).stream()
                .filter(row -> !row.get("file").startsWith("("))
                .map(row -> DynamicTest.dynamicTest(row.get("file"), () -> check(folder, row)));
    }

    /** Nobody writes to the pipe: whoever opened it would wait for ever. */
    @Test
    void aFolderOrANamedPipeIsNoModel() throws Exception {
        Path inside = Files.createDirectory(scratch.resolve("x.onnx"));
        assertThat(outcome(inside)).isEqualTo(new Outcome("malformed", inside + ": a folder, not a file."));
        Path pipe = scratch.resolve("pipe.onnx");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
        Outcome outcome = Assertions.assertTimeoutPreemptively(SOON, () -> outcome(pipe));
        assertThat(outcome).isEqualTo(new Outcome("malformed", pipe + ": neither a file nor a link to one."));
    }

    private void check(Path folder, Map<String, String> row) throws IOException {
        Path place =
                Files.createDirectories(scratch.resolve(row.get("file") + ".d").resolve("inside"));
        Path file = Files.copy(folder.resolve(row.get("file")), place.resolve(row.get("file")));
        for (String step : row.get("setup").split("; ", -1)) {
            setUp(place, step);
        }
        Outcome outcome = Assertions.assertTimeoutPreemptively(SOON, () -> outcome(file));
        assertThat(outcome.message()).doesNotContain("\n").doesNotContain("\u001b");
        String allowed = row.get("expected") + " or " + row.get("also_acceptable");
        assertThat(outcome.kind())
                .as("%s; %s: %s", row.get("what_is_wrong"), allowed, outcome.message())
                .isIn((Object[]) allowed.split(" or "));
    }

    private static void setUp(Path place, String step) throws IOException {
        String[] words = step.split(" ", -1);
        if (step.startsWith("file ")) { // file NAME of N bytes
            Files.write(place.resolve(words[1]), new byte[Integer.parseInt(words[3])]);
        } else if (step.startsWith("symbolic link ")) { // symbolic link NAME to TARGET
            Files.createSymbolicLink(place.resolve(words[2]), Path.of(words[4]));
        } else if (step.startsWith("folder ")) {
            Files.createDirectory(place.resolve(words[1]));
        } else {
            assertThat(step).isEmpty();
        }
    }

    private record Outcome(String kind, String message) {}

    private static Outcome outcome(Path file) throws IOException {
        try {
            Graph graph = OnnxReader.read(file);
            run(graph);
            List<String> odd = new ArrayList<>(Oddities.of(graph));
            NotFinite.in(graph).forEach(tensor -> odd.add(tensor.toString()));
            return new Outcome(odd.isEmpty() ? "valid" : "accepted-with-warning", String.join(" ", odd));
        } catch (UnsupportedModelException | MemoryLimit.TooLarge e) {
            return new Outcome("unsupported", String.valueOf(e.getMessage()));
        } catch (MalformedFileException | IllegalArgumentException e) {
            return new Outcome("malformed", String.valueOf(e.getMessage()));
        }
    }

    private static void run(Graph graph) {
        Map<String, Tensor> inputs = new HashMap<>();
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false);
                Network network = Network.of(graph, Compute.CPU)) {
            for (Input input : graph.inputs()) {
                Tensor ones = torch.ones(input.sizes(1));
                inputs.put(input.name(), ones.to(Tensors.scalarType(input.type())));
            }
            network.forward(inputs, graph.outputs());
        }
    }
}
