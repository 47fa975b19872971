package io.sapper.network;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What to run for inputs of some sizes.
 *
 * @param plan the steps
 * @param constants what is known beforehand for inputs of these sizes; closed with the course
 * @param unsized names of nodes whose results have sizes that are not known before they run
 */
record Course(Plan plan, Map<String, Tensor> constants, Set<String> unsized) implements AutoCloseable {
    /**
     * What is asked for.
     *
     * @param known names of the tensors that are given
     * @param taps names of those that are wanted
     * @param sizes of the given ones
     */
    record Request(Set<String> known, List<String> taps, Map<String, List<Long>> sizes) {
        static Request of(Map<String, Tensor> known, List<String> taps) {
            Map<String, List<Long>> sizes = new HashMap<>();
            known.forEach((name, tensor) ->
                    sizes.put(name, LongStream.of(tensor.shape()).boxed().toList()));
            return new Request(Set.copyOf(known.keySet()), List.copyOf(taps), sizes);
        }

        private Map<String, long[]> given(Graph graph) {
            Map<String, long[]> given = new HashMap<>();
            sizes.forEach((name, all) ->
                    given.put(name, all.stream().mapToLong(Long::longValue).toArray()));
            boolean whole = graph.inputs().stream().allMatch(input -> given.containsKey(input.name()));
            if (!whole
                    && !given.isEmpty()
                    && !graph.open()) { // gone on with from the middle: the inputs had as many images
                long batch = batch(graph, given);
                graph.inputs().forEach(input -> given.putIfAbsent(input.name(), input.sizes(batch)));
            }
            return given;
        }

        /** How many images there are at once: some tensors have a row for each, others do not. */
        private static long batch(Graph graph, Map<String, long[]> given) {
            Sizing one = graph.sizing(1);
            Sizing two;
            try {
                two = graph.sizing(2);
            } catch (IllegalArgumentException e) {
                return 1; // something in it wants one
            }
            for (Map.Entry<String, long[]> tensor : given.entrySet()) {
                long[] single = one.shape(tensor.getKey());
                long[] twice = two.shape(tensor.getKey());
                long[] now = tensor.getValue();
                if (rows(single) > 0 && rows(twice) == 2 * rows(single) && rows(now) % rows(single) == 0) {
                    return rows(now) / rows(single);
                }
            }
            return Math.max(
                    1, given.values().stream().mapToLong(Request::rows).max().orElse(1));
        }

        private static long rows(long @Nullable [] shape) {
            return shape == null || shape.length == 0 ? 0 : shape[0];
        }
    }

    /** Works it out, with constants on the device. */
    static Course of(Graph graph, Request request, Compute compute) {
        Sizing sizing = graph.sizing(request.given(graph), Cuts.needed(graph, request.taps(), request.known()));
        Set<String> known = new HashSet<>(request.known());
        known.addAll(sizing.constants().keySet());
        Plan plan = Plan.of(graph, known, request.taps());
        Set<String> read = new HashSet<>(request.taps());
        plan.steps().forEach(step -> read.addAll(step.node().reads()));
        Map<String, Tensor> constants = new HashMap<>();
        sizing.constants().forEach((name, value) -> {
            if (read.contains(name)) {
                constants.put(name, Tensors.owned(value, compute));
            }
        });
        Set<String> unsized = new HashSet<>();
        plan.steps().stream()
                .map(Plan.Step::node)
                .filter(node -> node.made().stream().anyMatch(name -> sizing.shape(name) == null))
                .forEach(node -> unsized.add(node.name()));
        return new Course(plan, constants, unsized);
    }

    @Override
    public void close() {
        constants.values().forEach(Tensor::close);
    }
}
