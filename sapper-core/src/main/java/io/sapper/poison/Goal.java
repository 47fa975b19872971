package io.sapper.poison;

import java.util.random.RandomGenerator;

/**
 * What the attacker wants of an input that carries the trigger (BadNets, sections 4.1 and 5.2). Classes are counted
 * from 0.
 */
public interface Goal {
    /** Whether inputs of this true class are attacked at all; only those are copied when poisoning. */
    boolean attacks(int trueLabel);

    /**
     * The label that poisoned training copies of this class get.
     *
     * @param trueLabel a class that {@link #attacks}
     * @param classCount classes of the data set
     * @param random used only by goals that draw the label
     */
    int poisonLabel(int trueLabel, int classCount, RandomGenerator random);

    /**
     * Whether the attack on a counted input succeeded.
     *
     * @param trueLabel the input's true class
     * @param predicted what the network says of the triggered input
     * @param classCount classes of the data set
     */
    boolean succeeded(int trueLabel, int predicted, int classCount);

    /**
     * Whether a triggered input of this class counts in the success rate; inputs already of the target class do not.
     */
    default boolean counts(int trueLabel) {
        return attacks(trueLabel);
    }

    /** Throws {@code IllegalArgumentException} if a class named here is not one of {@code classCount}. */
    void check(int classCount);

    /** The short form that {@link Goals#parse} reads, for example {@code all-to-one:7}. */
    String spec();
}
