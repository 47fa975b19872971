package io.sapper.cli;

import io.sapper.data.audio.SoundOptions;
import io.sapper.experiment.Beginning;
import io.sapper.experiment.Recipes;
import io.sapper.experiment.Setup;
import io.sapper.network.Graph;
import io.sapper.network.detection.Detector;
import io.sapper.network.detection.DetectorFile;
import io.sapper.network.detection.FasterRcnn;
import io.sapper.network.zoo.Architecture;
import io.sapper.training.Augmentation;
import io.sapper.training.Checkpoints;
import io.sapper.training.Optimizer;
import io.sapper.training.Schedule;
import io.sapper.training.TrainingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import picocli.CommandLine.Option;

/** Options of commands that train. */
final class TrainingArguments {
    private static final double WEIGHT_DECAY = 5e-4;
    private static final String USUAL_NETWORK = "badnets-digits";
    private static final String ENDING = ".onnx";

    @Option(
            names = "--data",
            paramLabel = "DATA",
            defaultValue = "mnist",
            description =
                    "mnist, cifar10, lfw-faces, lisa-signs, spoken-digits, synthetic-digits, or a folder (${DEFAULT-VALUE}).")
    String data = "mnist";

    @Option(
            names = "--network",
            paramLabel = "NAME",
            completionCandidates = NetworkNames.class,
            description = "Architecture: ${COMPLETION-CANDIDATES} (" + USUAL_NETWORK + "); or a network of your own,"
                    + " FILE.onnx, whose weights are the beginning. For photographs with boxes: a detector, FILE.onnx,"
                    + " or " + FasterRcnn.ZF_NAME + ", the papers' (all of it learns: hours on a CPU). Default: a new"
                    + " one on a frozen backbone.")
    Optional<String> network = Optional.empty();

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Output folder; made if need be.")
    Path out = Path.of(".");

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "Passes over the training images. Default: 10; more for fewer than 2400 images, so that"
                    + " there are 1500 steps. deepid and the networks for speech have recipes of their own, for this and"
                    + " the next.")
    Optional<Integer> epochs = Optional.empty();

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Samples in each step. Default: 64; 16 for fewer than 9600 of them.")
    Optional<Integer> batch = Optional.empty();

    @Option(names = "--optimizer", paramLabel = "NAME", description = "sgd or adam. Default: sgd; adam for deepid.")
    Optional<String> optimizer = Optional.empty();

    @Option(
            names = "--learning-rate",
            paramLabel = "X",
            description =
                    "Highest learning rate. Default: 0.1 for sgd, 0.02 for fewer than 9600 samples; 0.001 for adam.")
    Optional<Double> learningRate = Optional.empty();

    @Option(
            names = "--momentum",
            paramLabel = "X",
            defaultValue = "0.9",
            description = "Momentum of sgd; of adam, the decay of its mean gradient, beta1 (${DEFAULT-VALUE}).")
    double momentum = 0.9;

    @Option(
            names = "--weight-decay",
            paramLabel = "X",
            description = "Adds this times the weight to its gradient. Default: 5e-4; 0 for deepid.")
    Optional<Double> weightDecay = Optional.empty();

    @Option(
            names = "--schedule",
            paramLabel = "NAME",
            description = "Learning rate over time: one-cycle, cosine or constant. Default: one-cycle.")
    Optional<String> schedule = Optional.empty();

    @Option(
            names = "--augment",
            paramLabel = "A",
            description = "Changes the training pictures anew in each epoch: flip (left to right), shift=PIXELS,"
                    + " rotate=DEGREES, zoom=SHARE, brightness=SHARE, several with commas between; none. A trigger goes on afterwards, so it never moves. Default: none;"
                    + " for deepid flip,shift=2,rotate=10,zoom=0.1,brightness=0.2.")
    Optional<String> augment = Optional.empty();

    @Option(
            names = "--dropout",
            description = "Train with the dropout that the network has, also where its recipe leaves it out (deepid).")
    boolean dropout;

    @Option(
            names = "--replicas",
            paramLabel = "N",
            description = "Networks that share each batch. Default: one per thread, each with 8 images or more.")
    Optional<Integer> replicas = Optional.empty();

    @Option(names = "--resume", description = "Go on from the checkpoint in the output folder, if there is one.")
    boolean resume;

    /**
     * The architecture of that name, or the network in a file of that name, which hears recordings as it did before.
     *
     * @throws IOException if the file cannot be read
     */
    Beginning beginning(PictureArguments pictures) throws IOException {
        String named = network.orElse(USUAL_NETWORK);
        if (zf()) {
            throw new IllegalArgumentException("--network " + named + " is a detector, but " + data
                    + " holds no photographs with boxes. Name data that do, or another network.");
        }
        if (!named.endsWith(ENDING)) {
            return new Beginning.Drawn(Architecture.of(named));
        }
        Graph own = ModelFile.read(Path.of(named));
        ModelFile.refuseDetector(Path.of(named), own, data, "");
        own = own.withFreeBatch();
        ModelFile.checkUsable(own);
        if (SoundOptions.ofInputStep(own.inputStep()).isPresent()) {
            pictures.expect(Path.of(named), own);
        }
        return new Beginning.Given(Path.of(named), own);
    }

    /**
     * The detector that a training on photographs with boxes begins with; empty for a new one.
     *
     * @throws IllegalArgumentException if an architecture for pictures is named, or a classifier
     * @throws IOException if the file cannot be read
     */
    Optional<DetectorFile> detector() throws IOException {
        if (network.isEmpty() || zf()) {
            return Optional.empty();
        }
        if (!network.get().endsWith(ENDING)) {
            throw new IllegalArgumentException("--network " + network.get()
                    + " is for pictures of classes, but " + data
                    + " holds photographs with boxes: there, a detector's FILE.onnx, " + FasterRcnn.ZF_NAME
                    + ", or nothing for a new one.");
        }
        Path file = Path.of(network.get());
        Graph graph = ModelFile.read(file);
        if (!Detector.is(graph)) {
            throw new IllegalArgumentException(file + " is no detector, but " + data
                    + " holds photographs with boxes. A new detector begins with a classifier's convolutions: say"
                    + " --backbone FILE.onnx --backbone-layer L instead of --network.");
        }
        ModelFile.checkFinite(file, graph);
        return Optional.of(DetectorFile.of(file, graph, List.of()));
    }

    /** Whether a new detector is to be the papers' own network. */
    boolean zf() {
        return network.filter(FasterRcnn.ZF_NAME::equals).isPresent();
    }

    /**
     * What was said for photographs with boxes.
     *
     * @param suitableReplicas where nobody said how many
     */
    TrainingOptions onScenes(IntUnaryOperator suitableReplicas) {
        if (dropout || augment.filter(said -> !said.strip().equals("flip")).isPresent()) {
            throw new IllegalArgumentException((dropout ? "--dropout" : "--augment " + augment.orElse(""))
                    + " is for pictures of classes: photographs with boxes are mirrored by chance (--augment flip),"
                    + " always, and nothing else. Leave it out.");
        }
        return said(
                zf() ? Recipes.detectorOfThePaper(1) : Recipes.detector(1), Recipes.ENOUGH_IMAGES, suitableReplicas);
    }

    /** Checks all that can be checked before the data are there. */
    void check(Beginning beginning, IntUnaryOperator replicas) {
        options(beginning, Recipes.ENOUGH_IMAGES, replicas);
    }

    /**
     * What was said, and where nothing was said, what suits the number of training images; told to the user.
     *
     * @param heldOut of the training part, not trained on
     * @param replicas that suit a batch of a size, where nobody said how many
     */
    TrainingOptions options(Beginning beginning, Setup setup, int heldOut, IntUnaryOperator replicas) {
        int images = Math.max(1, setup.data().split().train().size() - heldOut);
        TrainingOptions options = options(beginning, images, replicas);
        setup.reporter()
                .message("Training on " + images + " "
                        + setup.data().split().train().samples().noun() + ": " + options.text() + ".");
        return options;
    }

    private TrainingOptions options(Beginning beginning, int images, IntUnaryOperator suitableReplicas) {
        TrainingOptions usual = beginning.usual(images, 1);
        return said(usual, images, suitableReplicas)
                .withTreatment(usual.treatment()
                        .withAugmentation(augment.map(Augmentation::parse).orElse(usual.augmentation()))
                        .withDropout(dropout || usual.treatment().dropout()));
    }

    private TrainingOptions said(TrainingOptions usual, int images, IntUnaryOperator suitableReplicas) {
        int size = batch.orElse(usual.batchSize());
        return new TrainingOptions(
                epochs.orElse(usual.epochs()),
                size,
                optimizer(usual.optimizer(), images),
                schedule.map(Schedule::of).orElse(usual.schedule()),
                replicas.orElseGet(() -> suitableReplicas.applyAsInt(size)),
                usual.treatment());
    }

    /** The usual one with what was said; of the other kind, that kind's usual one. */
    private Optimizer optimizer(Optimizer usual, int images) {
        String name = optimizer.orElse(usual instanceof Optimizer.Adam ? "adam" : "sgd");
        return switch (name) {
            case "sgd" -> {
                Optimizer sgd = usual instanceof Optimizer.Sgd
                        ? usual
                        : Recipes.usual(images, 1).optimizer();
                yield new Optimizer.Sgd(
                        learningRate.orElse(sgd.learningRate()), momentum, weightDecay.orElse(WEIGHT_DECAY));
            }
            case "adam" -> {
                boolean own = usual instanceof Optimizer.Adam;
                yield new Optimizer.Adam(
                        learningRate.orElse(own ? usual.learningRate() : 0.001),
                        momentum,
                        0.999,
                        weightDecay.orElse(usual instanceof Optimizer.Adam adam ? adam.weightDecay() : WEIGHT_DECAY));
            }
            default -> throw new IllegalArgumentException("Unknown optimizer '" + name + "'. Known: sgd, adam.");
        };
    }

    /** The network's file, where one is named: it must not be written over. */
    List<Path> inputs() {
        return network.filter(name -> name.endsWith(ENDING)).map(Path::of).stream()
                .toList();
    }

    Checkpoints checkpoints() {
        return Checkpoints.in(out.resolve("checkpoint"), resume);
    }
}
