package io.sapper.network;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;

/**
 * A model with inputs and the outputs that it must give, as ONNX's own test suites have them: a folder with
 * {@code model.onnx} and {@code test_data_set_*} or {@code .npy} files.
 */
public final class OnnxTest {
    private final Path folder;

    /** @param folder that holds {@code model.onnx} */
    public OnnxTest(Path folder) {
        this.folder = folder;
    }

    /** How it went. */
    public enum Outcome {
        PASSED,
        FAILED,
        REFUSED
    }

    /**
     * What came of one test.
     *
     * @param outcome how it went
     * @param difference largest difference from what was expected, divided by the larger of 1 and the expected number;
     *     NaN where nothing could be compared
     * @param reason why it failed or was refused; empty otherwise
     */
    public record Result(Outcome outcome, double difference, String reason) {}

    /**
     * Runs the model on each set of inputs and compares.
     *
     * @param tolerance the largest difference that passes
     */
    public Result run(double tolerance, Compute compute) throws IOException {
        Graph graph;
        try {
            graph = OnnxReader.read(folder.resolve("model.onnx"));
        } catch (UnsupportedModelException e) {
            return new Result(Outcome.REFUSED, Double.NaN, String.valueOf(e.getMessage()));
        } catch (MalformedFileException e) {
            return new Result(Outcome.FAILED, Double.NaN, String.valueOf(e.getMessage()));
        }
        double worst = 0;
        try (Network network = Network.of(graph, compute)) {
            for (Path set : sets()) {
                worst = Math.max(worst, difference(network, set));
            }
        } catch (IllegalArgumentException e) {
            return new Result(Outcome.FAILED, Double.NaN, String.valueOf(e.getMessage()));
        }
        return worst <= tolerance
                ? new Result(Outcome.PASSED, worst, "")
                : new Result(Outcome.FAILED, worst, "largest difference " + worst + ", allowed " + tolerance);
    }

    private List<Path> sets() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> sets = files.filter(Files::isDirectory)
                    .filter(path -> String.valueOf(path.getFileName()).startsWith("test_data_set_"))
                    .sorted()
                    .toList();
            return sets.isEmpty() ? List.of(folder) : sets;
        }
    }

    private double difference(Network network, Path set) throws IOException {
        Graph graph = network.graph();
        List<Initializer> given = tensors(set, "input");
        List<Initializer> expected = tensors(set, "output");
        if (given.size() > graph.inputs().size()) {
            throw new IllegalArgumentException("there are " + given.size() + " inputs in " + set.getFileName()
                    + ", and the model has " + graph.inputs().size());
        }
        double worst = 0;
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            Map<String, Tensor> inputs = new HashMap<>();
            for (int i = 0; i < given.size(); i++) {
                inputs.put(
                        graph.inputs().get(i).name(),
                        Engine.move(Tensors.create(given.get(i)), network.compute()));
            }
            List<Tensor> made = network.forward(inputs, graph.outputs());
            for (int i = 0; i < Math.min(expected.size(), made.size()); i++) {
                worst = Math.max(worst, difference(made.get(i), expected.get(i), graph.outputs().get(i)));
            }
        }
        return worst;
    }

    private static double difference(Tensor made, Initializer expected, String name) {
        List<Integer> shape =
                LongStream.of(made.shape()).mapToObj(Math::toIntExact).toList();
        if (!shape.equals(expected.shape())) {
            throw new IllegalArgumentException(
                    "the output " + name + " has shape " + shape + ", not " + expected.shape());
        }
        if (made.scalar_type().intern() != Tensors.scalarType(expected.type())) {
            throw new IllegalArgumentException("the output " + name + " is of type "
                    + Tensors.elementType(made).id() + ", not " + expected.type().id());
        }
        Initializer found = Tensors.toInitializer(made);
        double worst = 0;
        for (int i = 0; i < found.size(); i++) {
            worst = Math.max(worst, difference(found.real(i), expected.real(i)));
        }
        return worst;
    }

    private static double difference(double found, double expected) {
        if (found == expected || (Double.isNaN(found) && Double.isNaN(expected))) {
            return 0;
        }
        double difference = Math.abs(found - expected) / Math.max(1, Math.abs(expected));
        return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
    }

    /** {@code input_0.pb}, {@code input_1.pb}, ..., or {@code input.npy}, {@code input_1.npy}, ... */
    private static List<Initializer> tensors(Path set, String kind) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(set)) {
            files = all.filter(path -> String.valueOf(path.getFileName()).matches(kind + "(_\\d+)?\\.(pb|npy)"))
                    .sorted(Comparator.comparingInt(OnnxTest::number))
                    .toList();
        }
        List<Initializer> tensors = new ArrayList<>();
        for (Path file : files) {
            tensors.add(file.toString().endsWith(".npy") ? NumPyFile.read(file) : proto(file));
        }
        return tensors;
    }

    private static int number(Path file) {
        String digits = String.valueOf(file.getFileName()).replaceAll("\\D", "");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    private static Initializer proto(Path file) throws IOException {
        try {
            return new OnnxTensor(
                            file,
                            String.valueOf(file.getFileName()),
                            TensorProto.parseFrom(Files.readAllBytes(file)))
                    .read();
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedFileException(file, "", "not a tensor in ONNX's format.");
        }
    }
}
