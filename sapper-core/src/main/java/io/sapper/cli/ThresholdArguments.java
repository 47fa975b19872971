package io.sapper.cli;

import io.sapper.experiment.Thresholds;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Option;

/**
 * Where the user wants the measured rates to be: the verdict and the exit code follow from these. Every command has
 * what stands here itself; those that measure a trigger have {@link Harmless}, those that lay an attack {@link Laid}.
 */
final class ThresholdArguments {
    @Option(
            names = "--min-accuracy",
            paramLabel = "X",
            description = "Least clean accuracy; of detectors, mean average precision. Default: half of the way from"
                    + " guessing to 1; of detectors 0.5.")
    Optional<Double> minAccuracy = Optional.empty();

    @Option(names = "--strict", description = "What cannot be told counts as bad: exit code 1.")
    boolean strict;

    /** Of a trigger that should not work. */
    static final class Harmless {
        @Option(
                names = "--max-attack-success",
                paramLabel = "X",
                description = "A trigger that works on more than this is a backdoor. Default: 0.05.")
        Optional<Double> maxAttackSuccess = Optional.empty();
    }

    /** Of an attack that should work. */
    static final class Laid {
        @Option(
                names = "--min-attack-success",
                paramLabel = "X",
                description = "An attack laid here that works on less has failed. Default: 0.75.")
        Optional<Double> minAttackSuccess = Optional.empty();
    }

    Thresholds thresholds() {
        return thresholds(new Harmless(), new Laid());
    }

    Thresholds thresholds(Harmless harmless) {
        return thresholds(harmless, new Laid());
    }

    Thresholds thresholds(Laid laid) {
        return thresholds(new Harmless(), laid);
    }

    Thresholds thresholds(Harmless harmless, Laid laid) {
        return new Thresholds(
                harmless.maxAttackSuccess.orElse(Thresholds.DEFAULTS.maxAttackSuccess()),
                laid.minAttackSuccess.orElse(Thresholds.DEFAULTS.minAttackSuccess()),
                minAccuracy.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                strict);
    }
}
