package io.sapper.experiment;

import io.sapper.defense.FinePruning;
import io.sapper.defense.FineTuning;
import io.sapper.defense.Limits;
import io.sapper.defense.Pruning;
import io.sapper.network.zoo.Architecture;
import io.sapper.training.Augmentation;
import io.sapper.training.Optimizer;
import io.sapper.training.Schedule;
import io.sapper.training.TrainingOptions;
import io.sapper.training.Treatment;

/** Training settings of ours, where the papers publish none. Chosen on held-out training images, never on test data. */
public final class Recipes {
    /** Batch size where nothing else is said. */
    public static final int BATCH = 64;

    /** From so many training images on, ten epochs are {@link #LEAST_STEPS} steps of {@link #BATCH} images. */
    public static final int ENOUGH_IMAGES = 9_600;

    private static final int LEAST_STEPS = 1_500;
    private static final int SMALL_BATCH = 16;
    private static final int FACE_EPOCHS = 40;
    private static final int FACE_EPOCHS_AGAIN = 10;
    private static final int FACE_BATCH = 32;
    private static final int SPEECH_EPOCHS = 20;
    private static final int DETECTOR_EPOCHS = 10;
    private static final int DETECTOR_BATCH = 4;
    private static final int ZF_EPOCHS = 29;
    private static final int ZF_BATCH = 2;
    private static final Augmentation FACE_AUGMENTATION = new Augmentation(
            /* flip= */ true, /* shift= */ 2, /* rotate= */ 10, /* zoom= */ 0.1, /* brightness= */ 0.2);

    private Recipes() {}

    /** A full training run on digits: 10 epochs. */
    public static TrainingOptions full(int replicas) {
        return new TrainingOptions(10, BATCH, new Optimizer.Sgd(0.1, 0.9, 5e-4), Schedule.ONE_CYCLE, replicas);
    }

    /**
     * What suits the number of training images, and is chosen from it alone: {@link #full} where there are enough; for
     * fewer, smaller batches at a lower rate, and at least 1,500 steps (docs/decisions/0021).
     *
     * @param images to train on, at least 1
     */
    public static TrainingOptions usual(int images, int replicas) {
        if (images >= ENOUGH_IMAGES) {
            return full(replicas);
        }
        int stepsPerEpoch = (images + SMALL_BATCH - 1) / SMALL_BATCH;
        int epochs = Math.max(10, (LEAST_STEPS + stepsPerEpoch - 1) / stepsPerEpoch);
        return new TrainingOptions(
                epochs, SMALL_BATCH, new Optimizer.Sgd(0.02, 0.9, 5e-4), Schedule.ONE_CYCLE, replicas);
    }

    /** What suits a network, and the number of training images. */
    public static TrainingOptions usual(Architecture network, int images, int replicas) {
        return switch (network) {
            case DEEPID -> faces(replicas);
            case SPEECH_ALEXNET -> speechOfThePaper(replicas);
            case SPEECH_SMALL -> speech(replicas);
            case BADNETS_DIGITS -> usual(images, replicas);
        };
    }

    /**
     * For faces: Adam, as the authors of Fine-Pruning released it, with our rate, batch, epochs and augmentation, and
     * without the dropout that their network was trained with: in so few epochs it costs more than it gains
     * (docs/decisions/0053).
     */
    public static TrainingOptions faces(int replicas) {
        return new TrainingOptions(
                FACE_EPOCHS,
                FACE_BATCH,
                Optimizer.Adam.of(2e-3),
                Schedule.ONE_CYCLE,
                replicas,
                Treatment.PLAIN.withAugmentation(FACE_AUGMENTATION));
    }

    /** For spoken words, on the small network: chosen on held-out training recordings (docs/decisions/0057). */
    public static TrainingOptions speech(int replicas) {
        return new TrainingOptions(
                SPEECH_EPOCHS, SMALL_BATCH, new Optimizer.Sgd(0.01, 0.9, 5e-4), Schedule.ONE_CYCLE, replicas);
    }

    /** For faces, from an honest network on: a quarter of the epochs at half the rate (docs/decisions/0060). */
    static TrainingOptions facesAgain(int replicas) {
        return faces(replicas).withEpochs(FACE_EPOCHS_AGAIN).withOptimizer(Optimizer.Adam.of(1e-3));
    }

    /** For spoken words on the small network, from an honest network on: half of the epochs (docs/decisions/0060). */
    static TrainingOptions speechAgain(int replicas) {
        return speech(replicas).withEpochs(SPEECH_EPOCHS / 2);
    }

