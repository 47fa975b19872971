package io.sapper.network;

import java.util.Arrays;
import java.util.List;

/**
 * What a network is given.
 *
 * @param name of the tensor
 * @param type of its elements
 * @param dimensions their sizes, the batch included; {@link #FREE} where any size will do
 */
public record Input(String name, ElementType type, List<Long> dimensions) {
    /** Stands for a size that is not fixed. */
    public static final long FREE = -1;

    public Input {
        dimensions = List.copyOf(dimensions);
    }

    /** Numbers of 32 bits, in a batch of any size. */
    static Input batch(String name, List<Integer> shape) {
        Long[] sizes = new Long[shape.size() + 1];
        sizes[0] = FREE;
        for (int i = 0; i < shape.size(); i++) {
            sizes[i + 1] = (long) shape.get(i);
        }
        return new Input(name, ElementType.FLOAT, Arrays.asList(sizes));
    }

    /** How many there are at once, if that is fixed; else {@link #FREE}. */
    public long batch() {
        return dimensions.isEmpty() ? 1 : dimensions.get(0);
    }

    /** Sizes with a batch of this many, and 1 wherever else any size will do. */
    long[] sizes(long batch) {
        long[] sizes =
                dimensions.stream().mapToLong(size -> size == FREE ? 1 : size).toArray();
        if (sizes.length > 0 && dimensions.get(0) == FREE) {
            sizes[0] = batch;
        }
        return sizes;
    }

    /** Sizes without the batch. */
    List<Integer> shape() {
        return dimensions.subList(Math.min(1, dimensions.size()), dimensions.size()).stream()
                .map(Math::toIntExact)
                .toList();
    }
}
