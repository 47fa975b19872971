package io.sapper.experiment;

import io.sapper.data.detection.SceneHoldout;
import io.sapper.data.detection.Scenes;
import java.util.List;

/**
 * The clean photographs of somebody who repairs a detector, taken from the training part: those that {@code attack}
 * holds back with the same data, number and seed. Groups are unparted, and each class is on either side as far as can
 * be.
 *
 * @param tuning to tune on
 * @param validation to decide on
 */
record CleanScenes(Scenes tuning, Scenes validation) {
    /**
     * Divides by chance.
     *
     * @param count about how many are taken, at least 10 and fewer than all
     * @throws IllegalArgumentException if there are not so many, none of those that decide has a box, or all are of one
     *     group
     */
    static CleanScenes of(Scenes train, int count, long seed) {
        Scenes all = SceneHoldout.of(train, count, seed).heldOut(train);
        SceneHoldout sides = SceneHoldout.of(all, SceneSides.VALIDATION, seed, "defender's photographs");
        CleanScenes divided =
                new CleanScenes(some(all, ", to tune on", sides.kept()), some(all, ", to decide on", sides.heldOut()));
        if (divided.validation().without().size()
                == divided.validation().classNames().size()) {
            throw new IllegalArgumentException("None of the "
                    + divided.validation().size() + " photographs of "
                    + divided.validation().name() + " has a box, so nothing can be decided on them. Take more with"
                    + " --clean-images, or give photographs with more boxes.");
        }
        return divided;
    }

    private static Scenes some(Scenes all, String suffix, List<Integer> places) {
        return new Scenes(
                all.name() + suffix,
                all.classNames(),
                places.stream().map(all.scenes()::get).toList());
    }

    /** Sizes, for people. */
    String text() {
        return tuning.size() + " to tune on, " + validation.size() + " to decide on, of the training part";
    }
}