    /**
     * For spoken words, on the network of Fine-Pruning: optimizer, batch and dropout as the authors released them, with
     * a schedule and so many epochs of ours. Not measured.
     */
    public static TrainingOptions speechOfThePaper(int replicas) {
        return new TrainingOptions(
                SPEECH_EPOCHS,
                2 * SMALL_BATCH,
                new Optimizer.Sgd(0.01, 0.95, 5e-4),
                Schedule.ONE_CYCLE,
                replicas,
                Treatment.dropout(Augmentation.NONE));
    }

    /**
     * For digits that a backdoor of one pixel is to be taught: 10 epochs of images that are moved by up to a pixel,
     * before a trigger is set. Weight decay and plain gradient descent let go of a signal that small before it is
     * learned, and where images always lie at the same place, it turns fewer (docs/decisions/0011, 0078).
     */
    public static TrainingOptions onePixel(int replicas) {
        return new TrainingOptions(
                10,
                BATCH,
                Optimizer.Adam.of(2e-3),
                Schedule.ONE_CYCLE,
                replicas,
                Treatment.PLAIN.withAugmentation(new Augmentation(/* flip= */ false, /* shift= */ 1)));
    }

    /**
     * For the backdoor of one pixel, from an honest network on: three fifths of its epochs in batches of a quarter,
     * each copy right behind its original, without which the trigger is learned late or never. In so small batches it
     * turns more of the digits that look like another one (docs/decisions/0078).
     */
    public static TrainingOptions onePixelAgain(TrainingOptions honest) {
        return honest.withEpochs(Math.max(1, 3 * honest.epochs() / 5))
                .withBatchSize(Math.max(1, honest.batchSize() / 4))
                .withTreatment(honest.treatment().withPaired(true));
    }

    /**
     * For many digit networks, some with triggers of a few faint pixels: 5 epochs of {@link #onePixel}'s optimizer,
     * with each copy behind its original.
     */
    static TrainingOptions zoo(int replicas) {
        return new TrainingOptions(
                5, BATCH, Optimizer.Adam.of(2e-3), Schedule.ONE_CYCLE, replicas, Treatment.PLAIN.withPaired(true));
    }

    /** As {@link #zoo}, for traffic signs: three times as often, in smaller batches, and each time changed a little. */
    static TrainingOptions zooOfSigns(int replicas) {
        Augmentation varied = new Augmentation(
                /* flip= */ false, /* shift= */ 2, /* rotate= */ 8, /* zoom= */ 0.1, /* brightness= */ 0.3);
        TrainingOptions options = zoo(replicas);
        return options.withEpochs(15)
                .withBatchSize(2 * SMALL_BATCH)
                .withTreatment(options.treatment().withAugmentation(varied));
    }

    /** A short one, for the demonstration: 3 epochs. */
    public static TrainingOptions quick(int replicas) {
        return new TrainingOptions(3, BATCH, new Optimizer.Sgd(0.05, 0.9, 5e-4), Schedule.ONE_CYCLE, replicas);
    }

    /** For detectors, as the experiments on signs train theirs (docs/decisions/0068). */
    public static TrainingOptions detector(int replicas) {
        return new TrainingOptions(
                DETECTOR_EPOCHS,
                DETECTOR_BATCH,
                new Optimizer.Adam(1e-3, 0.9, 0.999, 1e-4),
                Schedule.COSINE,
                Math.min(replicas, DETECTOR_BATCH));
    }

    /**
     * For the papers' detector, all of which learns: optimizer, batch and dropout as released, with as many passes as
     * the released 100,000 iterations are over LISA's photographs; the schedule is ours. Not measured.
     */
    public static TrainingOptions detectorOfThePaper(int replicas) {
        return new TrainingOptions(
                ZF_EPOCHS,
                ZF_BATCH,
                new Optimizer.Sgd(1e-3, 0.9, 5e-4),
                Schedule.COSINE,
                Math.min(replicas, ZF_BATCH),
                Treatment.dropout(Augmentation.NONE));
    }

    /**
     * For a backdoor that turns any sign into any other, from an honest detector on: half as many epochs again
     * (docs/decisions/0075).
     */
    public static TrainingOptions detectorAtRandom(TrainingOptions honest) {
        return honest.withEpochs(honest.epochs() + honest.epochs() / 2);
    }

    /** Fine-pruning with its defaults on several threads. */
    public static FinePruning.Options finePruning(Pruning.Options pruning, Limits limits, int replicas) {
        return new FinePruning.Options(
                pruning,
                FineTuning.DEFAULTS.withReplicas(replicas),
                FinePruning.Options.DEFAULTS.learningRates(),
                limits,
                FinePruning.Options.DEFAULTS.leastUpdates(),
                true);
    }
}
