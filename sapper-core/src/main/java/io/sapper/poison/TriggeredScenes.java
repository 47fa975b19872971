package io.sapper.poison;

import io.sapper.data.detection.LabelledBox;
import io.sapper.data.detection.Scenes;
import io.sapper.trigger.SceneTrigger;
import java.util.List;

/**
 * The triggered test set of photographs with boxes: every photograph that shows a sign which counts for the goal, with
 * the trigger on those signs. All boxes keep their <em>true</em> labels.
 *
 * @param clean these photographs without the trigger, in the same order
 * @param triggered with it
 * @param sources where each is in the test set
 * @param signs of each photograph, those that carry the trigger, with their true labels
 * @param goal of the attack
 * @param warnings what the user has to know, one line each
 */
public record TriggeredScenes(
        Scenes clean,
        Scenes triggered,
        List<Integer> sources,
        List<List<LabelledBox>> signs,
        Goal goal,
        List<String> warnings) {
    public TriggeredScenes {
        sources = List.copyOf(sources);
        signs = List.copyOf(signs);
        warnings = List.copyOf(warnings);
    }

    /**
     * Puts the trigger on every sign that counts and that it would be seen on; there may be none.
     *
     * @param test clean test part; stays as it is
     * @param seed of drawn places
     * @throws IllegalArgumentException if the goal does not fit the classes, or a photograph is retouched already
     */
    public static TriggeredScenes of(Scenes test, SceneTrigger trigger, Goal goal, long seed) {
        goal.check(test.classNames().size());
        List<AttackedSigns> all = AttackedSigns.in(test, trigger, goal::counts);
        List<AttackedSigns> attacked = all.stream().filter(AttackedSigns::any).toList();
        return new TriggeredScenes(
                new Scenes(
                        test.name(),
                        test.classNames(),
                        attacked.stream().map(AttackedSigns::scene).toList()),
                new Scenes(
                        test.name() + " with " + trigger.spec(),
                        test.classNames(),
                        attacked.stream()
                                .map(one -> one.triggered(trigger, seed))
                                .toList()),
                attacked.stream().map(AttackedSigns::source).toList(),
                attacked.stream().map(AttackedSigns::signs).toList(),
                goal,
                AttackedSigns.warning(all, test, trigger, goal).stream().toList());
    }

    /** How many signs carry the trigger. */
    public int signCount() {
        return signs.stream().mapToInt(List::size).sum();
    }
}
