package io.sapper.poison;

import java.util.random.RandomGenerator;

/**
 * The random attack: any wrong answer will do. Copies get a random label other than the true one.
 *
 * <p>BadNets, section 5.2.3 and table 5. A success is an answer other than the true class, so a network that errs
 * without any backdoor also scores; hold the rate beside the one on clean inputs.
 */
public record RandomTarget() implements Goal {
    static final String NAME = "random";

    @Override
    public boolean attacks(int trueLabel) {
        return true;
    }

    @Override
    public int poisonLabel(int trueLabel, int classCount, RandomGenerator random) {
        int other = random.nextInt(classCount - 1);
        return other < trueLabel ? other : other + 1;
    }

    @Override
    public boolean succeeded(int trueLabel, int predicted, int classCount) {
        return predicted != trueLabel;
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
