package io.sapper.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Two disjoint parts of a clean data set, for a defender: one to fine-tune on, one to choose on. Each part has every
 * class in its proportion, give or take two images. More images later keep the first ones: with the same seed, the
 * first 100 for fine-tuning are among the first 200.
 *
 * @param fineTuning what the network may be tuned on
 * @param validation what thresholds and stopping points are chosen on
 */
public record Holdout(Dataset fineTuning, Dataset validation) {
    /**
     * Chooses both parts by chance.
     *
     * @param clean where the images come from
     * @param fineTuning images in the first part, at least 1
     * @param validation images in the second part, at least 1
     * @throws IllegalArgumentException if a part is empty or there are too few images
     */
    public static Holdout of(Dataset clean, int fineTuning, int validation, long seed) {
        if (fineTuning < 1 || validation < 1 || (long) fineTuning + validation > clean.size()) {
            throw new IllegalArgumentException("Cannot hold out " + fineTuning + " images for fine-tuning and "
                    + validation + " for validation of the " + clean.size() + " of " + clean.name()
                    + ": each needs at least one, and together at most all.");
        }
        int[] order = stratifiedOrder(clean, Seeds.generator(seed, "holdout"));
        int[] last = Arrays.copyOfRange(order, order.length - validation, order.length);
        return new Holdout(
                clean.subset(clean.name() + ", fine-tuning part", Arrays.copyOf(order, fineTuning)),
                clean.subset(clean.name() + ", validation part", last));
    }

    /**
     * All images in an order whose every stretch has each class in about its proportion: image k of the n of a class
     * (shuffled) stands at (k + u) / n, with u drawn once for each class.
     */
    private static int[] stratifiedOrder(Dataset data, RandomGenerator random) {
        int[] sizes = data.classSizes();
        double[] shifts = random.doubles(sizes.length).toArray();
        int[] seen = new int[sizes.length];
        List<Place> places = new ArrayList<>();
        for (int index : Seeds.permutation(data.size(), random)) {
            int label = data.label(index);
            places.add(new Place(index, (seen[label]++ + shifts[label]) / sizes[label]));
        }
        places.sort(Comparator.comparingDouble(Place::at));
        return places.stream().mapToInt(Place::index).toArray();
    }

    private record Place(int index, double at) {}
}
