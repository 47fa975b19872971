package io.sapper.data.detection;

import io.sapper.data.Seeds;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two disjoint parts of photographs, by their places in them. Photographs of one group are in the same part.
 *
 * @param kept the most
 * @param heldOut the others, in which each class has about their share
 */
public record SceneHoldout(List<Integer> kept, List<Integer> heldOut) {
    public SceneHoldout {
        kept = List.copyOf(kept);
        heldOut = List.copyOf(heldOut);
    }

    private static final int LEAST = 10;

    /** The defender's photographs where nobody says how many: a quarter. */
    public static int usual(Scenes train) {
        return train.size() / 4;
    }

    /**
     * Divides training photographs between whoever trains, honest or not, and a defender, who gets clean ones that no
     * detector was trained on. The same photographs, number and seed give the same division.
     *
     * @param count about how many are held out, at least 10 and fewer than all; what stays together makes it a few more
     *     or less
     */
    public static SceneHoldout of(Scenes train, int count, long seed) {
        if (count < LEAST || count >= train.size()) {
            throw new IllegalArgumentException("The defender's clean photographs must be at least " + LEAST
                    + " and fewer than the " + train.size() + " of " + train.name() + ", not " + count
                    + (count == usual(train) ? " (a quarter, where nobody says how many)" : "")
                    + ". Say how many with --hold-out (0 for none), of repair --clean-images, or give more data.");
        }
        return of(train, (double) count / train.size(), seed, "hold out photographs");
    }

    /** What the trainer gets of the photographs that were divided. */
    public Scenes training(Scenes divided) {
        return part(divided, ", for training", kept);
    }

    /** What the defender keeps of them. */
    public Scenes heldOut(Scenes divided) {
        return part(divided, ", held out", heldOut);
    }

    private static Scenes part(Scenes divided, String suffix, List<Integer> places) {
        return new Scenes(
                divided.name() + suffix,
                divided.classNames(),
                places.stream().map(divided.scenes()::get).toList());
    }

    /**
     * Divides by chance: of each class, the rarest first, about the share of its groups is held out, and at least one
     * where there are two.
     *
     * @param share in (0, 1)
     * @param purpose of the division, so that others with the same seed are drawn anew
     * @throws IllegalArgumentException if the share is none, or there are fewer than two groups
     */
    public static SceneHoldout of(Scenes scenes, double share, long seed, String purpose) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException(
                    "The share of photographs to hold out must lie between 0 and 1, not at " + share + ".");
        }
        if (scenes.scenes().stream().map(Scene::group).distinct().count() < 2) {
            throw new IllegalArgumentException("Nothing can be held out of " + scenes.name() + ": its " + scenes.size()
                    + " photographs are of one group, which is not parted. Give more photographs.");
        }
        @Nullable Boolean[] taken = SceneDivision.byChance(scenes.scenes(), share, Seeds.generator(seed, purpose));
        List<Integer> kept = new ArrayList<>();
        List<Integer> heldOut = new ArrayList<>();
        for (int i = 0; i < taken.length; i++) {
            (Boolean.TRUE.equals(taken[i]) ? heldOut : kept).add(i);
        }
        return new SceneHoldout(kept, heldOut);
    }
}
