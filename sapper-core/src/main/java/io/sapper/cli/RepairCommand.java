package io.sapper.cli;

import io.sapper.defense.FinePruning;
import io.sapper.defense.Pruning;
import io.sapper.experiment.Recipes;
import io.sapper.experiment.Runs;
import io.sapper.network.Graph;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "repair",
        description = {
            "Fine-prunes an ONNX network with clean images only.",
            "Writes repaired.onnx, result.json and report.html. Exit code 1: no repair kept",
            "enough clean accuracy, and repaired.onnx is the network as it came."
        },
        footer = {"", "For example: sapper repair model.onnx --data mnist --out repaired"})
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
            description = "Clean data: mnist, cifar10, synthetic-digits, or a folder (${DEFAULT-VALUE}).")
    String data = "mnist";

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Output folder; made if need be.")
    Path out = Path.of(".");

    @Option(
            names = "--clean-images",
            paramLabel = "N",
            description =
                    "Clean images used, of the training part; a fifth decides, the rest tunes. Default: 10000, or a quarter if fewer.")
    Optional<Integer> cleanImages = Optional.empty();

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
            description =
                    "How much clean validation accuracy the repair may cost in the end, as a fraction (${DEFAULT-VALUE}).")
    double maxLoss;

    @Override
    public Integer call() throws Exception {
        attack.check();
        FinePruning.Options options =
                Recipes.finePruning(new Pruning.Options(layer, allowedDrop), maxLoss, common.threadCount());
        Graph graph = ModelFile.read(model);
        common.pictures.expect(graph);
        if (!layer.isEmpty()) {
            graph.node(layer);
        }
        return new Job(common, data, List.of(model))
                .write(
                        out,
                        "repaired.onnx",
                        setup -> Runs.repair(
                                setup,
                                graph,
                                model,
                                cleanImages.orElseGet(() -> Runs.usualCleanImages(setup)),
                                options,
                                attack.known(setup),
                                out));
    }
}
