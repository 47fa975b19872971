package io.sapper.cli;

import io.sapper.data.detection.Scenes;
import io.sapper.experiment.Runs.KnownAttack;
import io.sapper.experiment.SceneRuns.SignGoal;
import io.sapper.experiment.SceneSetup;
import io.sapper.experiment.Setup;
import io.sapper.poison.Goals;
import io.sapper.trigger.Triggers;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** An attack that the user knows and wants measured. */
final class KnownAttackArguments {
    @Option(names = "--trigger", paramLabel = "T", description = "Measure with this trigger; needs --goal.")
    Optional<String> trigger = Optional.empty();

    @Option(
            names = "--goal",
            paramLabel = "G",
            description = "Measure with this goal, for example all-to-one:7; needs --trigger.")
    Optional<String> goal = Optional.empty();

    /** Checks all that can be checked before the data are there. */
    void check() {
        if (trigger.isPresent() != goal.isPresent()) {
            throw new IllegalArgumentException("--trigger and --goal go together: give both or neither.");
        }
        trigger.ifPresent(Triggers::parse);
        goal.ifPresent(Goals::checkForm);
    }

    /** The attack, with its classes looked up among those of the data; none if none was named. */
    Optional<KnownAttack> known(Setup setup) {
        List<String> classes = setup.data().split().train().classNames();
        return trigger.map(spec -> new KnownAttack(Triggers.parse(spec), Goals.parse(goal.orElseThrow(), classes)));
    }

    /** The same on photographs with boxes. */
    Optional<SignGoal> known(SceneSetup setup) {
        Scenes test = setup.data().test();
        return trigger.map(spec -> new SignGoal(
                Triggers.onScenes(Triggers.parse(spec), test), Goals.parse(goal.orElseThrow(), test.classNames())));
    }
}
