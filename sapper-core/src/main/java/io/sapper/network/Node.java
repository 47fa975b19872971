package io.sapper.network;

import java.util.List;

/**
 * One step of a graph.
 *
 * @param name unique in the graph; for layers the name that users see, for example {@code conv2}
 * @param operator what it does
 * @param inputs tensors it reads, in the operator's order
 * @param output the tensor it makes
 */
public record Node(String name, Operator operator, List<String> inputs, String output) {
    public Node {
        inputs = List.copyOf(inputs);
    }

    /** The tensor that flows through: the first input. */
    public String data() {
        return inputs.get(0);
    }
}
