package io.sapper.data;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Where every random choice comes from. A generator depends on the run's seed and on what it is for, so that one choice
 * more in one place changes nothing in another.
 */
public final class Seeds {
    private Seeds() {}

    /** A generator for one purpose; the same arguments give the same numbers, always. */
    public static RandomGenerator generator(long seed, String purpose) {
        long hash = 0xcbf29ce484222325L; // FNV-1a, 64 bit
        for (int i = 0; i < purpose.length(); i++) {
            hash = (hash ^ purpose.charAt(i)) * 0x100000001b3L;
        }
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + hash);
    }

    /** The numbers 0 to {@code size - 1} in random order (Fisher-Yates). */
    public static int[] permutation(int size, RandomGenerator random) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }
}
