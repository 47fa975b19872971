package io.sapper.network;

import io.sapper.network.operator.OperatorType.Trait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How much memory the tensors take that live at the same time, as far as their sizes are known beforehand. */
final class Living {
    private Living() {}

    /**
     * Refuses a network of which too much lives at once.
     *
     * @param bytes of each tensor whose size is known
     * @throws MemoryLimit.TooLarge naming the node at which it is too much
     */
    static void check(List<Node> nodes, Map<String, Long> bytes) {
        Map<Integer, List<String>> dying = dying(nodes);
        long living = 0;
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            if (!node.operator().type().is(Trait.VIEW)) { // a view has no memory of its own
                for (String made : node.made()) {
                    living += bytes.getOrDefault(made, 0L);
                }
            }
            MemoryLimit.checkSum(living, "Node " + node.name() + " and what lives beside it");
            for (String dead : dying.getOrDefault(i, List.of())) {
                living -= bytes.getOrDefault(dead, 0L);
            }
        }
    }

    /** For each node, the tensors with memory of their own that no later one reads; those that nobody reads stay. */
    private static Map<Integer, List<String>> dying(List<Node> nodes) {
        Map<String, Integer> last = new HashMap<>();
        Map<Integer, List<String>> dying = new HashMap<>();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            boolean view = node.operator().type().is(Trait.VIEW);
            for (String made : node.made()) {
                Integer until = last.get(made);
                if (view) { // what it shows lives as long as itself
                    last.merge(node.data(), until == null ? nodes.size() : until, Math::max);
                } else if (until != null) {
                    dying.computeIfAbsent(until, at -> new ArrayList<>()).add(made);
                }
            }
            for (String read : node.reads()) {
                last.putIfAbsent(read, i);
            }
        }
        return dying;
    }
}
