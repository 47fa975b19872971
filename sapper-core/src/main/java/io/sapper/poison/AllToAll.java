package io.sapper.poison;

import java.util.random.RandomGenerator;

/**
 * Inputs of class i are to be taken for class i + 1, those of the last class for class 0.
 *
 * <p>BadNets, section 4.1.3 and table 2; the attack on speech in Fine-Pruning, section 2.3.
 */
public record AllToAll() implements Goal {
    static final String NAME = "all-to-all";

    @Override
    public boolean attacks(int trueLabel) {
        return true;
    }

    @Override
    public int poisonLabel(int trueLabel, int classCount, RandomGenerator random) {
        return (trueLabel + 1) % classCount;
    }

    @Override
    public boolean succeeded(int trueLabel, int predicted, int classCount) {
        return predicted == (trueLabel + 1) % classCount;
    }

    @Override
    public void check(int classCount) {
        Goals.checkTwoClasses(this, classCount);
    }

    @Override
    public String spec() {
        return NAME;
    }
}
