package io.sapper.cli;

import io.sapper.data.MalformedFileException;
import io.sapper.defense.FinePruning;
import io.sapper.defense.Limits;
import io.sapper.defense.Pruning;
import io.sapper.experiment.Received;
import io.sapper.experiment.Recipes;
import io.sapper.experiment.Runs;
import io.sapper.experiment.Setup;
import io.sapper.experiment.Thresholds;
import io.sapper.network.Graph;
import io.sapper.network.NotFinite;
import io.sapper.network.detection.Detector;
import io.sapper.network.operator.NotSupported;
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
            "Writes repaired.onnx, result.json and report.html. A repair that cannot be",
            "shown to keep enough clean accuracy is refused: no repaired.onnx, exit code 1."
        },
        footer = {"", "For example: sapper repair model.onnx --data mnist --out repaired"})
final class RepairCommand implements Callable<Integer> {
    private static final List<String> WRITTEN = List.of("repaired.onnx", "repaired.onnx.data");

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
                    "Clean data: mnist, cifar10, lfw-faces, lisa-signs, spoken-digits, synthetic-digits, or a folder"
                            + " (${DEFAULT-VALUE}).")
    String data = "mnist";

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Output folder; made if need be.")
    Path out = Path.of(".");

    @Option(
            names = "--clean-images",
            paramLabel = "N",
            description =
                    "Clean images used, of the training part; a fifth decides, the rest tunes, or all decide by cross-validation where a fifth is too few. Default: 10000, or a quarter if fewer.")
    Optional<Integer> cleanImages = Optional.empty();

    @Option(
            names = "--layer",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Layer to prune. Default: as 'sapper inspect' says, mostly the last convolution.")
    String layer = "";

    @Option(
            names = "--allowed-drop",
            paramLabel = "X",
            defaultValue = "0.005",
            description =
                    "How far pruning may lower clean accuracy, as a fraction, and never further than --max-loss (${DEFAULT-VALUE}).")
    double allowedDrop;

    @Option(
            names = "--max-loss",
            paramLabel = "X",
            defaultValue = "0.02",
            description =
                    "How much clean accuracy the repair may cost in the end, as a fraction; the upper end of the loss's 95 %% interval counts (${DEFAULT-VALUE}).")
    double maxLoss;

    @Option(
            names = "--max-class-loss",
            paramLabel = "X",
            defaultValue = "0.1",
            description =
                    "How much clean accuracy one class may lose, as a fraction, by the lower end of its 95 %% interval (${DEFAULT-VALUE}).")
    double maxClassLoss;

    @Option(
            names = "--accept-weak-evidence",
            description =
                    "Go on with too few clean images to know what the repair costs, or without images of some classes; the result says so.")
    boolean acceptWeakEvidence;

    @Mixin
    TuningArguments tuning = new TuningArguments();

    /** What comes of numbers that are none can be neither tuned nor measured. */
    private void checkFinite(Graph graph) throws MalformedFileException {
        List<NotFinite> broken = NotFinite.in(graph);
        if (!broken.isEmpty()) {
            throw new MalformedFileException(
                    model,
                    broken.get(0).tensor(),
                    "weights that are not finite cannot be repaired (" + broken.get(0)
                            + "). Maybe get the model again; 'sapper inspect' names all of them.");
        }
    }

    @Override
    public Integer call() throws Exception {
        Thresholds wanted = thresholds.thresholds(harmlessLimit);
        attack.check();
        FinePruning.Options options = tuning.applied(Recipes.finePruning(
                new Pruning.Options(layer, allowedDrop),
                new Limits(maxLoss, maxClassLoss, acceptWeakEvidence),
                common.threadCount()));
        Graph read = ModelFile.read(model);
        if (Detector.is(read)) {
            throw new NotSupported(model + " is a detector of signs in photographs, and 'repair' takes classifiers"
                    + " only. 'sapper evaluate' measures a detector.");
        }
        Received received = form.read(model, read, common, data);
        Graph graph = received.graph();
        FinePruning.layer(graph, layer);
        checkFinite(graph);
        form.checkPictures(model, common, data);
        return new Job(common, data, received.files()).write(out, WRITTEN, given -> {
            Setup setup = received.fitted(given);
            return Runs.repair(
                    setup,
                    wanted,
                    received,
                    cleanImages.orElseGet(() -> Runs.usualCleanImages(setup)),
                    options,
                    attack.known(setup),
                    out);
        });
    }
}
