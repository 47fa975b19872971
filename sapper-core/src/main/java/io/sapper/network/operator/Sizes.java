package io.sapper.network.operator;

import java.util.Arrays;
import java.util.List;

/** Rules of how large results get, for entries of the table. */
final class Sizes {
    private Sizes() {}

    /** Every output is as large as the first input. */
    static List<long[]> same(Known known) {
        long[] shape = known.shape(0);
        return java.util.Collections.nCopies(Math.max(1, known.outputs()), shape);
    }

    /** All inputs stretched to each other's size. */
    static List<long[]> broadcast(Known known) {
        long[] shape = {};
        for (int i = 0; i < known.count(); i++) {
            if (known.has(i)) {
                shape = broadcast(shape, known.shape(i));
            }
        }
        return List.of(shape);
    }

    static long[] broadcast(long[] a, long[] b) {
        long[] result = new long[Math.max(a.length, b.length)];
        for (int i = 0; i < result.length; i++) {
            long fromA = i < result.length - a.length ? 1 : a[i - result.length + a.length];
            long fromB = i < result.length - b.length ? 1 : b[i - result.length + b.length];
            require(
                    fromA == fromB || fromA == 1 || fromB == 1,
                    "shapes " + text(a) + " and " + text(b) + " do not fit");
            result[i] = fromA == 1 ? fromB : fromA;
        }
        return result;
    }

    /** A position counted from the end where it is negative. */
    static int axis(long axis, int rank) {
        require(axis >= -rank && axis < rank, "axis " + axis + " is none of " + rank + " dimension(s)");
        return (int) (axis < 0 ? axis + rank : axis);
    }

    static long count(long[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    static String text(long[] shape) {
        return Arrays.toString(shape);
    }

    /** @throws NotSupported with that text, if this build does not do what is asked for */
    static void support(boolean done, String what) {
        if (!done) {
            throw new NotSupported(what);
        }
    }

    static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }
}
