package io.sapper.experiment;

import io.sapper.data.Obtained;
import io.sapper.network.Compute;
import java.util.List;

/**
 * What every run needs.
 *
 * @param data already loaded
 * @param seed of every random choice
 * @param compute where numbers are made
 * @param replicas networks that share a batch in training
 * @param reporter hears how it goes on
 * @param commandLine the words that the user typed, for the result; empty where there were none
 */
public record Setup(
        Obtained data, long seed, Compute compute, int replicas, Reporter reporter, List<String> commandLine) {
    public Setup {
        commandLine = List.copyOf(commandLine);
    }

    /** The same with another seed. */
    Setup withSeed(long other) {
        return new Setup(data, other, compute, replicas, reporter, commandLine);
    }
}
