package io.sapper.training;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where and how often a training run saves itself, so that it can go on after being stopped at any moment.
 *
 * <p>A kill, Ctrl-C or an interrupt loses what was done since the last checkpoint: the time of {@code every} and one
 * step. There is no last-minute save. When the process is told to end, it would read the weights while another thread
 * changes them; and work of so short a time is sooner done again.
 *
 * <p>The last checkpoint is the trained network itself, and stays: whoever writes that network elsewhere removes it
 * then with {@link #clear}, so that at no moment the work of hours lies in memory alone.
 *
 * @param folder of this run alone; absent for none
 * @param every at least this long between two checkpoints; each epoch ends with one
 * @param resume whether to go on from what is there; else what is there is an error
 */
public record Checkpoints(@Nullable Path folder, Duration every, boolean resume) {
    private static final Settings NO_SETTINGS = new Settings(Map.of());

    /** No checkpoints. */
    public static final Checkpoints NONE = new Checkpoints(null, Duration.ZERO, false);

    /** The folder of the checkpoints in the folder of what is trained. */
    public static final String FOLDER = "checkpoint";

    /** Saves every 15 seconds and after each epoch. */
    public static Checkpoints in(Path folder, boolean resume) {
        return new Checkpoints(folder, Duration.ofSeconds(15), resume);
    }

    /** Removes what is there, once what was trained is kept elsewhere. */
    public void clear() throws IOException {
        if (folder != null) {
            new CheckpointStore(folder, NO_SETTINGS).clear();
        }
    }

    /** How far the newest checkpoint in a folder has come, in words; empty if there is none. */
    public static Optional<String> newest(Path folder) throws IOException {
        return new CheckpointStore(folder, NO_SETTINGS).describe();
    }
}
