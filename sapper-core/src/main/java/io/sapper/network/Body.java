package io.sapper.network;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A graph inside a node: a branch, or what a loop repeats. It may read tensors of the graphs around it; constants of
 * its own stand among the outermost graph's initial values.
 *
 * @param inputs what the node hands in, by position
 * @param outputs what the node takes out, by position
 * @param nodes in topological order
 */
public record Body(List<String> inputs, List<String> outputs, List<Node> nodes) {
    public Body {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        nodes = List.copyOf(nodes);
    }

    /** The tensors that it takes from around it. */
    public Set<String> outer() {
        Set<String> own = new HashSet<>(inputs);
        Set<String> outer = new LinkedHashSet<>();
        for (Node node : nodes) {
            outer.addAll(
                    node.reads().stream().filter(name -> !own.contains(name)).toList());
            own.addAll(node.outputs());
        }
        List<String> handedOn = new ArrayList<>(outputs);
        handedOn.removeAll(own);
        outer.addAll(handedOn);
        return outer;
    }
}
