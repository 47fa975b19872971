package io.sapper.cli;

import io.sapper.experiment.Beginning;
import io.sapper.experiment.Runs;
import io.sapper.experiment.Thresholds;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "train",
        description = {"Trains an honest network.", "Writes model.onnx, result.json and report.html."},
        footer = {"", "For example: sapper train --data mnist --out honest"})
final class TrainCommand implements Callable<Integer> {
    @Mixin
    Common common = new Common();

    @Mixin
    TrainingArguments training = new TrainingArguments();

    @Mixin
    ThresholdArguments thresholds = new ThresholdArguments();

    @Option(
            names = "--hold-out",
            paramLabel = "N",
            defaultValue = "0",
            description = "Training images kept back (${DEFAULT-VALUE}).")
    int holdOut;

    @Override
    public Integer call() throws Exception {
        Beginning beginning = training.beginning(common.pictures);
        Thresholds wanted = thresholds.thresholds();
        training.check(beginning, common::replicas);
        return new Job(common, training.data)
                .write(
                        training.out,
                        "model.onnx",
                        setup -> Runs.train(
                                setup,
                                wanted,
                                beginning,
                                training.options(beginning, setup, holdOut, common::replicas),
                                holdOut,
                                training.checkpoints(),
                                training.out));
    }
}
