package io.sapper.cli;

import io.sapper.experiment.Runs;
import io.sapper.experiment.Runs.KnownAttack;
import io.sapper.network.Graph;
import io.sapper.network.OnnxReader;
import io.sapper.result.RunResult;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = "Measures an ONNX network on test data, with a trigger if one is known.")
final class EvaluateCommand implements Callable<Integer> {
    @Mixin
    Common common = new Common();

    @Mixin
    KnownAttackArguments attack = new KnownAttackArguments();

    @Parameters(paramLabel = "MODEL", description = "An ONNX file.")
    Path model = Path.of(".");

    @Option(
            names = "--data",
            paramLabel = "DATA",
            defaultValue = "mnist",
            description = "Test data (${DEFAULT-VALUE}).")
    String data = "mnist";

    @Option(names = "--out", paramLabel = "DIR", description = "Output folder for result.json and report.html.")
    Optional<Path> out = Optional.empty();

    @Override
    public Integer call() throws Exception {
        Optional<KnownAttack> known = attack.known();
        Graph graph = OnnxReader.read(model);
        if (out.isEmpty()) {
            Summary.print(Runs.evaluate(common.setup(data, new Console()), graph, model, known), common.json, null);
            return ExitCode.DONE;
        }
        try (OutputFolder folder = OutputFolder.open(out.get())) {
            RunResult result = Runs.evaluate(common.setup(data, new Console()), graph, model, known);
            folder.write(result);
            Summary.print(result, common.json, out.get());
            return ExitCode.DONE;
        }
    }
}
