package io.sapper.cli;

import io.sapper.experiment.Reproduction;
import io.sapper.metric.Ratio;
import io.sapper.result.Results;
import io.sapper.training.TrainingOptions;
import java.nio.file.Path;
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
        mixinStandardHelpOptions = true,
        description = "Runs an experiment of the papers again: honest, all-to-all, one-to-one, fine-pruning.")
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

    @Option(names = "--epochs", paramLabel = "N", description = "Other than the experiment's own.")
    Optional<Integer> epochs = Optional.empty();

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Output folder.")
    Path out = Path.of(".");

    @Override
    public Integer call() throws Exception {
        Reproduction chosen = Reproduction.of(experiment);
        if (seeds < 1) {
            throw new IllegalArgumentException("--seeds must be at least 1, not " + seeds + ".");
        }
        TrainingOptions usual = chosen.training(common.threadCount());
        TrainingOptions training = epochs.map(usual::withEpochs).orElse(usual);
        try (OutputFolder folder = OutputFolder.open(out)) {
            Reproduction.Outcome outcome = chosen.run(common.setup("mnist", new Console()), seeds, training);
            Results.write(outcome, folder.path().resolve(chosen.id() + ".json"));
            for (Reproduction.Row row : outcome.rows()) {
                System.out.printf(
                        "seed %d  %-36s clean %s  attack %s  recovered %s%n",
                        row.seed(),
                        row.what(),
                        text(row.cleanAccuracy()),
                        text(row.attackSuccessRate()),
                        text(row.recoveredAccuracy()));
            }
            return ExitCode.DONE;
        }
    }

    private static String text(@Nullable Ratio ratio) {
        return ratio == null ? "   n/a" : String.format(Locale.ROOT, "%6.2f", 100 * ratio.value());
    }
}
