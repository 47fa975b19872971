package io.sapper.cli;

import io.sapper.experiment.Runs;
import io.sapper.experiment.Setup;
import io.sapper.network.zoo.Architecture;
import io.sapper.result.RunResult;
import io.sapper.training.TrainingOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = "Trains an honest network; writes model.onnx, result.json and report.html.")
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
        TrainingOptions options = training.options(common.threadCount());
        try (OutputFolder folder = OutputFolder.open(training.out)) {
            Setup setup = common.setup(training.data, new Console());
            RunResult result = Runs.train(setup, architecture, options, holdOut, training.checkpoints(), folder.path());
            folder.write(result);
            Summary.print(result, common.json, training.out);
            return ExitCode.DONE;
        }
    }
}
