package io.sapper.network;

import io.sapper.network.operator.NotSupported;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The shapes of the tensors that flow for one input: as they are foretold, and where they are not, as one run on one
 * input of zeros finds them (docs/decisions/0048).
 */
final class FlowingShapes {
    private final Graph graph;
    private final @Nullable Sizing sizing;
    private final Map<String, List<Integer>> tried = new ConcurrentHashMap<>();

    FlowingShapes(Graph graph) {
        this.graph = graph;
        this.sizing = graph.open() ? null : graph.sizing(1);
    }

    /** The sizes for one input that are known before the network runs; null where its input leaves them open. */
    @Nullable
    Sizing foretold() {
        return sizing;
    }

    /** Shape without the batch, where it is known before the network runs. */
    Optional<List<Integer>> known(String tensor) {
        long[] sizes = sizing == null ? null : sizing.shape(tensor);
        return sizes == null ? Optional.empty() : Optional.of(TrialRun.withoutBatch(sizes));
    }

    /** Shape without the batch; found out once by a run, where it is not known before. */
    List<Integer> of(String tensor) {
        return known(tensor).orElseGet(() -> tried.computeIfAbsent(tensor, name -> TrialRun.shape(graph, name)));
    }

    /** How many classes the output scores, where that is known before the network runs; empty if it scores none. */
    OptionalInt knownClasses() {
        return known(graph.output())
                .filter(shape -> shape.size() == 1)
                .map(shape -> OptionalInt.of(shape.get(0)))
                .orElse(OptionalInt.empty());
    }

    /** How many classes the output scores. */
    int classes() {
        List<Integer> shape = of(graph.output());
        if (shape.size() != 1) {
            throw new NotSupported("The output " + graph.output() + " has "
                    + (shape.isEmpty()
                            ? "one number"
                            : String.join(
                                            "x",
                                            shape.stream().map(String::valueOf).toList())
                                    + " numbers")
                    + " for each image, so it is no row of class scores, one for each class."
                    + " Maybe export the network with its class scores as the first output.");
        }
        return shape.get(0);
    }

    /** Whether the numbers of a tensor are known before the network runs. */
    boolean isConstant(String tensor) {
        return sizing != null && sizing.constants().containsKey(tensor);
    }

    /** Numbers in the two largest tensors. */
    long largest() {
        Sizing foretold = sizing;
        if (foretold == null) {
            return 0;
        }
        long[] largest = graph.nodes().stream()
                .flatMap(node -> node.made().stream())
                .mapToLong(name -> {
                    long[] shape = foretold.shape(name);
                    return shape == null ? 0 : LongStream.of(shape).reduce(1, (a, b) -> a * b);
                })
                .sorted()
                .toArray();
        return largest.length == 0 ? 0 : largest[largest.length - 1] + largest[Math.max(0, largest.length - 2)];
    }
}
