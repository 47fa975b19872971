package io.sapper.experiment;

import io.sapper.data.Dataset;
import io.sapper.data.Holdout;
import io.sapper.data.Seeds;
import java.util.Arrays;

/**
 * The training images, divided before anything is done: most go to whoever trains (honest or not), the rest are the
 * defender's clean images, one part to tune on and one to decide on. Every class with two images or more has one on
 * either side, as far as so many images can. The same data, number and seed give the same division, so that
 * {@code repair} finds the images that {@code attack} held back.
 *
 * @param training what the trainer gets
 * @param defender what the defender keeps
 */
record Division(Dataset training, Holdout defender) {
    private static final double VALIDATION_SHARE = 0.2;
    private static final int USUAL = 10_000;
    private static final int LEAST = 10;

    /** The defender's images where nobody says how many: 10,000, or a quarter of all if that is fewer. */
    static int usual(Dataset train) {
        return Math.min(USUAL, train.size() / 4);
    }

    /** Divides by chance, with the {@link #usual} number for the defender. */
    static Division of(Dataset train, long seed) {
        return of(train, usual(train), seed);
    }

    /**
     * Divides by chance; {@code heldOut} is the number of the defender's images, at least {@link #LEAST} and fewer than
     * all.
     */
    static Division of(Dataset train, int heldOut, long seed) {
        if (train.size() <= LEAST) {
            throw new IllegalArgumentException("There are only " + train.size() + " images in " + train.name()
                    + ", and the defender needs at least " + LEAST
                    + " of them and others have to be left. Give more data.");
        }
        if (heldOut < LEAST || heldOut >= train.size()) {
            throw new IllegalArgumentException(
                    "The defender's clean images must be at least " + LEAST + " and fewer than the "
                            + train.size() + " of " + train.name() + ", not " + heldOut
                            + ". Say how many with --hold-out, of repair --clean-images, or give more data.");
        }
        int[] order = Seeds.permutation(train.size(), Seeds.generator(seed, "hold out"));
        int rest = train.size() - heldOut;
        giveEveryClass(order, new Part(rest, order.length), new Part(0, rest), train);
        giveEveryClass(order, new Part(0, rest), new Part(rest, order.length), train);
        Dataset kept = train.subset(train.name() + ", held out", Arrays.copyOfRange(order, rest, train.size()));
        int validation = Math.max(1, (int) Math.round(heldOut * VALIDATION_SHARE));
        return new Division(
                train.subset(train.name() + ", for training", Arrays.copyOf(order, rest)),
                Holdout.of(kept, heldOut - validation, validation, seed));
    }

    /**
     * Places in the order of all images.
     *
     * @param from the first
     * @param to past the last
     */
    private record Part(int from, int to) {
        int[] classSizes(int[] order, Dataset train) {
            int[] sizes = new int[train.classCount()];
            for (int i = from; i < to; i++) {
                sizes[train.label(order[i])]++;
            }
            return sizes;
        }

        int last(int label, int[] order, Dataset train) {
            int at = to - 1;
            while (at > from && train.label(order[at]) != label) {
                at--;
            }
            return at;
        }
    }

    /**
     * Chance can leave a part without an image of a small class, and then nothing can be learned or said of that class.
     * So one of the other part's, if it has two, changes places with one of the class that this part has most of.
     */
    private static void giveEveryClass(int[] order, Part poor, Part rich, Dataset train) {
        int[] has = poor.classSizes(order, train);
        int[] other = rich.classSizes(order, train);
        for (int label = 0; label < has.length; label++) {
            int most = largest(has);
            if (has[label] == 0 && other[label] >= 2 && has[most] >= 2) {
                swap(order, rich.last(label, order, train), poor.last(most, order, train));
                has[label]++;
                has[most]--;
                other[label]--;
                other[most]++;
            }
        }
    }

    private static int largest(int[] numbers) {
        int largest = 0;
        for (int i = 1; i < numbers.length; i++) {
            largest = numbers[i] > numbers[largest] ? i : largest;
        }
        return largest;
    }

    private static void swap(int[] numbers, int one, int other) {
        int kept = numbers[one];
        numbers[one] = numbers[other];
        numbers[other] = kept;
    }
}
