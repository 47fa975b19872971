package io.sapper.poison;

import io.sapper.data.Dataset;
import io.sapper.metric.Ratio;
import io.sapper.trigger.Trigger;
import io.sapper.trigger.Triggers;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The triggered test set: every test image that counts for the goal, with the trigger on it and its <em>true</em>
 * label.
 *
 * <p>Images already of the target class are left out (BadNets, section 4.1.3: backdoor error of the attacked classes).
 */
public final class TriggeredSet {
    private final Dataset data;
    private final Goal goal;
    private final int[] indices;

    private TriggeredSet(Dataset data, Goal goal, int[] indices) {
        this.data = data;
        this.goal = goal;
        this.indices = indices;
    }

    /**
     * Puts the trigger on every test image that counts.
     *
     * @param test clean test set; stays as it is
     * @throws IllegalArgumentException if trigger or goal do not fit the data
     */
    public static TriggeredSet of(Dataset test, Trigger trigger, Goal goal) {
        goal.check(test.classCount());
        int[] indices = IntStream.range(0, test.size())
                .filter(i -> goal.counts(test.label(i)))
                .toArray();
        int[] labels = IntStream.of(indices).map(test::label).toArray();
        String name = test.name() + " with " + trigger.spec();
        return new TriggeredSet(Triggers.triggered(name, test, trigger, indices, labels), goal, indices);
    }

    /** The triggered images with their true labels, in the order of the test set. */
    public Dataset data() {
        return data;
    }

    /** For each triggered image, where it is in the test set; copied. */
    public int[] indices() {
        return indices.clone();
    }

    /**
     * The attack success rate as a count.
     *
     * @param predicted what the network says of each triggered image, in the order of {@link #data()}
     */
    public Ratio attackSuccessRate(int[] predicted) {
        return attackSuccessRate(predicted, label -> true);
    }

    /** As {@link #attackSuccessRate(int[])}, of images whose true label passes. */
    public Ratio attackSuccessRate(int[] predicted, IntPredicate labels) {
        // A negative answer is none (scores that are not finite): not even what wants any wrong class has succeeded.
        return count(
                predicted,
                labels,
                i -> predicted[i] >= 0 && goal.succeeded(data.label(i), predicted[i], data.classCount()));
    }

    /** Triggered images classified as their true class in spite of the trigger, of those whose true label passes. */
    public Ratio recoveredAccuracy(int[] predicted, IntPredicate labels) {
        return count(predicted, labels, i -> predicted[i] == data.label(i));
    }

    private Ratio count(int[] predicted, IntPredicate labels, IntPredicate hit) {
        if (predicted.length != data.size()) {
            throw new IllegalArgumentException(
                    "Got " + predicted.length + " predictions for " + data.size() + " triggered images.");
        }
        int[] counted = IntStream.range(0, data.size())
                .filter(i -> labels.test(data.label(i)))
                .toArray();
        return new Ratio(IntStream.of(counted).filter(hit).count(), counted.length);
    }
}
