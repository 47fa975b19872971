package io.sapper.network;

import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;

/**
 * The figures of large tensors inside a network, in place of the tensors: {@code tensors.csv} has the name, the shape
 * ({@code 1x24x112x112}), the least, the largest and the mean number of each.
 */
final class TensorFigures {
    private static final String FILE = "tensors.csv";

    private final Path file;
    private final List<Map<String, String>> rows;

    private TensorFigures(Path file, List<Map<String, String>> rows) {
        this.file = file;
        this.rows = rows;
    }

    /** Those of a test; none where it has no such file. */
    static TensorFigures of(Path test) throws IOException {
        Path file = test.resolve(FILE);
        return new TensorFigures(file, Files.isRegularFile(file) ? CsvFile.read(file) : List.of());
    }

    /** The tensors that have figures and are made while the network runs. */
    List<String> names(Graph graph) throws IOException {
        List<String> names = new ArrayList<>();
        for (Map<String, String> row : rows) {
            String name = row.getOrDefault("tensor", "");
            if (graph.producer(name) != null) {
                names.add(name);
            } else if (!graph.isInitializer(name)) {
                throw new MalformedFileException(file, "", "the model has no tensor " + name + ".");
            }
        }
        return names;
    }

    /** Compares what was made with the figures, in the order of {@link #names}. */
    void compare(List<String> names, List<Tensor> made, Differences differences) throws IOException {
        Map<String, Map<String, String>> byName =
                rows.stream().collect(Collectors.toMap(row -> row.getOrDefault("tensor", ""), row -> row, (a, b) -> a));
        for (int i = 0; i < names.size(); i++) {
            compare(names.get(i), byName.getOrDefault(names.get(i), Map.of()), made.get(i), differences);
        }
    }

    private void compare(String name, Map<String, String> row, Tensor made, Differences differences)
            throws IOException {
        String shape = LongStream.of(made.shape()).mapToObj(Long::toString).collect(Collectors.joining("x"));
        if (!shape.equals(row.get("shape"))) {
            throw new IllegalArgumentException(
                    "the tensor " + name + " has shape " + shape + ", not " + row.get("shape"));
        }
        float[] values = Tensors.toArray(made.to(org.bytedeco.pytorch.global.torch.ScalarType.Float));
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (float value : values) {
            least = Math.min(least, value);
            most = Math.max(most, value);
            sum += value;
        }
        double size = Math.max(Math.abs(least), Math.abs(most)); // a mean of numbers that cancel out is no surer
        Tolerance given = differences.tolerance();
        Tolerance ofMean = new Tolerance(Math.max(given.absolute(), given.relative() * size), given.relative());
        differences.add("the least of " + name, 0, least, figure(row, "min"), given);
        differences.add("the largest of " + name, 0, most, figure(row, "max"), given);
        differences.add("the mean of " + name, 0, sum / values.length, figure(row, "mean"), ofMean);
    }

    private double figure(Map<String, String> row, String column) throws IOException {
        try {
            return Double.parseDouble(row.getOrDefault(column, ""));
        } catch (NumberFormatException e) {
            throw new MalformedFileException(
                    file, "tensor " + row.get("tensor"), "its " + column + " is no number: '" + row.get(column) + "'.");
        }
    }
}
