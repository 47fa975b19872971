package io.sapper.training;

import io.sapper.data.Dataset;
import io.sapper.data.Seeds;
import io.sapper.network.Compute;
import io.sapper.network.ElementType;
import io.sapper.network.Engine;
import io.sapper.network.Graph;
import io.sapper.network.Initializer;
import io.sapper.network.Network;
import io.sapper.network.OnnxWriter;
import io.sapper.network.Tensors;
import io.sapper.network.operator.NotSupported;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Trains a network: on the cross-entropy of its scores, or on any {@link Lesson}. The order of the images comes from
 * the seed, epoch by epoch, so a run that was killed and resumed ends in the same bits as one that was not.
 */
public final class Trainer {
    private final Network network;
    private final Lesson lesson;
    private final TrainingOptions options;
    private final long seed;
    private final Progress progress;
    private final Placement placement;

    private Position position = Position.START;
    private List<Double> losses = new ArrayList<>();
    private long images;

    private Trainer(
            Network network,
            Lesson lesson,
            TrainingOptions options,
            long seed,
            Progress progress,
            Placement placement) {
        this.network = network;
        this.lesson = lesson;
        this.options = options;
        this.seed = seed;
        this.progress = progress;
        this.placement = placement;
    }

    /** Trains without checkpoints; see the last method. */
    public static TrainingSummary train(
            Network network, Dataset data, TrainingOptions options, long seed, Progress progress) {
        return train(
                network, data, options, seed, progress, options.augmentation().presentation(seed));
    }

    /** Trains without checkpoints on what each epoch shows; see the last method. */
    public static TrainingSummary train(
            Network network,
            Dataset data,
            TrainingOptions options,
            long seed,
            Progress progress,
            Presentation presentation) {
        try {
            return train(network, data, options, seed, progress, Checkpoints.NONE, presentation);
        } catch (IOException e) {
            throw new IllegalStateException("Nothing is written without checkpoints.", e);
        }
    }

    /**
     * Trains a network in place.
     *
     * @param presentation what each epoch shows; in place of the options' augmentation
     * @throws TrainingDivergedException as soon as a step's loss is not finite (on a GPU up to 50 steps later, but
     *     before the epoch ends and before anything is saved; it names the step all the same), or a weight at the end
     *     of an epoch; the network is then useless, and so is its checkpoint, which is removed
     * @throws CancellationException if the thread is interrupted; its flag stays set, the checkpoint stays there
     * @throws IllegalArgumentException if network and data do not fit, or a checkpoint is of another run
     * @throws IOException if a checkpoint cannot be read or written
     */
    public static TrainingSummary train(
            Network network,
            Dataset data,
            TrainingOptions options,
            long seed,
            Progress progress,
            Checkpoints checkpoints,
            Presentation presentation)
            throws IOException {
        Placement placement = Placement.of(data, network.compute());
        return train(network, data, options, seed, progress, checkpoints, presentation, placement);
    }

    /** As the method before, on what the options' augmentation makes of the data in each epoch. */
    public static TrainingSummary train(
            Network network,
            Dataset data,
            TrainingOptions options,
            long seed,
            Progress progress,
            Checkpoints checkpoints)
            throws IOException {
        return train(
                network,
                data,
                options,
                seed,
                progress,
                checkpoints,
                options.augmentation().presentation(seed));
    }

    static TrainingSummary train(
            Network network,
            Dataset data,
            TrainingOptions options,
            long seed,
            Progress progress,
            Checkpoints checkpoints,
            Placement placement)
            throws IOException {
        return train(
                network,
                data,
                options,
                seed,
                progress,
                checkpoints,
                options.augmentation().presentation(seed),
                placement);
    }

    private static TrainingSummary train(
            Network network,
            Dataset data,
            TrainingOptions options,
            long seed,
            Progress progress,
            Checkpoints checkpoints,
            Presentation presentation,
            Placement placement)
            throws IOException {
        if (data.size() == 0) {
            throw new IllegalArgumentException(data.name() + " has no images to train on.");
        }
        options.augmentation().check(data);
        try (Classification lesson = new Classification(data, presentation, placement, network.compute())) {
            check(network, lesson, options, progress);
            return new Trainer(network, lesson, options, seed, progress, placement).run(checkpoints);
        }
    }

