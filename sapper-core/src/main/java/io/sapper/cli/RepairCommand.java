package io.sapper.cli;

import io.sapper.data.MalformedFileException;
import io.sapper.data.detection.ClassTable;
import io.sapper.data.detection.SceneHoldout;
import io.sapper.defense.DetectorFinePruning;
import io.sapper.defense.FinePruning;
import io.sapper.defense.Limits;
import io.sapper.defense.Pruning;
import io.sapper.experiment.Ladders;
import io.sapper.experiment.Received;
import io.sapper.experiment.Recipes;
import io.sapper.experiment.Runs;
import io.sapper.experiment.SceneRuns;
import io.sapper.experiment.Setup;
import io.sapper.experiment.Thresholds;
import io.sapper.network.Graph;
import io.sapper.network.NotFinite;
import io.sapper.network.detection.Detector;
import io.sapper.network.detection.DetectorFile;
import io.sapper.repair.LadderOptions;
import io.sapper.repair.Method;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
            "Fine-prunes an ONNX network with clean images only: a classifier, or a detector of Sapper's on photographs",
            "with boxes. Writes repaired.onnx, result.json and report.html. A repair that cannot be shown to keep",
            "enough clean accuracy, or mean average precision, is refused: no repaired.onnx, exit code 1."
        },
        footer = {
            "",
            "For example: sapper repair model.onnx --data mnist --out repaired",
            "             sapper repair detector.onnx --data road-sign-detection --out repaired"
        })
final class RepairCommand implements Callable<Integer> {
    private static final List<String> WRITTEN = List.of("repaired.onnx", "repaired.onnx.data");

