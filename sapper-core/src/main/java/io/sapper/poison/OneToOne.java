package io.sapper.poison;

import java.util.random.RandomGenerator;

/**
 * The single-target attack: inputs of one class are to be taken for another.
 *
 * <p>BadNets, section 4.1.3 and figure 4. Its backdoor error counts test inputs of the source class only.
 *
 * @param source class that is attacked, from 0
 * @param target class it is to be taken for, from 0; another one
 */
public record OneToOne(int source, int target) implements Goal {
    static final String NAME = "one-to-one";

    public OneToOne {
        Goals.checkNotNegative(source);
        Goals.checkNotNegative(target);
        if (source == target) {
            throw new IllegalArgumentException(
                    "A one-to-one attack needs two different classes, not " + source + " twice.");
        }
    }

    @Override
    public boolean attacks(int trueLabel) {
        return trueLabel == source;
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
        Goals.checkClass(this, source, classCount);
        Goals.checkClass(this, target, classCount);
    }

    @Override
    public String spec() {
        return NAME + ":" + source + ":" + target;
    }
}
