package io.sapper.cli;

import io.sapper.experiment.Reproduction;
import io.sapper.result.Reproduced;
import io.sapper.result.Results;
import io.sapper.training.TrainingOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "reproduce",
        mixinStandardHelpOptions = true,
        description = "Runs an experiment of the papers again, with several seeds, and puts it beside their numbers.")
final class ReproduceCommand implements Callable<Integer> {
    @Mixin
    Common common = new Common();

    @Parameters(
            paramLabel = "EXPERIMENT",
            description =
                    "honest, all-to-all, one-to-one, one-to-one-all, poison-share, fine-pruning or fine-pruning-drawn.")
    String experiment = "";

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "5",
            description = "How many seeds, from --seed on (${DEFAULT-VALUE}).")
    int seeds;

    @Option(names = "--epochs", paramLabel = "N", description = "Other than the experiment's own.")
    Optional<Integer> epochs = Optional.empty();

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Output folder for EXPERIMENT.json.")
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
            Reproduced reproduced = chosen.run(common.setup("mnist", new Console()), seeds, training);
            Path json = folder.path().resolve(chosen.id() + ".json");
            Results.write(reproduced, json);
            Comparison.print(reproduced, common.json, json);
            return ExitCode.DONE;
        }
    }
}
