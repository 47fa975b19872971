package io.sapper.network;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * All tests below a folder ({@link OnnxTest}). Where an {@code index.csv} lies in one of the folders around a test, its
 * row for the test (columns {@code suite} and {@code test}, or {@code name}) says how far numbers may be off
 * ({@code tolerance}, absolute and relative) and whether it must run with a batch of one too ({@code dynamic_batch}).
 * Without it, what ONNX's own runner allows holds.
 */
public final class OnnxSuite {
    /** An index may lie beside the folder that was named, or one above. */
    private static final int INDEX_ABOVE = 2;

    private static final int DEEPEST = 12;

    private final Path root;
    private final Map<Path, List<Map<String, String>>> indexes = new HashMap<>();

    /**
     * One test and what came of it.
     *
     * @param test its folder, below the one that was named
     * @param operators the operators in its model, each once
     * @param opset of ONNX's own domain; 0 where that is not known
     */
    public record Tested(Path test, OnnxTest.Result result, SortedSet<String> operators, long opset) {}

    /** @param root below which the tests are, or one of them */
    public OnnxSuite(Path root) {
        this.root = root;
    }

    /**
     * The folders that hold a model and something to compare with.
     *
     * @throws MalformedFileException if there are none
     */
    public List<Path> tests() throws IOException {
        if (!Files.isDirectory(root)) {
            throw new MalformedFileException(
                    root, "", Files.exists(root) ? "not a folder." : "there is no such folder.");
        }
        List<Path> found = new ArrayList<>();
        try (Stream<Path> all = Files.walk(root, DEEPEST)) {
            for (Path model :
                    all.filter(path -> path.endsWith(OnnxTest.MODEL)).sorted().toList()) {
                Path test = model.getParent();
                if (test != null && !TestData.sets(test).isEmpty()) {
                    found.add(test);
                }
            }
        } catch (UncheckedIOException e) {
            throw new IOException("The folder " + root + " cannot be searched (" + e.getCause() + ").", e);
        }
        if (found.isEmpty()) {
            throw new MalformedFileException(
                    root,
                    "",
                    "no folder below it holds model.onnx with test_data_set_*/output_*.pb or output*.npy beside it.");
        }
        return found;
    }

    /** Runs all, in order; each is handed on when it is done. */
    public List<Tested> run(Compute compute, Consumer<Tested> each) throws IOException {
        List<Tested> all = new ArrayList<>();
        for (Path test : tests()) {
            Map<String, String> row = row(test);
            boolean anyBatch = "yes".equals(row.get("dynamic_batch"));
            OnnxTest.Result result = new OnnxTest(test).run(tolerance(row), anyBatch, compute);
            Tested tested = tested(root.relativize(test), test, result);
            each.accept(tested);
            all.add(tested);
        }
        return all;
    }

    private static Tested tested(Path name, Path test, OnnxTest.Result result) throws IOException {
        SortedSet<String> operators = new TreeSet<>();
        long opset = 0;
        try {
            ModelProto model = OnnxReader.parse(test.resolve(OnnxTest.MODEL));
            operators(model.getGraph(), operators);
            model.getFunctionsList().forEach(function -> operators(function.getNodeList(), operators));
            opset = model.getOpsetImportList().stream()
                    .filter(version -> OnnxModel.domain(version.getDomain()).isEmpty())
                    .mapToLong(version -> version.getVersion())
                    .max()
                    .orElse(0);
        } catch (MalformedFileException | UnsupportedModelException e) {
            operators.add("(unreadable)"); // the result says why
        }
        return new Tested(name, result, operators, opset);
    }

    private static void operators(GraphProto graph, SortedSet<String> found) {
        operators(graph.getNodeList(), found);
    }

    private static void operators(List<NodeProto> nodes, SortedSet<String> found) {
        for (NodeProto node : nodes) {
            String domain = OnnxModel.domain(node.getDomain());
            found.add((domain.isEmpty() ? "" : domain + "::") + node.getOpType());
            for (AttributeProto attribute : node.getAttributeList()) {
                if (attribute.hasG()) {
                    operators(attribute.getG(), found);
                }
            }
        }
    }

    private static Tolerance tolerance(Map<String, String> row) throws IOException {
        String said = row.getOrDefault("tolerance", "").strip();
        try {
            return said.isEmpty() ? Tolerance.OF_ONNX : Tolerance.of(Double.parseDouble(said));
        } catch (IllegalArgumentException e) { // a NumberFormatException is one too
            throw new IOException("The index of the tests has the tolerance '" + said + "', which is none.", e);
        }
    }

    /** The index's row for a test; empty where there is none. */
    private Map<String, String> row(Path test) throws IOException {
        Path full = test.toAbsolutePath().normalize();
        Path highest = root.toAbsolutePath().normalize();
        for (int i = 0; i < INDEX_ABOVE && highest.getParent() != null; i++) {
            highest = highest.getParent();
        }
        for (Path at = full.getParent(); at != null && at.startsWith(highest); at = at.getParent()) {
            for (Map<String, String> row : index(at)) {
                boolean named = row.containsKey("test")
                        ? at.resolve(row.getOrDefault("suite", ""))
                                .resolve(row.get("test"))
                                .equals(full)
                        : at.resolve(row.getOrDefault("name", "?")).equals(full);
                if (named) {
                    return row;
                }
            }
        }
        return Map.of();
    }

    private List<Map<String, String>> index(Path folder) throws IOException {
        List<Map<String, String>> known = indexes.get(folder);
        if (known == null) {
            Path file = folder.resolve("index.csv");
            known = Files.isRegularFile(file) ? CsvFile.read(file) : List.of();
            indexes.put(folder, known);
        }
        return known;
    }
}
