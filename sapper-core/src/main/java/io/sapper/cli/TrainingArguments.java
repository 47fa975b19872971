package io.sapper.cli;

import io.sapper.experiment.Recipes;
import io.sapper.network.zoo.Architecture;
import io.sapper.training.Checkpoints;
import io.sapper.training.Optimizer;
import io.sapper.training.Schedule;
import io.sapper.training.TrainingOptions;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of commands that train. */
final class TrainingArguments {
    @Option(
            names = "--data",
            paramLabel = "DATA",
            defaultValue = "mnist",
            description = "mnist, cifar10, synthetic-digits, or a folder (${DEFAULT-VALUE}).")
    String data = "mnist";

    @Option(
            names = "--network",
            paramLabel = "NAME",
            defaultValue = "badnets-digits",
            description = "Architecture of the network (${DEFAULT-VALUE}).")
    String network = "badnets-digits";

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Output folder; made if need be.")
    Path out = Path.of(".");

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the training images. Default: 10.")
    Optional<Integer> epochs = Optional.empty();

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "64",
            description = "Images in each step (${DEFAULT-VALUE}).")
    int batch = Recipes.BATCH;

    @Option(
            names = "--optimizer",
            paramLabel = "NAME",
            defaultValue = "sgd",
            description = "sgd or adam (${DEFAULT-VALUE}).")
    String optimizer = "sgd";

    @Option(
            names = "--learning-rate",
            paramLabel = "X",
            description = "Highest learning rate. Default: 0.1 for sgd, 0.001 for adam.")
    Optional<Double> learningRate = Optional.empty();

    @Option(
            names = "--momentum",
            paramLabel = "X",
            defaultValue = "0.9",
            description = "Momentum of sgd (${DEFAULT-VALUE}).")
    double momentum = 0.9;

    @Option(
            names = "--weight-decay",
            paramLabel = "X",
            defaultValue = "5e-4",
            description = "Adds this times the weight to its gradient (${DEFAULT-VALUE}).")
    double weightDecay = 5e-4;

    @Option(
            names = "--schedule",
            paramLabel = "NAME",
            defaultValue = "one-cycle",
            description = "Learning rate over time: one-cycle, cosine or constant (${DEFAULT-VALUE}).")
    String schedule = "one-cycle";

    @Option(
            names = "--replicas",
            paramLabel = "N",
            description = "Networks that share each batch. Default: one per thread, each with 8 images or more.")
    Optional<Integer> replicas = Optional.empty();

    @Option(names = "--resume", description = "Go on from the checkpoint in the output folder, if there is one.")
    boolean resume;

    Architecture architecture() {
        return Architecture.of(network);
    }

    TrainingOptions options(int defaultReplicas) {
        return new TrainingOptions(
                epochs.orElse(Recipes.full(1).epochs()),
                batch,
                optimizer(),
                Schedule.of(schedule),
                replicas.orElse(defaultReplicas));
    }

    private Optimizer optimizer() {
        return switch (optimizer) {
            case "sgd" -> new Optimizer.Sgd(learningRate.orElse(0.1), momentum, weightDecay);
            case "adam" -> new Optimizer.Adam(learningRate.orElse(0.001), 0.9, 0.999, weightDecay);
            default -> throw new IllegalArgumentException("Unknown optimizer '" + optimizer + "'. Known: sgd, adam.");
        };
    }

    Checkpoints checkpoints() {
        return Checkpoints.in(out.resolve("checkpoint"), resume);
    }
}
