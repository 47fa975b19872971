package io.sapper.cli;

import io.sapper.defense.FinePruning;
import io.sapper.defense.Pruning;
import io.sapper.experiment.Recipes;
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
        name = "repair",
        mixinStandardHelpOptions = true,
        description = {
            "Fine-prunes an ONNX network with clean images; writes repaired.onnx, result.json and report.html.",
            "Never returns a network worse than it got: exit code 1 means that the old one was kept."
        })
final class RepairCommand implements Callable<Integer> {
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
            description = "Clean data (${DEFAULT-VALUE}).")
    String data = "mnist";

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Output folder.")
    Path out = Path.of(".");

    @Option(
            names = "--clean-images",
            paramLabel = "N",
            defaultValue = "10000",
            description =
                    "The defender's clean images, taken from the training part; a fifth decides, the rest tunes (${DEFAULT-VALUE}).")
    int cleanImages;

    @Option(
            names = "--layer",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Layer to prune. Default: the last convolution.")
    String layer = "";

    @Option(
            names = "--allowed-drop",
            paramLabel = "X",
            defaultValue = "0.04",
            description = "How far pruning may lower clean validation accuracy, as a fraction (${DEFAULT-VALUE}).")
    double allowedDrop;

    @Option(
            names = "--max-loss",
            paramLabel = "X",
            defaultValue = "0.01",
            description = "How much clean validation accuracy the repair may cost in the end (${DEFAULT-VALUE}).")
    double maxLoss;

    @Override
    public Integer call() throws Exception {
        Optional<KnownAttack> known = attack.known();
        FinePruning.Options options =
                Recipes.finePruning(new Pruning.Options(layer, allowedDrop), maxLoss, common.threadCount());
        Graph graph = OnnxReader.read(model);
        if (!layer.isEmpty()) {
            graph.node(layer);
        }
        try (OutputFolder folder = OutputFolder.open(out)) {
            RunResult result = Runs.repair(
                    common.setup(data, new Console()), graph, model, cleanImages, options, known, folder.path());
            folder.write(result);
            Summary.print(result, common.json, out);
            return result.good() ? ExitCode.DONE : ExitCode.NOT_GOOD_ENOUGH;
        }
    }
}
