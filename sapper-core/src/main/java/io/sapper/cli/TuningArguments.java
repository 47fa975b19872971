package io.sapper.cli;

import io.sapper.defense.DetectorFinePruning;
import io.sapper.defense.FinePruning;
import io.sapper.defense.Limits;
import io.sapper.network.Statistics;
import io.sapper.repair.LadderOptions;
import io.sapper.training.Optimizer;
import io.sapper.training.Optimizer.Adam;
import io.sapper.training.Optimizer.ClippedSgd;
import io.sapper.training.Optimizer.Sgd;
import io.sapper.training.TrainingOptions;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import picocli.CommandLine.Option;

/** How a repair tunes, where it shall not be as usual. */
final class TuningArguments {
    @Option(
            names = "--learning-rate",
            paramLabel = "X,...",
            split = ",",
            hideParamSyntax = true,
            description =
                    "Learning rates of the tuning, tried in this order until one is kept. Default: from high to low.")
    List<Double> learningRates = List.of();

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "Passes of the tuning over the clean images. Default: 10, up to 40 where images are few; of"
                    + " detectors 8.")
    Optional<Integer> epochs = Optional.empty();

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Images in each step of the tuning. Default: 64; of detectors 4.")
    Optional<Integer> batch = Optional.empty();

    @Option(
            names = "--momentum",
            paramLabel = "X",
            description = "Momentum of the tuning; not of detectors, which are tuned with Adam.")
    Optional<Double> momentum = Optional.empty();

    @Option(
            names = "--weight-decay",
            paramLabel = "X",
            description = "Weight decay of the tuning: adds this times the weight to its gradient.")
    Optional<Double> weightDecay = Optional.empty();

    @Option(
            names = "--batch-norm",
            paramLabel = "frozen|running",
            defaultValue = "frozen",
            description =
                    "Whether batch normalisations keep their statistics while tuning, or follow the clean images (${DEFAULT-VALUE}).")
    String batchNorm = "frozen";

    @Option(
            names = "--no-variations",
            description = "Tune on the clean images as they are, as the papers do, not on varied versions; then what is"
                    + " pruned stays pruned.")
    boolean asTheyAre;

    /** These settings instead of the options' own. */
    FinePruning.Options applied(FinePruning.Options options) {
        TrainingOptions usual = options.tuning();
        return new FinePruning.Options(
                options.pruning(),
                new TrainingOptions(
                                epochs.orElse(usual.epochs()),
                                batch.orElse(usual.batchSize()),
                                applied(usual.optimizer()),
                                usual.schedule(),
                                usual.replicas())
                        .withStatistics(Statistics.parse(batchNorm)),
                learningRates.isEmpty() ? options.learningRates() : learningRates,
                options.limits(),
                epochs.isPresent() ? 0 : options.leastUpdates(),
                !asTheyAre);
    }

    /**
     * Of the rungs of a ladder.
     *
     * @param replicas of each network
     */
    LadderOptions.Tuning laddered(int replicas) {
        if (asTheyAre) {
            throw new IllegalArgumentException(
                    "--no-variations is for --method fine-pruning: the others tune on varied images. Leave it out.");
        }
        LadderOptions.Tuning usual = LadderOptions.Tuning.DEFAULTS;
        TrainingOptions training = usual.training();
        return new LadderOptions.Tuning(
                new TrainingOptions(
                                epochs.orElse(training.epochs()),
                                batch.orElse(training.batchSize()),
                                applied(training.optimizer()),
                                training.schedule(),
                                replicas)
                        .withStatistics(Statistics.parse(batchNorm)),
                learningRates.isEmpty() ? usual.learningRates() : learningRates,
                epochs.isPresent() ? 0 : usual.leastUpdates());
    }

    /**
     * Of detectors.
     *
     * @param suitableReplicas for batches of a size
     * @throws IllegalArgumentException if something was said that only classifiers have
     */
    DetectorFinePruning.Options onDetectors(double allowedDrop, Limits limits, IntUnaryOperator suitableReplicas) {
        refuse(momentum.isPresent(), "--momentum", "a detector is tuned with Adam");
        refuse(
                Statistics.parse(batchNorm) != Statistics.FROZEN,
                "--batch-norm",
                "a detector's backbone stays as it is");
        refuse(asTheyAre, "--no-variations", "a detector is tuned on photographs as they are and mirrored");
        DetectorFinePruning.Options usual = DetectorFinePruning.Options.DEFAULTS;
        TrainingOptions training = usual.tuning();
        int size = batch.orElse(training.batchSize());
        return new DetectorFinePruning.Options(
                allowedDrop,
                new TrainingOptions(
                        epochs.orElse(training.epochs()),
                        size,
                        decayed(training.optimizer()),
                        training.schedule(),
                        suitableReplicas.applyAsInt(size)),
                learningRates.isEmpty() ? usual.learningRates() : learningRates,
                limits);
    }

    private static void refuse(boolean said, String option, String why) {
        if (said) {
            throw new IllegalArgumentException(option + " is for classifiers: " + why + ". Leave it out.");
        }
    }

    private Optimizer decayed(Optimizer usual) {
        return usual instanceof Adam adam
                ? new Adam(adam.learningRate(), adam.beta1(), adam.beta2(), weightDecay.orElse(adam.weightDecay()))
                : usual;
    }

    private Optimizer applied(Optimizer usual) {
        if (!(usual instanceof ClippedSgd clipped)) {
            return usual;
        }
        Sgd sgd = clipped.sgd();
        return new ClippedSgd(
                new Sgd(sgd.learningRate(), momentum.orElse(sgd.momentum()), weightDecay.orElse(sgd.weightDecay())),
                clipped.largestNorm());
    }
}
