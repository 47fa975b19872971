package io.sapper.experiment;

import io.sapper.data.Obtained;
import io.sapper.data.Once;
import io.sapper.network.Compute;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What every run needs.
 *
 * @param data already loaded
 * @param seed of every random choice
 * @param compute where numbers are made
 * @param replicas networks that share a batch in training
 * @param reporter hears how it goes on
 * @param networks that several parts of an experiment begin with
 * @param loader finds other data by their names, for experiments on several
 * @param commandLine the words that the user typed, for the result; empty where there were none
 */
public record Setup(
        Obtained data,
        long seed,
        Compute compute,
        int replicas,
        Reporter reporter,
        Once networks,
        Loader loader,
        List<String> commandLine) {
    /** Most of an experiment's networks that parts begin with: one for each of the latest seeds. */
    public static final int MOST_NETWORKS = 16;

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
                new Once(MOST_NETWORKS),
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
        return new Setup(data, other, compute, replicas, reporter, networks, loader, commandLine);
    }

    /**
     * The same, but what its loader loads is loaded once and kept.
     *
     * @param heard of each when it is loaded, with its name
     */
    Setup loadingOnce(BiConsumer<String, Obtained> heard) {
        Map<String, Obtained> loaded = new HashMap<>();
        Loader once = name -> {
            Obtained kept = loaded.get(name);
            if (kept == null) {
                kept = loader.load(name);
                loaded.put(name, kept);
                heard.accept(name, kept);
            }
            return kept;
        };
        return new Setup(data, seed, compute, replicas, reporter, networks, once, commandLine);
    }

    /** The same with other data. */
    public Setup withData(Obtained other) {
        return new Setup(other, seed, compute, replicas, reporter, networks, loader, commandLine);
    }
}
