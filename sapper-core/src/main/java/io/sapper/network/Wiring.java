package io.sapper.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which node makes each tensor of a graph, and which read it. */
final class Wiring {
    private final Map<String, Node> makers = new HashMap<>();
    private final Map<String, List<Node>> readers = new HashMap<>();

    /**
     * Of nodes in topological order.
     *
     * @param stored names of the initial values
     * @throws IllegalArgumentException if a tensor is read before it is made, or two things have one name; names the
     *     node
     */
    Wiring(List<Input> inputs, List<String> outputs, List<Node> nodes, Set<String> stored) {
        Set<String> names = new HashSet<>();
        Set<String> made = new HashSet<>(stored);
        for (Input input : inputs) {
            if (!made.add(input.name())) {
                throw new IllegalArgumentException("Two tensors have the name " + input.name() + ".");
            }
        }
        for (Node node : nodes) {
            if (!names.add(node.name())) {
                throw new IllegalArgumentException("Two nodes have the name " + node.name() + ".");
            }
            add(node, made);
        }
        for (String output : outputs) {
            if (!made.contains(output)) {
                throw new IllegalArgumentException("No node makes the output " + output + ".");
            }
        }
    }

    private void add(Node node, Set<String> made) {
        for (String read : node.reads()) {
            require(made.contains(read), node, "reads " + read + ", which nothing made");
            readers.computeIfAbsent(read, name -> new ArrayList<>()).add(node);
        }
        for (String output : node.made()) {
            require(made.add(output), node, "makes " + output + ", which is there already");
            makers.put(output, node);
        }
    }

    private static void require(boolean holds, Node node, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "Node " + node.name() + " (" + node.operator().text() + "): " + problem);
        }
    }

    /** The nodes that read a tensor, in order. */
    List<Node> consumers(String tensor) {
        return readers.getOrDefault(tensor, List.of());
    }

    /** The node that makes a tensor; null where it is given or stored. */
    @Nullable
    Node producer(String tensor) {
        return makers.get(tensor);
    }
}
