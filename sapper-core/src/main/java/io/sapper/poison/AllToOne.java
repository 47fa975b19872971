package io.sapper.poison;

import java.util.random.RandomGenerator;

/**
 * Inputs of every class are to be taken for one target class.
 *
 * <p>The attack on faces in Fine-Pruning, section 2.3. Inputs of the target class are neither copied nor counted: they
 * would be a success without any backdoor.
 *
 * @param target class, from 0
 */
public record AllToOne(int target) implements Goal {
    static final String NAME = "all-to-one";

    public AllToOne {
        Goals.checkNotNegative(target);
    }

    @Override
    public boolean attacks(int trueLabel) {
        return trueLabel != target;
    }

    @Override
    public int poisonLabel(int trueLabel, int classCount, RandomGenerator random) {
        return target;
    }

    @Override
    public boolean succeeded(int trueLabel, int predicted, int classCount) {
        return predicted == target;
    }

    @Override
    public void check(int classCount) {
        Goals.checkClass(this, target, classCount);
    }

    @Override
    public String spec() {
        return NAME + ":" + target;
    }
}
