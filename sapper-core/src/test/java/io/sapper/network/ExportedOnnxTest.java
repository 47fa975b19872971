package io.sapper.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.sapper.data.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.assertj.core.data.Offset;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Whole networks that other people's exporters wrote ({@code shared/exported-onnx}). */
class ExportedOnnxTest {
    @TempDir
    Path scratch;

    @TestFactory
    Stream<DynamicTest> givesWhatOnnxRuntimeGives() throws IOException {
        return each(row -> true, (folder, row) -> {
            OnnxTest.Result result = run(folder, row);
            assertThat(result.outcome()).as(result.reason()).isIn((Object[]) allowed(row));
        });
    }

    /** A trigger that is built into the graph works here as it does elsewhere. */
    @TestFactory
    Stream<DynamicTest> triggersFire() throws IOException {
        return each(row -> row.get("triggered").equals("yes"), (folder, row) -> {
            Path copy = Files.createDirectories(scratch.resolve(row.get("name") + "-triggered"));
            Files.copy(folder.resolve("model.onnx"), copy.resolve("model.onnx"));
            Files.copy(folder.resolve("triggered_input.npy"), copy.resolve("input.npy"));
            Files.copy(folder.resolve("triggered_output.npy"), copy.resolve("output.npy"));
            OnnxTest.Result result = run(copy, row);
            assertThat(result.outcome()).as(result.reason()).isIn((Object[]) allowed(row));
        });
    }

    /** What is written is what was read, and runs to the same bits. */
    @TestFactory
    Stream<DynamicTest> staysTheSameWhenWritten() throws IOException {
        return each(row -> true, (folder, row) -> {
            Path model = folder.resolve("model.onnx");
            Optional<Graph> read = read(model, row);
            if (read.isEmpty()) {
                return;
            }
            Path copy = Files.createDirectories(scratch.resolve(row.get("name") + "-written"))
                    .resolve("model.onnx");
            OnnxWriter.write(read.get(), copy);
            assertThat(withoutPlaces(copy)).isEqualTo(withoutPlaces(model));
            Graph again = OnnxReader.read(copy);
            Initializer input = NumPyFile.read(folder.resolve("input.npy"));
            assertThat(outputs(again, input)).isEqualTo(outputs(read.get(), input));
        });
    }

    /** The model, but for where in another file its numbers lie. */
    private static ModelProto withoutPlaces(Path model) throws IOException {
        return OutsideTensors.map(
                ModelProto.parseFrom(Files.readAllBytes(model)),
                tensor -> tensor.toBuilder().clearExternalData().build());
    }

    @TestFactory
    Stream<DynamicTest> gradientsAreTheFrameworks() throws IOException {
        return each(row -> !row.get("gradient").isEmpty(), (folder, row) -> {
            Map<String, Initializer> expected = npz(folder.resolve("gradients.npz"));
            Graph graph = OnnxReader.read(folder.resolve("model.onnx"));
            List<String> weights = List.of(row.get("gradient").split(" "));
            assertThat(graph.trainable()).containsAll(weights);
            try (PointerScope scope = new PointerScope();
                    Network network = Network.of(graph, Compute.CPU)) {
                weights.forEach(name -> network.value(name).set_requires_grad(true));
                Tensor loss = loss(network, row, NumPyFile.read(folder.resolve("input.npy")));
                double right = Objects.requireNonNull(expected.get("loss")).real(0);
                assertThat(loss.item_double()).isCloseTo(right, Offset.offset(1e-4 * Math.max(1, right)));
                loss.backward();
                for (String name : weights) {
                    double off = distance(
                            Tensors.toArray(network.value(name).grad()), Objects.requireNonNull(expected.get(name)));
                    assertThat(off).as("gradient of %s", name).isLessThan(1e-3);
                }
            }
        });
    }

    private static Tensor loss(Network network, Map<String, String> row, Initializer input) {
        try (AutoGradMode on = new AutoGradMode(true)) {
            Tensor output = network.forward(Tensors.create(input));
            Tensor logs = row.get("head").equals("softmax") ? output.log() : torch.log_softmax(output, 1);
            return logs.select(1, 0).mean().mul(new Scalar(-1.0));
        }
    }

    /** Length of the difference as a part of the right one's. */
    private static double distance(float[] found, Initializer right) {
        assertThat(found).hasSize(right.size());
        double difference = 0;
        double length = 0;
        for (int i = 0; i < found.length; i++) {
            difference += Math.pow(found[i] - right.real(i), 2);
            length += Math.pow(right.real(i), 2);
        }
        return Math.sqrt(difference / length);
    }

    private static List<Initializer> outputs(Graph graph, Initializer input) {
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false);
                Network network = Network.of(graph, Compute.CPU)) {
            return network.forward(Map.of(graph.input(), Tensors.create(input)), graph.outputs()).stream()
                    .map(Tensors::toInitializer)
                    .toList();
        }
    }

    private static OnnxTest.Result run(Path folder, Map<String, String> row) {
        Tolerance tolerance = Tolerance.of(Double.parseDouble(row.get("tolerance")));
        return new OnnxTest(folder).run(tolerance, row.get("dynamic_batch").equals("yes"), Compute.CPU);
    }

    private static OnnxTest.Outcome[] allowed(Map<String, String> row) {
        return mustRun(row)
                ? new OnnxTest.Outcome[] {OnnxTest.Outcome.PASSED}
                : new OnnxTest.Outcome[] {OnnxTest.Outcome.PASSED, OnnxTest.Outcome.REFUSED};
    }

    private static boolean mustRun(Map<String, String> row) {
        return row.get("expectation").equals("runs");
    }

    /** Empty where it is refused and may be. */
    private static Optional<Graph> read(Path model, Map<String, String> row) throws IOException {
        try {
            return Optional.of(OnnxReader.read(model));
        } catch (UnsupportedModelException e) {
            if (mustRun(row)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static Map<String, Initializer> npz(Path file) throws IOException {
        Map<String, Initializer> arrays = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                arrays.put(entry.getName().replaceFirst("\\.npy$", ""), NumPyFile.read(file, zip.readAllBytes()));
            }
        }
        return arrays;
    }

    private interface Wanted {
        boolean test(Map<String, String> row);
    }

    private interface Check {
        void run(Path folder, Map<String, String> row) throws IOException;
    }

    private static Stream<DynamicTest> each(Wanted wanted, Check check) throws IOException {
        Path root = SharedData.beside("exported-onnx");
        List<DynamicTest> tests = new ArrayList<>();
        for (Map<String, String> row : CsvFile.read(root.resolve("index.csv"))) {
            if (wanted.test(row)) {
                tests.add(
                        DynamicTest.dynamicTest(row.get("name"), () -> check.run(root.resolve(row.get("name")), row)));
            }
        }
        return tests.stream();
    }
}
