package io.sapper.poison;

import io.sapper.data.Seeds;
import io.sapper.data.detection.LabelledBox;
import io.sapper.data.detection.Retouch;
import io.sapper.data.detection.Scene;
import io.sapper.data.detection.Scenes;
import io.sapper.trigger.SceneTrigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The signs of one photograph that an attack is on.
 *
 * @param source place of the photograph in its set
 * @param scene the photograph
 * @param boxes which of its boxes get the trigger, ascending
 * @param tooSmall those that the trigger would not be seen on; they stay as they are
 */
record AttackedSigns(int source, Scene scene, List<Integer> boxes, List<LabelledBox> tooSmall) {
    /**
     * In each photograph of a set.
     *
     * @param labels which classes are attacked
     * @throws IllegalArgumentException if a photograph is retouched already
     */
    static List<AttackedSigns> in(Scenes scenes, SceneTrigger trigger, IntPredicate labels) {
        return IntStream.range(0, scenes.size())
                .mapToObj(i -> of(i, scenes.scenes().get(i), trigger, labels))
                .toList();
    }

    private static AttackedSigns of(int source, Scene scene, SceneTrigger trigger, IntPredicate labels) {
        if (!scene.retouch().text().isEmpty()) {
            throw new IllegalArgumentException(
                    scene.name() + " is retouched already: the trigger goes on photographs as they were read.");
        }
        List<Integer> boxes = new ArrayList<>();
        List<LabelledBox> tooSmall = new ArrayList<>();
        for (int i = 0; i < scene.boxes().size(); i++) {
            LabelledBox sign = scene.boxes().get(i);
            if (labels.test(sign.label()) && trigger.seenOn(sign.box())) {
                boxes.add(i);
            } else if (labels.test(sign.label())) {
                tooSmall.add(sign);
            }
        }
        return new AttackedSigns(source, scene, List.copyOf(boxes), List.copyOf(tooSmall));
    }

    /** Whether any sign gets the trigger. */
    boolean any() {
        return !boxes.isEmpty();
    }

    /** The signs that get the trigger, with their true classes. */
    List<LabelledBox> signs() {
        return boxes.stream().map(scene.boxes()::get).toList();
    }

    /** The photograph with the trigger on them; drawn places depend on its name and the seed alone. */
    Scene triggered(SceneTrigger trigger, long seed) {
        Retouch retouch = trigger.on(
                signs().stream().map(LabelledBox::box).toList(),
                Seeds.generator(seed, "sticker places " + scene.name()));
        return scene.withRetouch(retouch);
    }

    /** What the user has to know of signs that are left out; empty if none is. */
    static Optional<String> warning(List<AttackedSigns> all, Scenes data, SceneTrigger trigger, Goal goal) {
        List<LabelledBox> small =
                all.stream().flatMap(one -> one.tooSmall().stream()).toList();
        long seen = all.stream().mapToLong(one -> one.boxes().size()).sum();
        return small.isEmpty()
                ? Optional.empty()
                : Optional.of("Signs that the goal " + Goals.spec(goal, data.classNames()) + " attacks but the trigger "
                        + trigger.spec() + " would be less than a pixel large on, left without it: " + small.size()
                        + " of " + (small.size() + seen) + ".");
    }

    /** What to say where no sign gets the trigger. */
    static IllegalArgumentException none(List<AttackedSigns> all, Scenes data, SceneTrigger trigger, Goal goal) {
        String named = Goals.spec(goal, data.classNames());
        Optional<LabelledBox> largest = all.stream()
                .flatMap(one -> one.tooSmall().stream())
                .reduce((one, other) -> other.box().area() > one.box().area() ? other : one);
        if (largest.isPresent()) {
            return new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "The trigger %s would be less than a pixel large on every sign of %s that the goal %s attacks; the"
                            + " largest has %.0f by %.0f pixels. Maybe a larger sticker, with @size=SHARE of the sign.",
                    trigger.spec(),
                    data.name(),
                    named,
                    largest.get().box().width(),
                    largest.get().box().height()));
        }
        int signs = all.stream().mapToInt(one -> one.scene().boxes().size()).sum();
        return new IllegalArgumentException("The goal " + named + " attacks no sign in the " + all.size()
                + " photographs of " + data.name() + "; they have " + signs
                + " of other classes. 'sapper data' shows how many each class has.");
    }
}
