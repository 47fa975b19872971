package io.sapper.cli;

import io.sapper.network.DefaultLayer;
import io.sapper.network.FileOddities;
import io.sapper.network.ForcedGate;
import io.sapper.network.Gate;
import io.sapper.network.Gates;
import io.sapper.network.Graph;
import io.sapper.network.Input;
import io.sapper.network.Node;
import io.sapper.network.NotFinite;
import io.sapper.network.Oddities;
import io.sapper.network.Provenance;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What {@code inspect} finds in a model file. Shapes are without the batch, except those of the inputs.
 *
 * @param command {@code inspect}
 * @param model the file
 * @param sha256 of the file, in hexadecimal digits
 * @param bytes of the file
 * @param producer what wrote it, as it says itself; empty where it does not
 * @param opsets version of each domain
 * @param inputs everything that it is given
 * @param input the first input
 * @param output the first output
 * @param outputs names of all outputs
 * @param gives what the first output is
 * @param nodes in order
 * @param parameters that training can change, each counted once
 * @param multiplyAdds of one input
 * @param classes that the output scores
 * @param prunedByDefault the layer that {@code repair} prunes where nobody names one; empty where there is none
 * @param why that one, or why none
 * @param gates places where something small decides past the layers, with what it does
 * @param warnings what else is odd
 * @param notFinite weights that are not finite
 */
record Inspected(
        String command,
        String model,
        String sha256,
        long bytes,
        String producer,
        Map<String, Long> opsets,
        List<Given> inputs,
        Tensor input,
        Tensor output,
        List<String> outputs,
        String gives,
        List<Layer> nodes,
        long parameters,
        long multiplyAdds,
        int classes,
        String prunedByDefault,
        String why,
        List<Suspect> gates,
        List<String> warnings,
        List<NotFinite> notFinite) {
    /** A named tensor. */
    record Tensor(String name, List<Integer> shape) {}

    /**
     * An input.
     *
     * @param sizes of its dimensions; a question mark where any will do
     * @param layout what the dimensions are, as far as their number tells
     */
    record Given(String name, String type, List<String> sizes, String layout) {}

    /** A node, and how many stored numbers it reads that no node before it read. */
    record Layer(String name, String operator, List<Integer> output, long parameters) {}

    /**
     * A gate.
     *
     * @param path names of nodes from the input over it to an output
     * @param inputs of noise that it was tried on
     * @param changed how many answers hang on it
     * @param toClass the answer most often given when it is forced; -1 where none changes
     * @param share of the changed answers that become it
     * @param trigger whether it must be taken for a trigger: at least half of the answers hang on it
     */
    record Suspect(
            String tensor,
            String join,
            List<String> path,
            int inputs,
            int changed,
            int toClass,
            double share,
            boolean trigger) {
        String sentence() {
            return String.format(
                    Locale.ROOT,
                    "At node %s, %s is worked out of the input past the layers and decides: forced each way, it changes"
                            + " the answer on %d of %d inputs of noise%s. Path: %s.",
                    join,
                    tensor,
                    changed,
                    inputs,
                    changed == 0
                            ? ""
                            : String.format(Locale.ROOT, ", %.0f %% of them to class %d", 100 * share, toClass),
                    String.join(" > ", path));
        }
    }

    static Inspected of(Graph graph, String model, String sha256, long bytes) {
        Provenance from = graph.provenance().orElse(new Provenance("", 0, Map.of(), 0));
        DefaultLayer layer =
                DefaultLayer.in(graph).orElseGet(() -> new DefaultLayer("", DefaultLayer.none(graph)));
        List<String> warnings = new ArrayList<>(Oddities.of(graph));
        warnings.addAll(FileOddities.of(graph));
        return new Inspected(
                "inspect",
                model,
                sha256,
                bytes,
                from.producer(),
                from.opsets(),
                graph.inputs().stream().map(Inspected::given).toList(),
                new Tensor(graph.input(), graph.open() ? List.of() : graph.inputShape()),
                new Tensor(graph.output(), graph.knownShape(graph.output()).orElse(List.of())),
                graph.outputs(),
                graph.head().kind().text(),
                layers(graph),
                graph.parameterCount(),
                graph.multiplyAdds(),
                graph.knownShape(graph.output()).orElse(List.of()).isEmpty() ? 0 : graph.classCount(),
                layer.name(),
                layer.why(),
                suspects(graph, warnings),
                warnings,
                NotFinite.in(graph));
    }

    private static List<Suspect> suspects(Graph graph, List<String> warnings) {
        List<Gate> gates = Gates.in(graph);
        try {
            return ForcedGate.all(graph, gates).stream()
                    .map(forced -> new Suspect(
                            forced.gate().tensor(),
                            forced.gate().join(),
                            forced.gate().path(),
                            forced.inputs(),
                            forced.changed(),
                            forced.mostFrequent(),
                            forced.share(),
                            forced.decides()))
                    .toList();
        } catch (IllegalArgumentException e) {
            warnings.add("What a part that decides past the layers does could not be tried: " + e.getMessage());
            return gates.stream()
                    .map(gate -> new Suspect(gate.tensor(), gate.join(), gate.path(), 0, 0, -1, 0, false))
                    .toList();
        }
    }

    private static Given given(Input input) {
        List<String> sizes = input.dimensions().stream()
                .map(size -> size == Input.FREE ? "?" : String.valueOf(size))
                .toList();
        return new Given(input.name(), input.type().id(), sizes, layout(input));
    }

    /** Few channels stand first or last; else the number of dimensions has to do. */
    private static String layout(Input input) {
        List<Long> sizes = input.dimensions();
        return switch (sizes.size()) {
            case 4 -> isFew(sizes.get(3)) && !isFew(sizes.get(1)) ? "NHWC" : "NCHW";
            case 3 -> "NCL";
            case 2 -> "NF";
            default -> "";
        };
    }

    private static boolean isFew(long channels) {
        return channels == 1 || channels == 3 || channels == 4;
    }

    private static List<Layer> layers(Graph graph) {
        Set<String> counted = new HashSet<>();
        List<Layer> layers = new ArrayList<>();
        for (Node node : graph.nodes()) {
            long parameters = node.reads().stream()
                    .filter(graph.initializers()::containsKey)
                    .filter(counted::add)
                    .mapToLong(name -> graph.initializer(name).size())
                    .sum();
            layers.add(new Layer(
                    node.name(),
                    node.operator().text(),
                    graph.knownShape(node.output()).orElse(List.of()),
                    parameters));
        }
        return layers;
    }
}
