package io.sapper.experiment;

import io.sapper.data.Obtained;
import io.sapper.network.Compute;
import java.io.IOException;
import java.util.List;

/**
 * What every run needs.
 *
 * @param data already loaded
 * @param seed of every random choice
 * @param compute where numbers are made
 * @param replicas networks that share a batch in training
 * @param reporter hears how it goes on
 * @param loader finds other data by their names, for experiments on several
 * @param commandLine the words that the user typed, for the result; empty where there were none
 */
public record Setup(
        Obtained data,
        long seed,
        Compute compute,
        int replicas,
        Reporter reporter,
        Loader loader,
        List<String> commandLine) {
    /** Finds data by a name or a folder, as {@code --data} does. */
    @FunctionalInterface
    public interface Loader {
        Obtained load(String name) throws IOException;
    }

    /** For runs on these data alone. */
    public Setup(Obtained data, long seed, Compute compute, int replicas, Reporter reporter, List<String> commandLine) {
        this(
                data,
                seed,
                compute,
                replicas,
                reporter,
                name -> {
                    throw new IllegalArgumentException("This run has no data but its own, so not '" + name + "'.");
                },
                commandLine);
    }

    public Setup {
        commandLine = List.copyOf(commandLine);
    }

    /** The same with another seed. */
    Setup withSeed(long other) {
        return new Setup(data, other, compute, replicas, reporter, loader, commandLine);
    }

    /** The same with other data. */
    public Setup withData(Obtained other) {
        return new Setup(other, seed, compute, replicas, reporter, loader, commandLine);
    }
}
