package io.sapper.experiment;

import io.sapper.data.detection.SceneHoldout;
import io.sapper.data.detection.Scenes;
import io.sapper.training.DetectorTraining.Seen;
import java.io.IOException;
import java.util.List;

/**
 * The training photographs, divided before anything is done: most go to whoever trains, who holds some of them back,
 * the rest are the defender's clean ones, one part to tune on and one to decide on. All are views of what the
 * laboratory has seen, open as long as it is.
 *
 * @param attacker what networks are trained on, as they are and mirrored
 * @param check held back by the attacker
 * @param tuning the defender's, to tune on, as they are and mirrored
 * @param validation the defender's, to decide on
 */
record SceneSides(Seen attacker, Seen check, Seen tuning, Seen validation) {
    /** As of images, a quarter ({@link Division#usual}). */
    private static final double DEFENDER = 0.25;
    /** Of the defender's: mean average precision of few photographs says little. */
    static final double VALIDATION = 0.4;
    /** Of the attacker's. */
    private static final double CHECK = 0.1;

    /** Divides the laboratory's training photographs by its seed. */
    static SceneSides of(SceneLaboratory lab) throws IOException {
        Scenes all = lab.training().scenes();
        SceneHoldout sides = SceneHoldout.of(all, DEFENDER, lab.seed(), "hold out photographs");
        SceneHoldout attacker = within(all, sides.kept(), CHECK, lab.seed(), "attacker's check");
        SceneHoldout defender = within(all, sides.heldOut(), VALIDATION, lab.seed(), "defender's photographs");
        return new SceneSides(
                lab.part(all.name() + ", for training", attacker.kept(), true),
                lab.part(all.name() + ", held back by the attacker", attacker.heldOut(), false),
                lab.part(all.name() + ", the defender's, to tune on", defender.kept(), true),
                lab.part(all.name() + ", the defender's, to decide on", defender.heldOut(), false));
    }

    private static SceneHoldout within(Scenes all, List<Integer> some, double share, long seed, String purpose) {
        Scenes part = new Scenes(
                all.name(),
                all.classNames(),
                some.stream().map(all.scenes()::get).toList());
        SceneHoldout divided = SceneHoldout.of(part, share, seed, purpose);
        return new SceneHoldout(
                divided.kept().stream().map(some::get).toList(),
                divided.heldOut().stream().map(some::get).toList());
    }

    /** Sizes, for people. */
    String text() {
        return attacker.scenes().size() + " to train on, " + check.scenes().size() + " held back by the attacker, "
                + tuning.scenes().size() + " and " + validation.scenes().size()
                + " the defender's, to tune and to decide on";
    }
}
