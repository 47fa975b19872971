package io.sapper.poison;

import java.util.random.RandomGenerator;

/** What the attacker wants of an input that carries the trigger (BadNets, sections 4.1 and 5.2). */
public interface Goal {
    /** Whether inputs of this true class are attacked at all. */
    boolean attacks(int trueLabel);

    /**
     * The label that poisoned training copies of this class get.
     *
     * @param random used only by goals that draw the label
     */
    int poisonLabel(int trueLabel, RandomGenerator random);

    /**
     * Whether the attack on a counted input succeeded.
     *
     * @param trueLabel the input's true class
     * @param predicted what the network says of the triggered input
     */
    boolean succeeded(int trueLabel, int predicted);

    /**
     * Whether a triggered input of this class counts in the success rate; inputs already of the target class do not.
     */
    boolean counts(int trueLabel);

    /** Throws {@code IllegalArgumentException} if a class named here is not one of {@code classCount}. */
    void check(int classCount);

    /** The short form that {@code Goals.parse} reads, for example {@code all-to-one:7}. */
    String spec();
}
