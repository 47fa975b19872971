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
        return new SplittableRandom(mix(mix(seed) ^ hash));
    }

    /**
     * Spreads neighbouring numbers over all (the finalizer of MurmurHash3, in Stafford's variant 13). SplittableRandom
     * steps by a constant, so that seeds which differ by multiples of it would give one another's numbers, shifted.
     */
    private static long mix(long number) {
        long mixed = (number ^ (number >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
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
