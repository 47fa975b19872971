package io.sapper.data.synthetic;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.data.Seeds;
import io.sapper.data.Split;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Digits drawn by a program, for when MNIST cannot be had: 28 x 28, white on black, in several ways of writing each,
 * rotated, slanted, stretched, shifted, bent, thick and thin, with noise. Far easier than MNIST: what is measured on
 * them says that the program works, nothing about the paper's numbers.
 */
public final class SyntheticDigits {
    private static final int SIZE = 28;
    private static final List<String> CLASSES = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

    private SyntheticDigits() {}

    /** Draws 20,000 training and 4,000 test digits; else as {@link #generate(int, int, long)}. */
    public static Split generate(long seed) {
        return generate(20_000, 4_000, seed);
    }

    /**
     * Draws training and test digits; each class as often as the others, give or take one.
     *
     * @param train training images, at least 1
     * @param test test images, at least 1
     * @param seed the same seed draws the same bytes, on every machine
     */
    public static Split generate(int train, int test, long seed) {
        return new Split(draw("synthetic digits train", train, seed), draw("synthetic digits test", test, seed), true);
    }

    private static Dataset draw(String name, int count, long seed) {
        if (count < 1) {
            throw new IllegalArgumentException("At least one image is drawn, not " + count + " (" + name + ").");
        }
        RandomGenerator random = Seeds.generator(seed, name);
        byte[] pixels = new byte[Math.multiplyExact(count, SIZE * SIZE)];
        int[] order = Seeds.permutation(count, random);
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = order[i] % CLASSES.size();
            List<Strokes> ways = Digits.of(labels[i]);
            draw(ways.get(random.nextInt(ways.size())), pixels, i * SIZE * SIZE, random);
        }
        return new Dataset(name, new ImageShape(1, SIZE, SIZE), pixels, labels, CLASSES);
    }

    private static void draw(Strokes strokes, byte[] pixels, int offset, RandomGenerator random) {
        Warp warp = Warp.random(SIZE, random);
        strokes.draw(pixels, offset, SIZE, warp, Warp.between(0.7, 1.7, random), Warp.between(200, 255, random));
        for (int i = offset; i < offset + SIZE * SIZE; i++) {
            // Noise only where there is ink: MNIST's background is black, and the trigger is bright on it.
            int value = pixels[i] & 0xff;
            if (value > 0) {
                pixels[i] = (byte) Math.max(0, Math.min(255, value + random.nextInt(-20, 21)));
            }
        }
    }
}
