package io.sapper.training;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * A piece of a block of weights, for one thread.
 *
 * @param begin position of the first weight
 * @param length how many
 */
record Slice(long begin, long length) {
    /** Fewer weights than that are done before another thread has woken up. */
    private static final long LEAST = 1 << 15;

    /** What is made on the way, a megabyte for that many, stays in the caches and does not pile up in every thread. */
    private static final long MOST = 1 << 18;

    /**
     * Slices begin at multiples of this, the most numbers that libtorch takes at once. What is left over at the end it
     * takes one by one, where rounding may differ; so that must be the same weights however many slices there are.
     */
    private static final long AT_ONCE = 64;

    /** Divides a block among at most so many threads; for one thread it stays whole. */
    static List<Slice> of(long size, int threads) {
        return threads == 1 ? divided(size, 1) : divided(size, Math.max(Math.min(threads, size / LEAST), size / MOST));
    }

    /** Divides a block into so many slices, into one at least. */
    static List<Slice> divided(long size, long pieces) {
        long count = Math.max(1, pieces);
        List<Slice> slices = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            long begin = begin(size, i, count);
            slices.add(new Slice(begin, (i == count - 1 ? size : begin(size, i + 1, count)) - begin));
        }
        return slices;
    }

    private static long begin(long size, long index, long count) {
        return size * index / count / AT_ONCE * AT_ONCE;
    }

    /** This piece of a vector, as a view in the caller's scope. */
    Tensor of(Tensor vector) {
        return vector.narrow(0, begin, length);
    }
}
