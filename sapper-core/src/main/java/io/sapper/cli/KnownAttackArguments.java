package io.sapper.cli;

import io.sapper.experiment.Runs.KnownAttack;
import io.sapper.poison.Goals;
import io.sapper.trigger.Triggers;
import java.util.Optional;
import picocli.CommandLine.Option;

/** An attack that the user knows and wants measured. */
final class KnownAttackArguments {
    @Option(names = "--trigger", paramLabel = "T", description = "Measure with this trigger; needs --goal.")
    Optional<String> trigger = Optional.empty();

    @Option(names = "--goal", paramLabel = "G", description = "Measure with this goal; needs --trigger.")
    Optional<String> goal = Optional.empty();

    Optional<KnownAttack> known() {
        if (trigger.isPresent() != goal.isPresent()) {
            throw new IllegalArgumentException("--trigger and --goal go together: give both or neither.");
        }
        return trigger.map(spec -> new KnownAttack(Triggers.parse(spec), Goals.parse(goal.orElseThrow())));
    }
}
