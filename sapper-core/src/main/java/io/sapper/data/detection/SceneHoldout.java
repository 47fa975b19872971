package io.sapper.data.detection;

import io.sapper.data.Seeds;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Training photographs divided between whoever trains, honest or not, and a defender, who gets clean ones that no
 * detector was trained on. The same photographs, number and seed give the same division.
 *
 * @param training what the trainer gets
 * @param heldOut what the defender keeps
 */
public record SceneHoldout(Scenes training, Scenes heldOut) {
    private static final int LEAST = 10;

    /** The defender's photographs where nobody says how many: a quarter. */
    public static int usual(Scenes train) {
        return train.size() / 4;
    }

    /**
     * Divides by chance, groups unparted, so that each class has its share on either side.
     *
     * @param count about how many are held out, at least 10 and fewer than all; what stays together makes it a few more
     *     or less
     */
    public static SceneHoldout of(Scenes train, int count, long seed) {
        if (count < LEAST || count >= train.size()) {
            throw new IllegalArgumentException("The defender's clean photographs must be at least " + LEAST
                    + " and fewer than the " + train.size() + " of " + train.name() + ", not " + count
                    + ". Say how many with --hold-out (0 for none), or give more data.");
        }
        @Nullable
        Boolean[] held = SceneDivision.drawn(
                train.scenes(), (double) count / train.size(), Seeds.generator(seed, "hold out photographs"));
        return new SceneHoldout(part(train, held, false, ", for training"), part(train, held, true, ", held out"));
    }

    private static Scenes part(Scenes train, @Nullable Boolean[] held, boolean wanted, String suffix) {
        List<Scene> some = new ArrayList<>();
        for (int i = 0; i < held.length; i++) {
            if (Boolean.valueOf(wanted).equals(held[i])) {
                some.add(train.scenes().get(i));
            }
        }
        return new Scenes(train.name() + suffix, train.classNames(), some);
    }
}
