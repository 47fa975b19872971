package io.sapper.cli;

import io.sapper.experiment.Thresholds;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Option;

/** Where the user wants the measured rates to be: the verdict and the exit code follow from these. */
final class ThresholdArguments {
    @Option(
            names = "--min-accuracy",
            paramLabel = "X",
            description = "Least clean accuracy. Default: half of the way from guessing to 1.")
    Optional<Double> minAccuracy = Optional.empty();

    @Option(
            names = "--max-attack-success",
            paramLabel = "X",
            description = "A trigger that works on more than this is a backdoor. Default: 0.05.")
    Optional<Double> maxAttackSuccess = Optional.empty();

    @Option(
            names = "--min-attack-success",
            paramLabel = "X",
            description = "An attack laid here that works on less has failed. Default: 0.75.")
    Optional<Double> minAttackSuccess = Optional.empty();

    @Option(names = "--strict", description = "What cannot be told counts as bad: exit code 1.")
    boolean strict;

    Thresholds thresholds() {
        return new Thresholds(
                maxAttackSuccess.orElse(Thresholds.DEFAULTS.maxAttackSuccess()),
                minAttackSuccess.orElse(Thresholds.DEFAULTS.minAttackSuccess()),
                minAccuracy.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                strict);
    }
}
