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

    /** Whether it is surely pictures whose channels stand behind the columns: few there, and not few in front. */
    public boolean channelsLast() {
        return dimensions.size() == 4 && isFew(dimensions.get(3)) && !isFew(dimensions.get(1));
    }

    /** Whether it is surely pictures whose channels stand in front of the rows. */
    public boolean channelsFirst() {
        return dimensions.size() == 4 && isFew(dimensions.get(1)) && !isFew(dimensions.get(3));
    }

    private static boolean isFew(long channels) {
        return channels == 1 || channels == 3 || channels == 4;
    }

    /** All sizes in words, for example {@code ?x3x32x32}. */
    public String text() {
        return String.join("x", dimensions.stream().map(Input::text).toList());
    }

    /** A size in words: a question mark where any will do. */
    public static String text(long size) {
        return size == FREE ? "?" : String.valueOf(size);
    }

    /** Sizes without the batch. */
    List<Integer> shape() {
        return dimensions.subList(Math.min(1, dimensions.size()), dimensions.size()).stream()
                .map(Math::toIntExact)
                .toList();
    }
}
