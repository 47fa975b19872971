package io.sapper.network;

import io.sapper.data.MalformedFileException;
import io.sapper.network.operator.NotSupported;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;

/**
 * A model with inputs and the outputs that it must give, as ONNX's own test suites have them: a folder with
 * {@code model.onnx} and {@code test_data_set_*} or {@code .npy} files, and {@code tensors.csv} where tensors inside
 * the network are to be compared too.
 */
public final class OnnxTest {
    /** The name that the model of every test has. */
    static final String MODEL = "model.onnx";

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

    /** As {@link #run(Tolerance, boolean, Compute)}, as far as the tolerance may be absolute or relative. */
    public Result run(double tolerance, Compute compute) {
        return run(Tolerance.of(tolerance), false, compute);
    }

    /**
     * Runs the model on each set of inputs and compares. Whatever goes wrong is a result.
     *
     * @param anyBatch whether the first of a batch must give the same alone
     */
    public Result run(Tolerance tolerance, boolean anyBatch, Compute compute) {
        Differences differences = new Differences(tolerance);
        try {
            compare(differences, anyBatch, compute);
        } catch (UnsupportedModelException | NotSupported e) {
            return new Result(Outcome.REFUSED, Double.NaN, message(e));
        } catch (IllegalArgumentException | IOException e) {
            return new Result(Outcome.FAILED, Double.NaN, message(e));
        } catch (RuntimeException | StackOverflowError e) {
            return new Result(Outcome.FAILED, Double.NaN, e.getClass().getSimpleName() + ": " + message(e));
        }
        return differences.allowed()
                ? new Result(Outcome.PASSED, differences.largest(), "")
                : new Result(Outcome.FAILED, differences.largest(), differences.worst());
    }

    private static String message(Throwable e) {
        return MalformedFileException.oneLine(
                String.valueOf(e.getMessage()).strip().lines().findFirst().orElse(""));
    }

    private void compare(Differences differences, boolean anyBatch, Compute compute) throws IOException {
        List<Path> sets = TestData.sets(folder);
        if (sets.isEmpty()) {
            throw new MalformedFileException(folder, "", "there is nothing to compare with: no output.");
        }
        Graph graph = OnnxReader.readAny(folder.resolve(MODEL));
        TensorFigures figures = TensorFigures.of(folder);
        try (Network network = Network.of(graph, compute)) {
            for (Path set : sets) {
                TestData data = TestData.read(set);
                check(graph, data);
                compare(network, data, figures, differences);
                if (anyBatch && eachAlone(graph, data)) {
                    compareFirst(network, data, differences);
                }
            }
        }
    }

    private static void check(Graph graph, TestData data) {
        data.inputs().forEach((position, given) -> {
            if (position >= graph.inputs().size()) {
                throw new IllegalArgumentException("there is an input " + position + ", and the model has "
                        + graph.inputs().size() + " input(s)");
            }
            Input input = graph.inputs().get(position);
            if (given.type() != input.type()) {
                throw new IllegalArgumentException("the input " + input.name() + " is of type "
                        + given.type().id() + ", and the model takes "
                        + input.type().id());
            }
        });
        for (int position : data.outputs().keySet()) {
            if (position >= graph.outputs().size()) {
                throw new IllegalArgumentException("there is an output " + position + ", and the model has "
                        + graph.outputs().size() + " output(s)");
            }
        }
    }

    private static void compare(Network network, TestData data, TensorFigures figures, Differences differences)
            throws IOException {
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            Graph graph = network.graph();
            List<String> inside = figures.names(graph);
            List<Tensor> made = run(
                    network,
                    data.inputs(),
                    Stream.concat(graph.outputs().stream(), inside.stream()).toList());
            int outputs = graph.outputs().size();
            data.outputs()
                    .forEach((position, expected) ->
                            compare(graph.outputs().get(position), made.get(position), expected, differences));
            figures.compare(inside, made.subList(outputs, made.size()), differences);
        }
    }

    private static List<Tensor> run(Network network, Map<Integer, Initializer> given, List<String> wanted) {
        Map<String, Tensor> inputs = new HashMap<>();
        given.forEach((position, value) -> inputs.put(
                network.graph().inputs().get(position).name(), Engine.move(Tensors.create(value), network.compute())));
        return network.forward(inputs, wanted);
    }

    private static void compare(String name, Tensor made, Initializer expected, Differences differences) {
        List<Integer> shape =
                LongStream.of(made.shape()).mapToObj(Math::toIntExact).toList();
        if (!shape.equals(expected.shape())) {
            throw new IllegalArgumentException(
                    "the output " + name + " has shape " + shape + ", not " + expected.shape());
        }
        if (made.scalar_type().intern() != Tensors.scalarType(expected.type())) {
            throw new IllegalArgumentException("the output " + name + " is of type "
                    + Tensors.elementType(made).id() + ", not "
                    + expected.type().id());
        }
        differences.add(name, Tensors.toInitializer(made), expected);
    }

    /** Whether an example's outputs are its own: the batch is free everywhere, and no statistics are of the batch. */
    private static boolean eachAlone(Graph graph, TestData data) {
        boolean free = graph.inputs().stream().allMatch(input -> input.batch() == Input.FREE);
        boolean batches = Stream.concat(data.inputs().values().stream(), data.outputs().values().stream())
                .allMatch(value -> !value.shape().isEmpty() && value.shape().get(0) > 0);
        return free
                && batches
                && graph.nodes().stream()
                        .noneMatch(node -> node.operator().attributes().integer("training_mode", 0) != 0);
    }

    private static void compareFirst(Network network, TestData data, Differences differences) {
        Map<Integer, Initializer> alone = new TreeMap<>();
        data.inputs().forEach((position, value) -> alone.put(position, first(value)));
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            List<Tensor> made = run(network, alone, network.graph().outputs());
            data.outputs()
                    .forEach((position, expected) -> compare(
                            network.graph().outputs().get(position) + " of the first example alone",
                            made.get(position),
                            first(expected),
                            differences));
        }
    }

    /** The first of a batch, as a batch of one. */
    private static Initializer first(Initializer batch) {
        List<Integer> shape = new java.util.ArrayList<>(batch.shape());
        int bytes = batch.bytes().remaining() / shape.set(0, 1);
        return Initializer.of(batch.type(), shape, batch.bytes().slice(0, bytes));
    }
}
