package io.sapper.training;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where and how often a training run saves itself, so that it can go on after being stopped at any moment.
 *
 * @param folder of this run alone; absent for none
 * @param every at least this long between two checkpoints; each epoch ends with one
 * @param resume whether to go on from what is there; else what is there is an error
 */
public record Checkpoints(@Nullable Path folder, Duration every, boolean resume) {
    /** No checkpoints. */
    public static final Checkpoints NONE = new Checkpoints(null, Duration.ZERO, false);

    /** Saves every 15 seconds and after each epoch. */
    public static Checkpoints in(Path folder, boolean resume) {
        return new Checkpoints(folder, Duration.ofSeconds(15), resume);
    }
}
