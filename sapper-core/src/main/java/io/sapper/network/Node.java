package io.sapper.network;

import io.sapper.network.operator.Operator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One step of a graph.
 *
 * @param name unique in the graph; for layers the name that users see, for example {@code conv2}
 * @param operator what it does
 * @param inputs tensors it reads, in the operator's order; an empty name where an optional one is left out
 * @param outputs the tensors it makes, in the operator's order; an empty name where an optional one is not wanted
 */
public record Node(String name, Operator operator, List<String> inputs, List<String> outputs) {
    public Node {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        if (outputs.isEmpty()) {
            throw new IllegalArgumentException("Node " + name + " makes nothing.");
        }
    }

    /** A step that makes one tensor. */
    public Node(String name, Operator operator, List<String> inputs, String output) {
        this(name, operator, inputs, List.of(output));
    }

    /** The tensor that flows through: the first input; an empty name where there is none. */
    public String data() {
        return inputs.isEmpty() ? "" : inputs.get(0);
    }

    /** The first tensor it makes. */
    public String output() {
        return outputs.get(0);
    }

    /** The input at a position; an empty name where it was left out. */
    public String input(int index) {
        return index < inputs.size() ? inputs.get(index) : "";
    }

    /** The tensors that it makes, without those that nobody wants. */
    public List<String> made() {
        return outputs.contains("")
                ? outputs.stream().filter(name -> !name.isEmpty()).toList()
                : outputs;
    }

    /** Everything it reads: its inputs, and what its branches or loops take from around them. */
    public Set<String> reads() {
        Set<String> all = new LinkedHashSet<>(inputs);
        operator.attributes().bodies().forEach(body -> all.addAll(body.outer()));
        all.remove("");
        return all;
    }

    /** The same step with other tensors. */
    Node with(List<String> changedInputs, List<String> changedOutputs) {
        return new Node(name, operator, changedInputs, changedOutputs);
    }
}