    /**
     * Trains a network in place on any lesson; as the method for data sets, but the options' augmentation is the
     * lesson's own affair.
     *
     * @throws IOException if a checkpoint cannot be read or written
     */
    public static TrainingSummary train(
            Network network,
            Lesson lesson,
            TrainingOptions options,
            long seed,
            Progress progress,
            Checkpoints checkpoints)
            throws IOException {
        check(network, lesson, options, progress);
        Placement placement = Placement.sent(network.compute());
        return new Trainer(network, lesson, options, seed, progress, placement).run(checkpoints);
    }

    private static void check(Network network, Lesson lesson, TrainingOptions options, Progress progress) {
        lesson.check(network);
        if (network.graph().trainable().isEmpty()) {
            throw new NotSupported("The network has no layer with weights to train.");
        }
        for (String name : network.graph().trainable()) {
            ElementType type = network.graph().initializer(name).type();
            if (type != ElementType.FLOAT) {
                throw new NotSupported("The weight " + name + " is of type " + type.id()
                        + ", and training needs float. Maybe train the network's Tunable form.");
            }
        }
        if (options.batchSize() > lesson.size()) {
            progress.message("WARNING: a batch of " + options.batchSize() + " is more than the " + lesson.size()
                    + " training " + lesson.noun()
                    + ", so each epoch is one step. Maybe a smaller --batch, or more --epochs.");
        }
    }

    private TrainingSummary run(Checkpoints checkpoints) throws IOException {
        Path folder = checkpoints.folder();
        CheckpointStore store = folder == null ? null : new CheckpointStore(folder, settings());
        CheckpointStore.Saved saved = store == null ? null : begin(store, checkpoints);
        long start = System.nanoTime();
        try (LossLog log = placement.losses(options.replicas(), network.compute());
                Replicas replicas = new Replicas(network, lesson, options.replicas(), log);
                Update update = new Update(options.optimizer(), replicas.block())) {
            if (saved != null) {
                restore(saved, update);
            }
            while (position.epoch() < options.epochs()) {
                epoch(replicas, update, store, checkpoints);
            }
        } catch (TrainingDivergedException e) {
            // The same settings diverge again, and others may not go on from here.
            if (store != null) {
                store.clear();
            }
            throw e;
        }
        return new TrainingSummary(List.copyOf(losses), images, (System.nanoTime() - start) / 1e9);
    }

    private CheckpointStore.@Nullable Saved begin(CheckpointStore store, Checkpoints checkpoints) throws IOException {
        if (checkpoints.resume()) {
            CheckpointStore.Saved saved = store.load();
            progress.message(
                    saved == null
                            ? "--resume: there is no checkpoint in " + checkpoints.folder()
                                    + ", so training starts at the beginning."
                            : "--resume: going on with " + saved.position().text(String.valueOf(options.epochs()))
                                    + ".");
            return saved;
        }
        if (store.exists()) {
            throw new IllegalArgumentException("There is a checkpoint of an unfinished run in " + checkpoints.folder()
                    + ". Maybe go on with --resume, or remove that folder.");
        }
        return null;
    }

    private void restore(CheckpointStore.Saved saved, Update update) {
        Graph graph = saved.graph();
        for (String name : network.graph().initializerNames()) {
            Initializer value = graph.initializer(name);
            write(value.toArray(), network.value(name));
        }
        for (int i = 0; i < update.memories().size(); i++) {
            write(saved.memories().get(i), update.memories().get(i));
        }
        position = saved.position();
        losses = new ArrayList<>(saved.losses());
    }

    private static void write(float[] values, Tensor target) {
        try (PointerScope scope = new PointerScope()) {
            target.detach().copy_(Tensor.create(values).reshape(target.shape()));
        }
    }

