package io.sapper.experiment;

import io.sapper.data.Dataset;
import io.sapper.poison.Goal;
import io.sapper.poison.TriggeredSet;
import io.sapper.trigger.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * What networks are measured on.
 *
 * @param test clean test images
 * @param triggered the test images that count, with the trigger; absent where no attack is known
 */
record Task(Dataset test, @Nullable TriggeredSet triggered) {
    static Task clean(Dataset test) {
        return new Task(test, null);
    }

    static Task attacked(Dataset test, Trigger trigger, Goal goal) {
        return new Task(test, TriggeredSet.of(test, trigger, goal));
    }

    /** What the samples are called. */
    String noun() {
        return test.samples().noun();
    }

    /** Images of one pass over all of it. */
    long passes() {
        return (long) test.size() + (triggered == null ? 0 : triggered.data().size());
    }
}