    private static final String SEARCHING = "--method unlearning or auto";

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
                    "Clean data: mnist, cifar10, lfw-faces, lisa-signs, spoken-digits, synthetic-digits, or a folder;"
                            + " for a detector, of photographs with boxes (${DEFAULT-VALUE}).")
    String data = "mnist";

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Output folder; made if need be.")
    Path out = Path.of(".");

    @Option(
            names = "--clean-images",
            paramLabel = "N",
            description =
                    "Clean images used, of the training part; a fifth decides, the rest tunes, or all decide by cross-validation where a fifth is too few. Default: 10000, or a quarter if fewer."
                            + " Of photographs with boxes two fifths decide; default: a quarter.")
    Optional<Integer> cleanImages = Optional.empty();

    @Option(
            names = "--layer",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Layer to prune. Default: as 'sapper inspect' says, mostly the last convolution; of detectors"
                    + " always conv5.")
    String layer = "";

    @Option(
            names = "--allowed-drop",
            paramLabel = "X",
            description = "How far pruning may lower clean accuracy, as a fraction, and never further than --max-loss."
                    + " Default: 0.005. Of detectors, mean average precision, which tuning has to bring back as far as"
                    + " --max-loss says; default: 0.04.")
    Optional<Double> allowedDrop = Optional.empty();

    @Option(
            names = "--max-loss",
            paramLabel = "X",
            defaultValue = "0.02",
            description =
                    "How much clean accuracy the repair may cost in the end, as a fraction; the upper end of the loss's 95 %% interval counts (${DEFAULT-VALUE})."
                            + " Of detectors, mean average precision, as counted.")
    double maxLoss;

    @Option(
            names = "--max-class-loss",
            paramLabel = "X",
            defaultValue = "0.1",
            description =
                    "How much clean accuracy one class may lose, as a fraction, by the lower end of its 95 %% interval (${DEFAULT-VALUE})."
                            + " Of detectors, average precision, as counted; of few boxes, what one of them is worth.")
    double maxClassLoss;

    @Option(
            names = "--accept-weak-evidence",
            description =
                    "Go on with too few clean images to know what the repair costs, or without images of some classes; of"
                            + " detectors, too few boxes or none of some classes. The result says so.")
    boolean acceptWeakEvidence;

    @Option(
            names = "--method",
            paramLabel = "NAME",
            defaultValue = "fine-pruning",
            description =
                    "How: fine-pruning, fine-tuning, unlearning (of a trigger that is searched for first), or auto:"
                            + " climbs from one to the next until clean images and what was recovered say enough"
                            + " (${DEFAULT-VALUE}). Of detectors, fine-pruning only.")
    String method = "fine-pruning";

    @Option(
            names = "--reference",
            paramLabel = "FILE",
            description =
                    "With --method unlearning or auto: another ONNX network of the same classes and inputs, known to"
                            + " be honest, which somebody else trained from scratch; what works on it too is no backdoor.")
    Optional<Path> reference = Optional.empty();

    @Option(
            names = "--budget",
            paramLabel = "TIME",
            description =
                    "With --method unlearning or auto: time for the first search for triggers: 60s, 5m, 1h. Where it is"
                            + " used up before something is found, the repair is blind. Default: 10m.")
    Optional<String> budget = Optional.empty();

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
        Method chosen = Method.parse(method);
        checkFits(chosen);
        Limits limits = new Limits(maxLoss, maxClassLoss, acceptWeakEvidence);
        FinePruning.Options options = tuning.applied(Recipes.finePruning(
                new Pruning.Options(layer, allowedDrop.orElse(Pruning.Options.CAUTIOUS.allowedDrop())),
                limits,
                common.threadCount()));
        Graph read = ModelFile.read(model);
        Optional<Path> scenes = Detector.is(read) ? common.scenes(data) : Optional.empty();
        if (scenes.isPresent()) {
            if (chosen != Method.FINE_PRUNING) {
                throw new IllegalArgumentException("--method " + method
                        + " is for classifiers: a detector is repaired by fine-pruning. Leave it out.");
            }
            return detector(form.detector(model, read), scenes.get(), wanted, limits);
        }
        Received received = form.read(model, read, common, data);
        Graph graph = received.graph();
        FinePruning.layer(graph, layer);
        checkFinite(graph);
        form.checkPictures(model, common, data);
        if (chosen != Method.FINE_PRUNING) {
            return ladder(chosen, received, wanted, limits);
        }
        return new Job(common, data, received.files()).write(out, WRITTEN, given -> {
            Setup setup = ReceivedArguments.fitted(received, given, common, data);
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

    private void checkFits(Method chosen) {
        if (chosen == Method.FINE_PRUNING) {
            refuse(reference.isPresent(), "--reference", SEARCHING);
            refuse(budget.isPresent(), "--budget", SEARCHING);
            return;
        }
        refuse(!layer.isEmpty(), "--layer", "--method fine-pruning");
        refuse(allowedDrop.isPresent(), "--allowed-drop", "--method fine-pruning");
        refuse(reference.isPresent() && chosen == Method.FINE_TUNING, "--reference", SEARCHING);
        refuse(budget.isPresent() && chosen == Method.FINE_TUNING, "--budget", SEARCHING);
    }

    private static void refuse(boolean said, String option, String methods) {
        if (said) {
            throw new IllegalArgumentException(option + " is for " + methods + ". Leave it out.");
        }
    }

    private int ladder(Method chosen, Received received, Thresholds wanted, Limits limits) throws IOException {
        LadderOptions.Search usual = LadderOptions.Search.usual(common.threadCount());
        LadderOptions options = new LadderOptions(
                chosen,
                tuning.laddered(common.threadCount()),
                limits,
                budget.map(time -> usual.within(TimeSpan.parse("--budget", time)))
                        .orElse(usual));
        List<Path> inputs = new ArrayList<>(received.files());
        reference.ifPresent(inputs::add);
        ReferenceFile compared = ReferenceFile.read(reference, received, common);
        return new Job(common, data, inputs).write(out, WRITTEN, given -> {
            Setup setup = compared.told(ReceivedArguments.fitted(received, given, common, data));
            return Ladders.repair(
                    setup,
                    wanted,
                    received,
                    cleanImages.orElseGet(() -> Runs.usualCleanImages(setup)),
                    options,
                    compared.reference(),
                    attack.known(setup),
                    out);
        });
    }

    private int detector(DetectorFile detector, Path folder, Thresholds wanted, Limits limits) throws IOException {
        if (!layer.isEmpty() && !layer.equals(Detector.LAST_CONVOLUTION)) {
            throw new IllegalArgumentException("Of a detector, the layer that is pruned is " + Detector.LAST_CONVOLUTION
                    + ", its last convolution, not '" + layer + "'. Leave --layer out.");
        }
        DetectorFinePruning.Options options = tuning.onDetectors(
                allowedDrop.orElse(DetectorFinePruning.Options.DEFAULTS.allowedDrop()),
                limits,
                common::detectorReplicas);
        ClassTable table = ClassTable.parse(form.table());
        return new Job(common, data, detector.files())
                .write(
                        out,
                        WRITTEN,
                        console -> SceneRuns.fitted(common.scenes(folder, table, Optional.empty(), console), detector),
                        setup -> SceneRuns.repair(
                                setup,
                                wanted,
                                detector,
                                cleanImages.orElseGet(
                                        () -> SceneHoldout.usual(setup.data().train())),
                                options,
                                attack.known(setup),
                                out));
    }
}
