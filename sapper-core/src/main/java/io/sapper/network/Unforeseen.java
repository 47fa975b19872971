package io.sapper.network;

import java.util.HashMap;
import java.util.Map;

/**
 * How much memory those tensors take together whose sizes are known only when they are made: in loops and branches, and
 * where sizes hang on numbers. {@link Living} cannot count them beforehand.
 */
final class Unforeseen {
    private final Map<String, Long> each = new HashMap<>();
    private long bytes;

    Unforeseen() {}

    /** Of a graph inside a node: what lives around it counts, and what it makes ends with it. */
    Unforeseen(Unforeseen outer) {
        bytes = outer.bytes;
    }

    /** @throws MemoryLimit.TooLarge if so many more are too many */
    void check(long more) {
        MemoryLimit.checkSum(Math.addExact(bytes, more), "it and what was made before it");
    }

    void add(String tensor, long size) {
        bytes += size - each.getOrDefault(tensor, 0L);
        each.put(tensor, size);
        check(0);
    }

    void remove(String tensor) {
        Long size = each.remove(tensor);
        bytes -= size == null ? 0 : size;
    }
}
