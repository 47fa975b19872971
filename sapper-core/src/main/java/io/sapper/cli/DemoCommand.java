package io.sapper.cli;

import io.sapper.experiment.Demo;
import io.sapper.experiment.Thresholds;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = {
            "Lays a BadNet in a digit classifier, measures it and clears it.",
            "Writes badnet.onnx, repaired.onnx, result.json and report.html."
        })
final class DemoCommand implements Callable<Integer> {
    @Mixin
    Common common = new Common();

    @Mixin
    ThresholdArguments thresholds = new ThresholdArguments();

    @Mixin
    ThresholdArguments.Harmless harmlessLimit = new ThresholdArguments.Harmless();

    @Mixin
    ThresholdArguments.Laid laidLimit = new ThresholdArguments.Laid();

    @Option(
            names = "--data",
            paramLabel = "DATA",
            defaultValue = "mnist",
            description = "mnist, synthetic-digits, or a folder (${DEFAULT-VALUE}).")
    String data = "mnist";

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "sapper-out/demo",
            description = "Output folder (${DEFAULT-VALUE}).")
    Path out = Path.of("sapper-out/demo");

    @Override
    public Integer call() throws Exception {
        common.allowSyntheticDigits();
        Thresholds wanted = thresholds.thresholds(harmlessLimit, laidLimit);
        return new Job(common, data)
                .write(out, List.of("badnet.onnx", "repaired.onnx"), setup -> Demo.run(setup, wanted, out));
    }
}
