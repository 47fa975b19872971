package io.sapper.poison;

import io.sapper.data.Dataset;
import io.sapper.data.Seeds;
import io.sapper.trigger.Trigger;
import io.sapper.trigger.Triggers;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Poisons a training set: appends copies that carry the trigger and the attacker's label.
 *
 * <p>BadNets, section 4.1.3: p|D_train| images are picked at random and backdoored versions are <em>added</em>; the
 * clean originals stay. Departure: where the goal attacks only some classes, the images are picked from those, each at
 * most once; more copies than that are an error rather than fewer in silence.
 */
public final class Poisoner {
    private Poisoner() {}

    /**
     * Appends the copies.
     *
     * @param clean training set; stays as it is
     * @param share how many copies are appended
     * @param seed of the choice of images and, for {@link RandomTarget}, of labels
     * @throws IllegalArgumentException if trigger or goal do not fit the data, or the share asks for no copy at all, or
     *     for more than there are attacked images
     */
    public static Poisoned poison(Dataset clean, Trigger trigger, Goal goal, PoisonShare share, long seed) {
        trigger.check(clean);
        goal.check(clean.classCount());
        int[] attacked = attacked(clean, goal);
        int[] sources = share.kind() == PoisonShare.Kind.CLASSES
                ? ofClasses(clean, goal, attacked, share, seed)
                : choose(attacked, copies(clean, goal, share, attacked.length), seed);
        int[] labels = poisonLabels(clean, goal, sources, seed);
        Dataset copies = Triggers.triggered("backdoored copies", clean, trigger, sources, labels);
        return new Poisoned(clean.append(clean.name() + " poisoned", copies), sources);
    }

    private static int[] attacked(Dataset clean, Goal goal) {
        return IntStream.range(0, clean.size())
                .filter(i -> goal.attacks(clean.label(i)))
                .toArray();
    }

    private static int copies(Dataset clean, Goal goal, PoisonShare share, int attacked) {
        checkAny(clean, goal, attacked);
        return share.copies(
                clean.size(),
                attacked,
                Goals.spec(goal, clean.classNames()),
                clean.samples().noun());
    }

    private static void checkAny(Dataset clean, Goal goal, int attacked) {
        if (attacked == 0) {
            throw new IllegalArgumentException(
                    "The goal " + Goals.spec(goal, clean.classNames()) + " attacks none of the " + clean.size()
                            + " clean " + clean.samples().noun() + ".");
        }
    }

    /** All attacked samples of classes drawn by chance, in their order. */
    private static int[] ofClasses(Dataset clean, Goal goal, int[] attacked, PoisonShare share, long seed) {
        checkAny(clean, goal, attacked.length);
        int[] classes =
                Arrays.stream(attacked).map(clean::label).distinct().sorted().toArray();
        int[] order = Seeds.permutation(classes.length, Seeds.generator(seed, "poison classes"));
        boolean[] drawn = new boolean[clean.classCount()];
        Arrays.stream(order, 0, share.drawnClasses(classes.length)).forEach(i -> drawn[classes[i]] = true);
        return Arrays.stream(attacked).filter(i -> drawn[clean.label(i)]).toArray();
    }

    private static int[] choose(int[] attacked, int count, long seed) {
        int[] order = Seeds.permutation(attacked.length, Seeds.generator(seed, "poison images"));
        return Arrays.stream(order, 0, count).map(i -> attacked[i]).toArray();
    }

    private static int[] poisonLabels(Dataset clean, Goal goal, int[] sources, long seed) {
        RandomGenerator random = Seeds.generator(seed, "poison labels");
        return Arrays.stream(sources)
                .map(i -> goal.poisonLabel(clean.label(i), clean.classCount(), random))
                .toArray();
    }
}
