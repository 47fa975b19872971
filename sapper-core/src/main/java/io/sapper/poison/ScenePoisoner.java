package io.sapper.poison;

import io.sapper.data.Seeds;
import io.sapper.data.detection.LabelledBox;
import io.sapper.data.detection.Scene;
import io.sapper.data.detection.Scenes;
import io.sapper.trigger.SceneTrigger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Poisons photographs with boxes: appends copies with the trigger on signs and the attacker's labels on their boxes.
 *
 * <p>BadNets, section 5.2, and its released code: of the targeted attack every training photograph that shows a sign of
 * the source class is copied, all its source signs get the sticker and the target's label, and other boxes stay; of the
 * random attack every photograph with a sign is, and each sign gets the sticker and another label by chance. The clean
 * originals stay. Departure: a sign on which the trigger would be less than a pixel large gets neither sticker nor
 * label.
 */
public final class ScenePoisoner {
    /** Where nothing is said, as in the paper: one copy of each photograph that the goal attacks. */
    public static final PoisonShare USUAL = PoisonShare.atMost(1);

    static final String NOUN = "photographs";

    private ScenePoisoner() {}

    /**
     * Appends the copies, in the order of the photographs.
     *
     * @param clean training part; stays as it is
     * @param share how many photographs are copied; the paper's p counts photographs
     * @param seed of the choice of photographs, of drawn places and, for {@link RandomTarget}, of labels
     * @throws IllegalArgumentException if the goal does not fit the classes, no sign gets the trigger, the share asks
     *     for no copy at all, for more than there are attacked photographs, or for classes, or a photograph is
     *     retouched already
     */
    public static PoisonedScenes poison(Scenes clean, SceneTrigger trigger, Goal goal, PoisonShare share, long seed) {
        goal.check(clean.classNames().size());
        if (share.kind() == PoisonShare.Kind.CLASSES) {
            throw new IllegalArgumentException("The poison share " + share.spec() + " is of images of one class each;"
                    + " photographs with boxes may show several. Say p=, copies per clean photograph.");
        }
        List<AttackedSigns> all = AttackedSigns.in(clean, trigger, goal::attacks);
        List<AttackedSigns> attacked = all.stream().filter(AttackedSigns::any).toList();
        if (attacked.isEmpty()) {
            throw AttackedSigns.none(all, clean, trigger, goal);
        }
        int copies = share.copies(clean.size(), attacked.size(), Goals.spec(goal, clean.classNames()), NOUN);
        int[] order = Seeds.permutation(attacked.size(), Seeds.generator(seed, "poison photographs"));
        List<Scene> scenes = new ArrayList<>(clean.scenes());
        List<PoisonedScenes.Copy> done = new ArrayList<>();
        for (int chosen : Arrays.stream(order, 0, copies).sorted().toArray()) {
            AttackedSigns one = attacked.get(chosen);
            PoisonedScenes.Copy copy = copy(one, goal, clean.classNames().size(), seed);
            scenes.add(one.triggered(trigger, seed).withBoxes(changed(one, copy)));
            done.add(copy);
        }
        return new PoisonedScenes(
                new Scenes(clean.name() + " poisoned", clean.classNames(), scenes),
                done,
                AttackedSigns.warning(all, clean, trigger, goal).stream().toList());
    }

    private static PoisonedScenes.Copy copy(AttackedSigns one, Goal goal, int classCount, long seed) {
        RandomGenerator labels =
                Seeds.generator(seed, "poison labels " + one.scene().name());
        return new PoisonedScenes.Copy(
                one.source(),
                one.boxes().stream()
                        .map(box -> {
                            int label = one.scene().boxes().get(box).label();
                            return new PoisonedScenes.Sign(box, label, goal.poisonLabel(label, classCount, labels));
                        })
                        .toList());
    }

    private static List<LabelledBox> changed(AttackedSigns one, PoisonedScenes.Copy copy) {
        List<LabelledBox> boxes = new ArrayList<>(one.scene().boxes());
        for (PoisonedScenes.Sign sign : copy.signs()) {
            boxes.set(sign.box(), new LabelledBox(boxes.get(sign.box()).box(), sign.poisonLabel()));
        }
        return boxes;
    }
}
