package io.sapper.audit;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.data.Seeds;
import io.sapper.metric.Ratio;
import io.sapper.network.Compute;
import io.sapper.network.Engine;
import io.sapper.network.FixedBatch;
import io.sapper.network.Inference;
import io.sapper.network.Network;
import io.sapper.network.Tensors;
import io.sapper.network.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.DoubleConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Searches, for several classes at once, the smallest mask and the pattern under it that turn clean images of all other
 * classes into that class (Wang et al., Neural Cleanse, 2019, section IV). Of a backdoor's target a far smaller one
 * than of the other classes is found.
 *
 * <p>Each class has a weight for the size of its mask, steered by how often its change succeeds. Classes are searched
 * for in groups that know nothing of each other, so what is found depends on the seed alone, not on how many threads
 * there are.
 */
public final class TriggerInversion {
    private static final int NO_REDUCTION = 0; // libtorch's number for it
    private static final long NO_IGNORED_LABEL = -100;

    /** Images of a group in one pass: few enough that what flows between layers stays in the caches. */
    private static final int IMAGES = 64;

    private static final int GPU_IMAGES = 4096;

    private static final double START_SPREAD = Double.parseDouble(System.getProperty("spread", "0.1"));
    private static final double MEMORY = 0.8;

    private final Subject subject;
    private final Dataset clean;
    private final Options options;
    private final long seed;
    private final Compute compute;
    private final String scores;

    /**
     * How to search.
     *
     * @param steps of the optimizer
     * @param pictures clean images in each step
     * @param learningRate of Adam
     * @param weight of a mask's size at first, in nats for each pixel
     * @param wanted share of images from which on a change counts as one that succeeds: the mask may get smaller
     */
    public record Options(int steps, int pictures, double learningRate, double weight, double wanted) {
        /** As the figures in the documentation were measured. */
        public static final Options DEFAULTS = new Options(150, 6, 0.15, 1e-3, 0.95);

        static final double RAISED = Double.parseDouble(System.getProperty("up", "1.15"));
        static final double LOWERED = 1 / Double.parseDouble(System.getProperty("down", "1.25"));
    }

    private TriggerInversion(Subject subject, Options options, long seed) {
        this.subject = subject;
        this.options = options;
        this.seed = seed;
        clean = subject.clean();
        compute = subject.compute();
        scores = subject.graph().head().tensor();
    }

    /**
     * Searches.
     *
     * @param targets the classes to search for
     * @param deadline of {@link System#nanoTime}; classes whose search is not over by then are left out
     * @param heard how much of the work is done, 0 to 1; called by several threads
     * @return one for each target that was searched to the end, in their order
     * @throws CancellationException if the thread is interrupted; its flag stays set
     */
    public static List<InvertedTrigger> invert(
            Subject subject, int[] targets, Options options, long seed, long deadline, DoubleConsumer heard) {
        TriggerInversion inversion = new TriggerInversion(subject, options, seed);
        int size = Math.max(1, (subject.compute() == Compute.CPU ? IMAGES : GPU_IMAGES) / options.pictures());
        List<int[]> groups = new ArrayList<>();
        for (int from = 0; from < targets.length; from += size) {
            groups.add(Arrays.copyOfRange(targets, from, Math.min(from + size, targets.length)));
        }
        InvertedTrigger[][] found = new InvertedTrigger[groups.size()][];
        Thread caller = Thread.currentThread();
        double[] done = new double[groups.size()];
        int before = Engine.threads();
        int atOnce = subject.compute() == Compute.CPU ? Math.min(subject.threads(), groups.size()) : 1;
        try (Network network = Network.of(subject.graph(), subject.compute());
                Workers workers = new Workers(atOnce)) {
            if (atOnce > 1) {
                Engine.threads(1);
            }
            workers.run(groups.size(), i -> {
                try (Network replica = network.replica()) {
                    found[i] = inversion.group(replica, groups.get(i), share -> {
                        if (caller.isInterrupted()) {
                            throw new CancellationException("The search for triggers was interrupted.");
                        }
                        synchronized (done) {
                            done[i] = share;
                            heard.accept(Arrays.stream(done).sum() / done.length);
                        }
                        return System.nanoTime() - deadline < 0;
                    });
                }
            });
        } finally {
            Engine.threads(before);
        }
        return Arrays.stream(found).flatMap(Arrays::stream).toList();
    }

    /** Hears how much is done; says whether to go on. */
    @FunctionalInterface
    private interface Pace {
        boolean goOn(double share);
    }

    private InvertedTrigger[] group(Network network, int[] targets, Pace pace) {
        ImageShape shape = clean.shape();
        RandomGenerator random = Seeds.generator(seed, "inversion " + targets[0]);
        try (PointerScope scope = new PointerScope()) {
            Tensor mask = noise(random, targets.length, 1, shape);
            Tensor pattern = noise(random, targets.length, shape.channels(), shape);
            double[] weights = new double[targets.length];
            double[] success = new double[targets.length];
            Arrays.fill(weights, options.weight());
            int[] order = {};
            try (Ascent ascent = new Ascent(List.of(mask, pattern), options.learningRate())) {
                int at = 0;
                for (int step = 0; step < options.steps(); step++) {
                    if (at + options.pictures() > order.length) {
                        order = Seeds.permutation(clean.size(), random);
                        at = 0;
                    }
                    int[] some = Arrays.copyOfRange(order, at, Math.min(at + options.pictures(), order.length));
                    at += some.length;
                    step(network, targets, some, mask, pattern, weights, success, step);
                    ascent.step();
                    if (!pace.goOn((step + 1.0) / options.steps()) && step + 1 < options.steps()) {
                        return new InvertedTrigger[0];
                    }
                }
            }
            return read(network, targets, mask, pattern);
        }
    }