    private void epoch(Replicas replicas, Update update, @Nullable CheckpointStore store, Checkpoints checkpoints)
            throws IOException {
        lesson.begin(position.epoch(), lesson.order(position.epoch(), seed));
        long epochStart = System.nanoTime();
        long lastSave = epochStart;
        long imagesBefore = images;
        while (position.step() < stepsPerEpoch()) {
            step(replicas, update);
            if (store != null
                    && System.nanoTime() - lastSave > checkpoints.every().toNanos()) {
                readLosses(replicas.losses());
                save(store, update);
                lastSave = System.nanoTime();
            }
        }
        readLosses(replicas.losses());
        if (!replicas.block().isFinite()) {
            throw diverged(position.step(), "a weight is no longer finite");
        }
        double meanLoss = position.epochLoss() / lesson.size();
        losses.add(meanLoss);
        position = position.nextEpoch();
        double rate = (images - imagesBefore) / ((System.nanoTime() - epochStart) / 1e9);
        progress.epoch(position.epoch(), options.epochs(), meanLoss, rate);
        if (store != null) {
            save(store, update);
        }
    }

    private void step(Replicas replicas, Update update) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("Training was interrupted in epoch " + (position.epoch() + 1) + ", step "
                    + (position.step() + 1) + ".");
        }
        int from = position.step() * options.batchSize();
        int count = images(position.step());
        long updates = position.updates();
        replicas.gradients(from, count, leavesOut(updates));
        position = position.nextStep();
        if (replicas.losses().next()) {
            readLosses(replicas.losses());
        }
        double done = (double) updates / ((double) stepsPerEpoch() * options.epochs());
        double learningRate =
                options.optimizer().learningRate() * options.schedule().factor(done);
        replicas.update(update, learningRate, updates);
        images += count;
        progress.step((long) position.epoch() * lesson.size() + from + count, (long) options.epochs() * lesson.size());
    }

    /** What layers leave out, by the step and the part's place in it: the same when a run is gone on with. */
    private @Nullable IntFunction<RandomGenerator> leavesOut(long step) {
        return options.treatment().dropout()
                ? begin -> Seeds.generator(seed, "dropout of step " + step + " from " + begin)
                : null;
    }

    /** How many images a step of an epoch has. */
    private int images(int step) {
        return Math.min(options.batchSize(), lesson.size() - step * options.batchSize());
    }

    /** Takes in the losses of the last steps, which the position counts already. */
    private void readLosses(LossLog log) {
        double[] read = log.read();
        for (int i = 0; i < read.length; i++) {
            int step = position.step() - read.length + i;
            if (!Double.isFinite(read[i])) {
                throw diverged(step + 1, "the loss is " + read[i] / images(step));
            }
            position = position.withLoss(read[i]);
        }
    }

    private TrainingDivergedException diverged(int step, String symptom) {
        double learningRate = options.optimizer().learningRate();
        return new TrainingDivergedException(position.epoch() + 1, step, symptom, learningRate);
    }

    private int stepsPerEpoch() {
        return (lesson.size() - 1) / options.batchSize() + 1;
    }

    private void save(CheckpointStore store, Update update) throws IOException {
        List<float[]> memories =
                update.memories().stream().map(Tensors::toArray).toList();
        store.save(new CheckpointStore.Saved(network.snapshot(), position, losses, memories));
    }

    private Settings settings() {
        return settings(options, seed, network.compute(), lesson.digest())
                .with("network", network.graph().layers().size() + " layer(s)")
                .with(Settings.WEIGHTS, Integer.toHexString(Arrays.hashCode(OnnxWriter.toBytes(network.snapshot()))));
    }

    /** What decides the bits of a run, but for the network. */
    static Settings settings(TrainingOptions options, long seed, Compute compute, String data) {
        // Threads inside an operation divide its sums, so another number of them gives other bits (0003: with several
        // replicas each has one).
        int threads = options.replicas() == 1 ? Engine.threads() : 1;
        return Settings.of(options)
                .with("threads", threads)
                .with("device", compute.id())
                .with(Settings.SEED, seed)
                .with(Settings.IMAGES, "digest " + data.substring(0, 16));
    }
}
