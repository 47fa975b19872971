package io.sapper.cli;

import io.sapper.experiment.Reproduction;
import io.sapper.result.Reproduced;
import io.sapper.result.Results;
import io.sapper.training.TrainingOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "reproduce",
        description = {"Runs an experiment of the papers again, beside their numbers.", "Writes EXPERIMENT.json."},
        footer = {"", "For example: sapper reproduce all-to-all --seeds 3 --out table2"})
final class ReproduceCommand implements Callable<Integer> {
    @Mixin
    Common common = new Common();

    @Parameters(
            paramLabel = "EXPERIMENT",
            description =
                    "honest, all-to-all, one-to-one, one-to-one-all, poison-share, fine-pruning or fine-pruning-drawn.")
    String experiment = "";

    @Option(
            names = "--data",
            paramLabel = "DATA",
            defaultValue = "mnist",
            description = "mnist, synthetic-digits, or a folder (${DEFAULT-VALUE}).")
    String data = "mnist";

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
        Reproduced reproduced = new Job(common, data)
                .into(
                        out,
                        List.of(file),
                        setup -> chosen.run(setup, seeds, training, soFar -> Results.write(soFar, out.resolve(file))));
        if (common.json) {
            Summary.json(reproduced);
        } else {
            Comparison.print(reproduced, out.resolve(file));
        }
        return ExitCode.DONE;
    }
}
