package io.sapper.cli;

import io.sapper.data.Catalogue;
import io.sapper.data.Obtained;
import io.sapper.data.image.FolderReader;
import io.sapper.experiment.Recipes;
import io.sapper.experiment.Setup;
import io.sapper.network.Compute;
import io.sapper.network.Engine;
import io.sapper.training.TrainingOptions;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of commands that run something. */
final class Common {
    @Mixin
    HelpOptions help = new HelpOptions();

    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec spec;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of every random choice (${DEFAULT-VALUE}).")
    long seed;

    @Option(names = "--device", paramLabel = "D", defaultValue = "cpu", description = "cpu or cuda (${DEFAULT-VALUE}).")
    String device = "cpu";

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads; in training, at most as many replicas. Default: all cores.")
    Optional<Integer> threads = Optional.empty();

    @Option(names = "--json", description = "Print the result as JSON on standard output.")
    boolean json;

    /** The command's name. */
    String command() {
        return spec().name();
    }

    int threadCount() {
        int count = threads.orElse(Runtime.getRuntime().availableProcessors());
        if (count < 1) {
            throw new IllegalArgumentException("--threads must be at least 1, not " + count + ".");
        }
        return count;
    }

    /** Replicas for batches of that size where nobody says how many; a GPU does a batch at once. */
    int replicas(int batchSize) {
        return Compute.of(device) == Compute.CUDA ? 1 : TrainingOptions.suitableReplicas(threadCount(), batchSize);
    }

    Setup setup(String dataName, Console console) throws IOException {
        Compute compute = compute();
        Obtained data = Catalogue.load(
                dataName, new FolderReader.Options(Optional.empty(), 0.2, seed), Sapper.surroundings(spec()), console);
        return new Setup(data, seed, compute, replicas(Recipes.BATCH), console);
    }

    private Compute compute() {
        Compute compute = Compute.of(device);
        Engine.threads(threadCount());
        Engine.check(compute);
        return compute;
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("These options belong to a command.");
        }
        return spec;
    }
}