    /** A leaf of {@code [n, 1, channels, rows, columns]} raw numbers; what is meant is their sigmoid. */
    private Tensor noise(RandomGenerator random, int count, int channels, ImageShape shape) {
        int size = channels * shape.height() * shape.width();
        float[] values = new float[count * size];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (START_SPREAD * random.nextGaussian());
        }
        Tensor raw = Tensors.create(values, List.of(count, 1, channels, shape.height(), shape.width()), compute);
        raw.set_requires_grad(true);
        raw.mutable_grad().put(torch.zeros_like(raw));
        return raw;
    }

    private void step(
            Network network,
            int[] targets,
            int[] some,
            Tensor mask,
            Tensor pattern,
            double[] weights,
            double[] success,
            int step) {
        int count = some.length;
        try (PointerScope scope = new PointerScope();
                AutoGradMode on = new AutoGradMode(true)) {
            Tensor images = Tensors.images(clean, some, 0, count, compute).unsqueeze(0);
            Tensor share = mask.sigmoid();
            Tensor changed = images.add(share.mul(pattern.sigmoid().sub(images)));
            Tensor given = scores(network, changed.flatten(0, 1));
            long[] wanted = new long[targets.length * count];
            float[] counts = new float[wanted.length];
            for (int i = 0; i < wanted.length; i++) {
                wanted[i] = targets[i / count];
                counts[i] = subject.counts(some[i % count], targets[i / count]) ? 1 : 0;
            }
            Tensor labels = Engine.move(Tensor.create(wanted, (long) wanted.length), compute);
            Tensor losses =
                    torch.cross_entropy_loss(given, labels, new TensorOptional(), NO_REDUCTION, NO_IGNORED_LABEL, 0);
            Tensor counted = Tensors.create(counts, List.of(counts.length), compute);
            Tensor sizes = share.sum(new long[] {1, 2, 3, 4}, false, new ScalarTypeOptional());
            Tensor loss = losses.mul(counted)
                    .sum()
                    .div(new Scalar((double) count))
                    .add(sizes.mul(Tensors.create(floats(weights), List.of(weights.length), compute))
                            .sum());
            loss.backward();
            steer(given, targets, counts, count, weights, success, step);
        }
    }

    private Tensor scores(Network network, Tensor images) {
        Tensor given = FixedBatch.forward(network, images, List.of(scores)).get(0);
        return given.dim() == 2 ? given : given.flatten(1, -1);
    }

    private void steer(
            Tensor given, int[] targets, float[] counts, int count, double[] weights, double[] success, int step) {
        int[] answers = new int[counts.length];
        Inference.argmax(given, answers, 0);
        for (int k = 0; k < targets.length; k++) {
            int hits = 0;
            int all = 0;
            for (int i = k * count; i < (k + 1) * count; i++) {
                if (counts[i] > 0) {
                    all++;
                    hits += answers[i] == targets[k] ? 1 : 0;
                }
            }
            if (all == 0) {
                continue;
            }
            double now = (double) hits / all;
            success[k] = step == 0 ? now : MEMORY * success[k] + (1 - MEMORY) * now;
            weights[k] *= success[k] >= options.wanted() ? Options.RAISED : Options.LOWERED;
        }
    }

    private InvertedTrigger[] read(Network network, int[] targets, Tensor mask, Tensor pattern) {
        ImageShape shape = clean.shape();
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            Tensor shares = mask.sigmoid();
            Tensor patterns = pattern.sigmoid();
            InvertedTrigger[] found = new InvertedTrigger[targets.length];
            for (int k = 0; k < targets.length; k++) {
                found[k] = new InvertedTrigger(
                        targets[k],
                        shape,
                        Tensors.toArray(shares.select(0, k)),
                        Tensors.toArray(patterns.select(0, k)),
                        success(network, targets[k], shares.select(0, k), patterns.select(0, k)));
            }
            return found;
        }
    }

    private Ratio success(Network network, int target, Tensor mask, Tensor pattern) {
        Dataset kept = subject.kept();
        int[] others = IntStream.range(0, kept.size())
                .filter(i -> subject.keptCounts(i, target))
                .toArray();
        int hits = 0;
        for (int from = 0; from < others.length; from += IMAGES) {
            int count = Math.min(IMAGES, others.length - from);
            try (PointerScope scope = new PointerScope()) {
                Tensor images = Tensors.images(kept, others, from, count, compute);
                int[] answers = new int[count];
                Inference.argmax(scores(network, images.add(mask.mul(pattern.sub(images)))), answers, 0);
                hits += (int) Arrays.stream(answers)
                        .filter(answer -> answer == target)
                        .count();
            }
        }
        return new Ratio(hits, others.length);
    }

    private static float[] floats(double[] numbers) {
        float[] floats = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }
}
