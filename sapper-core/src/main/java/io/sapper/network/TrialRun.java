package io.sapper.network;

import io.sapper.network.operator.NotSupported;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What only a run tells: the shape of a tensor, found on one input of zeros (as many as the file asks for, where it
 * fixes the batch), within the limits on memory that hold for every run.
 */
final class TrialRun {
    private TrialRun() {}

    /**
     * Shape of a tensor without its batch.
     *
     * @throws IllegalArgumentException if the network leaves the size of its input open, or the run fails; says why
     */
    static List<Integer> shape(Graph graph, String tensor) {
        String problem = "The shape of " + tensor + " is not known before the network runs";
        if (graph.open()) {
            throw new IllegalArgumentException(problem + ", for the size of its input is open.");
        }
        try (Network network = Network.of(graph, Compute.CPU);
                PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            long[] found = network.forward(zeros(graph), List.of(tensor)).get(0).shape();
            if (found.length == 0 || found[0] != rows(graph)) {
                throw new IllegalArgumentException(
                        "it is " + Arrays.toString(found) + ", not one row for each of " + rows(graph) + " input(s)");
            }
            return withoutBatch(found);
        } catch (NotSupported e) {
            throw e.at(problem + ", and a run on an input of zeros ends: ");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    problem + ", and a run on an input of zeros does not tell: " + e.getMessage(), e);
        }
    }

    /** What each output holds. */
    static Map<String, ElementType> types(Graph graph) {
        try (Network network = Network.of(graph, Compute.CPU);
                PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            List<Tensor> made = network.forward(zeros(graph), graph.outputs());
            Map<String, ElementType> types = new HashMap<>();
            for (int i = 0; i < made.size(); i++) {
                types.put(graph.outputs().get(i), Tensors.elementType(made.get(i)));
            }
            return types;
        }
    }

    private static long rows(Graph graph) {
        long fixed = graph.inputs().get(0).batch();
        return fixed == Input.FREE ? 1 : fixed;
    }

    private static Map<String, Tensor> zeros(Graph graph) {
        Map<String, Tensor> zeros = new HashMap<>();
        for (Input input : graph.inputs()) {
            long[] sizes = input.sizes(1);
            MemoryLimit.check(sizes, input.type().bytes());
            zeros.put(input.name(), torch.zeros(sizes).to(Tensors.scalarType(input.type())));
        }
        return zeros;
    }

    static List<Integer> withoutBatch(long[] sizes) {
        return LongStream.of(sizes).skip(1).mapToObj(Math::toIntExact).toList();
    }
}
