package io.sapper.network;

import io.sapper.network.operator.NotSupported;
import java.util.List;
import java.util.Optional;

/**
 * Whether a network's first output is what a classifier gives: one row of at least two scores for each picture, of
 * which the largest is the answer (docs/decisions/0045).
 */
public final class ClassScores {
    private ClassScores() {}

    /** Why it is not, with the way out; empty where it is. */
    public static Optional<String> problem(Graph graph) {
        List<Integer> shape;
        try {
            shape = graph.shape(graph.output());
        } catch (IllegalArgumentException e) {
            return Optional.of("The classes of the output " + graph.output() + " cannot be counted: " + e.getMessage()
                    + " Maybe export the network with fixed sizes.");
        }
        if (Initializer.count(shape) == 1) {
            return Optional.of("The output " + graph.output()
                    + " is one number for each picture, where a score for each class is needed. "
                    + (graph.head().kind() == Head.Kind.SIGMOID
                            ? "Maybe export the network with two scores: 0, and the number before its sigmoid."
                            : "Maybe export the network with two scores: 0, and this number, if it is one of two"
                                    + " classes; or with the scores themselves, if it is a class."));
        }
        return shape.size() == 1
                ? Optional.empty()
                : Optional.of("The output " + graph.output() + " has shape "
                        + String.join("x", shape.stream().map(String::valueOf).toList())
                        + " for each picture, where a score for each class is needed. Maybe export the network with a"
                        + " row of scores as its first output.");
    }

    /**
     * Refuses a network whose first output is none.
     *
     * @throws NotSupported in one line, with the way out
     */
    public static void check(Graph graph) {
        problem(graph).ifPresent(why -> {
            throw new NotSupported(why);
        });
    }
}
