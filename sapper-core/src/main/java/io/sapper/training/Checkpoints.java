package io.sapper.training;

import io.sapper.data.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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

    /** Those of one of several trainings in a row, in a folder in this one. */
    public Checkpoints part(String name) throws IOException {
        if (folder == null) {
            return this;
        }
        Output.refuseLink(folder); // a store looks at its own folder only
        return new Checkpoints(folder.resolve(name), every, resume);
    }

    /** Removes what is there, of the parts too, once what was trained is kept elsewhere. */
    public void clear() throws IOException {
        if (folder != null) {
            for (Path part : parts(folder)) {
                new CheckpointStore(part, NO_SETTINGS).clear();
            }
            new CheckpointStore(folder, NO_SETTINGS).clear();
        }
    }

    /** How far the newest checkpoint in a folder has come, in words; empty if there is none. */
    public static Optional<String> newest(Path folder) throws IOException {
        Optional<String> own = new CheckpointStore(folder, NO_SETTINGS).describe();
        if (own.isPresent()) {
            return own;
        }
        String all = "";
        for (Path part : parts(folder)) {
            String text = new CheckpointStore(part, NO_SETTINGS).describe().orElse("");
            all += text.isEmpty() ? "" : (all.isEmpty() ? "" : "; ") + part.getFileName() + ": " + text;
        }
        return all.isEmpty() ? Optional.empty() : Optional.of(all);
    }

    private static List<Path> parts(Path folder) throws IOException {
        Output.refuseLink(folder);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(part -> Files.isDirectory(part, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
    }
}
