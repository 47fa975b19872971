package io.sapper.cli;

import io.sapper.experiment.Received;
import io.sapper.experiment.Runs;
import io.sapper.experiment.Setup;
import io.sapper.experiment.Thresholds;
import io.sapper.result.RunResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "evaluate",
        description = {
            "Measures an ONNX network on test data.",
            "With --trigger and --goal it also says how often that attack succeeds."
        },
        footer = {"", "For example: sapper evaluate model.onnx --trigger pattern --goal all-to-one:7"})
final class EvaluateCommand implements Callable<Integer> {
    @Mixin
    Common common = new Common();

    @Mixin
    KnownAttackArguments attack = new KnownAttackArguments();

    @Mixin
    ReceivedArguments form = new ReceivedArguments();

    @Mixin
    ThresholdArguments thresholds = new ThresholdArguments();

    @Mixin
    ThresholdArguments.Harmless harmlessLimit = new ThresholdArguments.Harmless();

    @Parameters(paramLabel = "MODEL", description = "An ONNX file.")
    Path model = Path.of(".");

    @Option(
            names = "--data",
            paramLabel = "DATA",
            defaultValue = "mnist",
            description =
                    "Data set: mnist, cifar10, lfw-faces, lisa-signs, spoken-digits, synthetic-digits, or a folder"
                            + " (${DEFAULT-VALUE}).")
    String data = "mnist";

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for result.json and report.html. Default: none.")
    Optional<Path> out = Optional.empty();

    @Override
    public Integer call() throws Exception {
        Thresholds wanted = thresholds.thresholds(harmlessLimit);
        attack.check();
        Received received = form.read(model, common);
        Job job = new Job(common, data, List.of(model));
        Job.Work<RunResult> work = given -> {
            Setup setup = received.fitted(given);
            return Runs.evaluate(setup, wanted, received, attack.known(setup));
        };
        return out.isEmpty() ? job.show(work) : job.write(out.get(), List.of(), work);
    }
}
