package io.sapper.experiment;

import io.sapper.data.Dataset;
import io.sapper.data.Holdout;
import io.sapper.data.Seeds;
import java.util.Arrays;

/**
 * The training images, divided before anything is done: most go to whoever trains (honest or not), the rest are the
 * defender's clean images, one part to tune on and one to decide on. The same data, number and seed give the same
 * division, so that {@code repair} finds the images that {@code attack} held back.
 *
 * @param training what the trainer gets
 * @param defender what the defender keeps
 */
record Division(Dataset training, Holdout defender) {
    private static final double VALIDATION_SHARE = 0.2;
    private static final int USUAL = 10_000;

    /** The defender's images where nobody says how many: 10,000, or a quarter of all if that is fewer. */
    static int usual(Dataset train) {
        return Math.min(USUAL, train.size() / 4);
    }

    /** Divides by chance, with the {@link #usual} number for the defender. */
    static Division of(Dataset train, long seed) {
        return of(train, usual(train), seed);
    }

    /** Divides by chance; {@code heldOut} is the number of the defender's images, at least 10 and fewer than all. */
    static Division of(Dataset train, int heldOut, long seed) {
        if (heldOut < 10 || heldOut >= train.size()) {
            throw new IllegalArgumentException("The defender's clean images must be at least 10 and fewer than the "
                    + train.size() + " of " + train.name() + ", not " + heldOut + ".");
        }
        int[] order = Seeds.permutation(train.size(), Seeds.generator(seed, "hold out"));
        int rest = train.size() - heldOut;
        Dataset kept = train.subset(train.name() + ", held out", Arrays.copyOfRange(order, rest, train.size()));
        int validation = Math.max(1, (int) Math.round(heldOut * VALIDATION_SHARE));
        return new Division(
                train.subset(train.name() + ", for training", Arrays.copyOf(order, rest)),
                Holdout.of(kept, heldOut - validation, validation, seed));
    }
}
