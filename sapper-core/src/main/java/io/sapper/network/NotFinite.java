package io.sapper.network;

import java.util.ArrayList;
import java.util.List;

/**
 * Stored numbers of a network that are no numbers: what it answers then means nothing, or is made to look like an
 * answer.
 *
 * @param tensor whose numbers they are
 * @param count how many are not a number (NaN) or infinite, at least 1
 * @param total how many numbers the tensor has
 */
public record NotFinite(String tensor, int count, int total) {
    /** Every tensor of a network that holds such numbers, in the network's order. */
    public static List<NotFinite> in(Graph graph) {
        List<NotFinite> found = new ArrayList<>();
        for (String name : graph.initializerNames()) {
            Initializer values = graph.initializer(name);
            int count = values.notFinite();
            if (count > 0) {
                found.add(new NotFinite(name, count, values.size()));
            }
        }
        return found;
    }

    /** For example {@code fc2.bias: 1 of 10}. */
    @Override
    public String toString() {
        return tensor + ": " + count + " of " + total;
    }
}
