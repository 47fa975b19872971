package io.sapper.network;

import java.util.ArrayList;
import java.util.List;

/**
 * A stored tensor whose numbers another network of the same form has otherwise.
 *
 * @param name of the tensor
 * @param type of its elements
 * @param shape its sizes
 * @param numbers how many of its numbers differ
 * @param largest the largest difference
 * @param relative Euclidean length of the difference, divided by that of the numbers before; not a number where that is
 *     0
 */
public record Change(String name, ElementType type, List<Integer> shape, int numbers, double largest, double relative) {
    /** All of them, in the order of the network that was there before. */
    public static List<Change> between(Graph before, Graph after) {
        List<Change> found = new ArrayList<>();
        before.initializers().forEach((name, was) -> {
            if (after.isInitializer(name) && !after.initializer(name).equals(was)) {
                found.add(of(name, was, after.initializer(name)));
            }
        });
        return List.copyOf(found);
    }

    private static Change of(String name, Initializer was, Initializer is) {
        int numbers = 0;
        double largest = 0;
        double squares = 0;
        double before = 0;
        for (int i = 0; i < was.size(); i++) {
            double difference = Math.abs(is.real(i) - was.real(i));
            numbers += difference == 0 ? 0 : 1;
            largest = Math.max(largest, difference);
            squares += difference * difference;
            before += was.real(i) * was.real(i);
        }
        double relative = before == 0 ? Double.NaN : Math.sqrt(squares / before);
        return new Change(name, was.type(), was.shape(), numbers, largest, relative);
    }
}
