package io.sapper.network;

import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;

/**
 * What is done with a file that a fuzzer made: read, looked at and run once, under a small memory limit. It may succeed
 * or be refused in one line; whatever else happens is a finding.
 */
public final class FuzzedModel {
    private static final long MEMORY = 64L << 20;
    private static final int BATCH = 2;

    private final Path file;

    public FuzzedModel() {
        try {
            file = Files.createTempFile("fuzzed", ".onnx");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        file.toFile().deleteOnExit();
        MemoryLimit.set(MEMORY);
        Engine.threads(1);
        run(OnnxWriter.toBytes(SampleGraphs.small(1)), graph -> {}); // loads what the first input would be blamed for
    }

    /**
     * Goes through it.
     *
     * @param looks what else is done with a graph that was read
     */
    public void run(byte[] bytes, Consumer<Graph> looks) {
        try {
            Files.write(file, bytes);
            Graph graph = OnnxReader.read(file);
            looks.accept(graph);
            forward(graph);
        } catch (MalformedFileException | UnsupportedModelException | IllegalArgumentException e) {
            oneLine(e, bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void oneLine(Exception refused, byte[] bytes) {
        String message = String.valueOf(refused.getMessage());
        if (message.isBlank()
                || message.lines().count() > 1
                || (message.contains("null") && !new String(bytes, StandardCharsets.ISO_8859_1).contains("null"))
                || message.contains("Exception raised from")) {
            throw new AssertionError("a refusal that is no line: " + message, refused);
        }
    }

    private static void forward(Graph graph) {
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false);
                Network network = Network.of(graph, Compute.CPU)) {
            Map<String, Tensor> inputs = new HashMap<>();
            graph.inputs().forEach(input -> inputs.put(input.name(), given(input)));
            network.forward(inputs, graph.outputs());
        }
    }

    private static Tensor given(Input input) {
        long[] sizes = input.sizes(BATCH);
        MemoryLimit.check(sizes, Double.BYTES);
        float[] values = new float[Math.toIntExact(Arrays.stream(sizes).reduce(1, Math::multiplyExact))];
        for (int i = 0; i < values.length; i++) {
            values[i] = input.type().real() ? 0.25f * (i % 7) - 0.5f : i % 3;
        }
        return Tensor.create(values, sizes).to(Tensors.scalarType(input.type()));
    }
}
