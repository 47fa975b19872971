package io.sapper.cli;

import io.sapper.experiment.Reproduction;
import io.sapper.metric.Ratio;
import io.sapper.result.Results;
import io.sapper.training.TrainingOptions;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "reproduce",
        description = {"Runs an experiment of the papers again, with several seeds.", "Writes EXPERIMENT.json."},
        footer = {"", "For example: sapper reproduce all-to-all --seeds 3 --out table2"})
final class ReproduceCommand implements Callable<Integer> {
    @Mixin
    Common common = new Common();

    @Parameters(paramLabel = "EXPERIMENT", description = "honest, all-to-all, one-to-one or fine-pruning.")
    String experiment = "";

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "5",
            description = "How many seeds, from --seed on (${DEFAULT-VALUE}).")
    int seeds;

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the data. Default: the experiment's own.")
    Optional<Integer> epochs = Optional.empty();

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Output folder; made if need be.")
    Path out = Path.of(".");

    @Override
    public Integer call() throws Exception {
        Reproduction chosen = Reproduction.of(experiment);
        if (seeds < 1) {
            throw new IllegalArgumentException("--seeds must be at least 1, not " + seeds + ".");
        }
        TrainingOptions usual = chosen.training(common.threadCount());
        TrainingOptions training = epochs.map(usual::withEpochs).orElse(usual);
        String file = chosen.id() + ".json";
        Reproduction.Outcome outcome = new Job(common, "mnist").into(out, List.of(file), setup -> {
            Reproduction.Outcome found = chosen.run(setup, seeds, training);
            Results.write(found, out.resolve(file));
            return found;
        });
        if (common.json) {
            Summary.json(outcome);
        } else {
            print(outcome, out.resolve(file));
        }
        return ExitCode.DONE;
    }

    private static void print(Reproduction.Outcome outcome, Path file) {
        PrintStream out = System.out;
        out.printf(Locale.ROOT, "%4s  %-36s  %8s  %8s  %9s%n", "seed", "rates in %", "clean", "attack", "recovered");
        for (Reproduction.Row row : outcome.rows()) {
            out.printf(
                    Locale.ROOT,
                    "%4d  %-36s  %8s  %8s  %9s%n",
                    row.seed(),
                    row.what(),
                    text(row.cleanAccuracy()),
                    text(row.attackSuccessRate()),
                    text(row.recoveredAccuracy()));
        }
        out.println();
        out.println("Result: " + file);
    }

    private static String text(@Nullable Ratio ratio) {
        return ratio == null ? "n/a" : String.format(Locale.ROOT, "%.2f", 100 * ratio.value());
    }
}
