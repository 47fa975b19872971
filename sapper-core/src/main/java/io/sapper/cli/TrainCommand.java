package io.sapper.cli;

import io.sapper.experiment.Runs;
import io.sapper.network.zoo.Architecture;
import io.sapper.training.TrainingOptions;
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

    @Option(
            names = "--hold-out",
            paramLabel = "N",
            defaultValue = "0",
            description = "Training images kept back (${DEFAULT-VALUE}).")
    int holdOut;

    @Override
    public Integer call() throws Exception {
        Architecture architecture = training.architecture();
        TrainingOptions options = training.options(common.replicas(training.batch));
        return new Job(common, training.data)
                .write(
                        training.out,
                        "model.onnx",
                        setup -> Runs.train(
                                setup, architecture, options, holdOut, training.checkpoints(), training.out));
    }
}
