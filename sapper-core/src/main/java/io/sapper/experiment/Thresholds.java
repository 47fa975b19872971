package io.sapper.experiment;

import java.util.OptionalDouble;

/**
 * Where a user wants the measured rates to be; fractions in [0, 1]. {@link Judgement} holds every verdict against them.
 *
 * @param maxAttackSuccess a trigger that works on more than this works; cleared is what lies below it with its whole
 *     interval
 * @param minAttackSuccess an attack that was laid and works on less than this has failed
 * @param minAccuracy least clean accuracy; where absent, half of the way from guessing to perfect
 * @param strict whether what cannot be told counts as bad
 */
public record Thresholds(double maxAttackSuccess, double minAttackSuccess, OptionalDouble minAccuracy, boolean strict) {
    /** 5 %, 75 %, half of the way from guessing to perfect, not strict. */
    public static final Thresholds DEFAULTS = new Thresholds(0.05, 0.75, OptionalDouble.empty(), false);

    public Thresholds {
        fraction("largest attack success (--max-attack-success)", maxAttackSuccess);
        fraction("least attack success (--min-attack-success)", minAttackSuccess);
        minAccuracy.ifPresent(value -> fraction("least clean accuracy (--min-accuracy)", value));
    }

    /**
     * The least clean accuracy wanted.
     *
     * @param guessing the share of the most frequent class: what a network gets right that always says the same
     */
    double accuracy(double guessing) {
        return minAccuracy.orElse(guessing + (1 - guessing) / 2);
    }

    private static void fraction(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("The " + name + " must be a fraction in [0, 1], not " + value + ".");
        }
    }
}
