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
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.LongOptional;
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
 * <p>Departs from the paper in what a mask's size is: the sum of its squares, not of its shares, so that a faint change
 * of the whole image is as small as a few pixels that are replaced (docs/decisions/0083).
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

    /** A mask is the same in blocks of so many rows and columns. */
    private static final int BLOCK = 2;

    private static final double START_SPREAD = 0.1;
    /** What masks are made weaker or stronger by in the end. */
    private static final double[] FACTORS = {0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.35, 1.6, 2};

    private static final int SETTLED_ON = 96;
    private static final double MEMORY = 0.8;
    private static final double LAST_PACE = 0.1;
    private static final double RAISED = 1.15;
    private static final double LOWERED = 1 / 1.25;

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
        public static final Options DEFAULTS = new Options(150, 6, 1, 1e-3, 0.95);
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
        RandomGenerator random = Seeds.generator(seed, "inversion " + targets[0]);
        try (PointerScope scope = new PointerScope()) {
            Group group = new Group(targets, random);
            int[] order = {};
            try (Ascent ascent = new Ascent(List.of(group.mask, group.pattern), options.learningRate())) {
                int at = 0;
                for (int step = 0; step < options.steps(); step++) {
                    if (at + options.pictures() > order.length) {
                        order = Seeds.permutation(clean.size(), random);
                        at = 0;
                    }
                    int[] some = Arrays.copyOfRange(order, at, Math.min(at + options.pictures(), order.length));
                    at += some.length;
                    step(network, group, some);
                    ascent.step(pace(step));
                    if (!pace.goOn((step + 1.0) / options.steps()) && step + 1 < options.steps()) {
                        return new InvertedTrigger[0];
                    }
                }
            }
            return read(network, group);
        }
    }

    /** Long steps at first, to leave the neighbourhood of the start; short ones in the end, to settle. */
    private double pace(int step) {
        double cosine = (1 + Math.cos(Math.PI * step / options.steps())) / 2;
        return LAST_PACE + (1 - LAST_PACE) * cosine;
    }

    /** Classes that are searched together, and how far the search is; its tensors live in the scope it is made in. */
    private final class Group {
        final int[] targets;

        /** Raw numbers; what is meant is their sigmoid. */
        final Tensor mask;

        final Tensor pattern;

        /** The smallest that worked so far, as is meant; at first what the search begins with. */
        final Tensor bestMask;

        final Tensor bestPattern;
        final double[] weights;
        final double[] success;
        final double[] best;
        boolean begun;

        Group(int[] targets, RandomGenerator random) {
            this.targets = targets;
            ImageShape shape = clean.shape();
            int rows = (shape.height() + BLOCK - 1) / BLOCK;
            int columns = (shape.width() + BLOCK - 1) / BLOCK;
            mask = noise(random, targets.length, new ImageShape(1, rows, columns));
            pattern = noise(random, targets.length, shape);
            try (AutoGradMode off = new AutoGradMode(false)) {
                bestMask = share();
                bestPattern = pattern.sigmoid();
            }
            weights = new double[targets.length];
            success = new double[targets.length];
            best = new double[targets.length];
            Arrays.fill(weights, options.weight());
            Arrays.fill(best, Double.POSITIVE_INFINITY);
        }

        /** How much of each pixel is replaced, {@code [classes, 1, 1, rows, columns]}: the same in each block. */
        Tensor share() {
            ImageShape shape = clean.shape();
            Tensor blocks = mask.sigmoid();
            return blocks.repeat_interleave(BLOCK, new LongOptional(3), new LongOptional())
                    .repeat_interleave(BLOCK, new LongOptional(4), new LongOptional())
                    .narrow(3, 0, shape.height())
                    .narrow(4, 0, shape.width());
        }

        /**
         * After a step whose changes were tried: raises the weights of masks that succeed and lowers the others', and
         * keeps those that succeed with less than ever before.
         *
         * @param hits how many of the images that count were turned, for each class
         * @param all how many count
         */
        void steer(int[] hits, int[] all, float[] sizes, Tensor triedMask, Tensor triedPattern) {
            boolean[] better = new boolean[targets.length];
            boolean any = false;
            for (int k = 0; k < targets.length; k++) {
                if (all[k] == 0) {
                    continue;
                }
                double now = (double) hits[k] / all[k];
                success[k] = begun ? MEMORY * success[k] + (1 - MEMORY) * now : now;
                boolean succeeds = success[k] >= options.wanted();
                weights[k] *= succeeds ? RAISED : LOWERED;
                if (succeeds ? sizes[k] < best[k] : best[k] == Double.POSITIVE_INFINITY) {
                    better[k] = true;
                    any = true;
                    best[k] = succeeds ? sizes[k] : best[k];
                }
            }
            begun = true;
            if (any) {
                keep(better, triedMask, triedPattern);
            }
        }

        private void keep(boolean[] better, Tensor triedMask, Tensor triedPattern) {
            for (int k = 0; k < better.length; k++) {
                if (better[k]) {
                    bestMask.select(0, k).copy_(triedMask.select(0, k));
                    bestPattern.select(0, k).copy_(triedPattern.select(0, k));
                }
            }
        }
    }

    /** A leaf of {@code [count, 1, channels, rows, columns]} raw numbers; what is meant is their sigmoid. */
    private Tensor noise(RandomGenerator random, int count, ImageShape shape) {
        float[] values = new float[count * shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (START_SPREAD * random.nextGaussian());
        }
        Tensor raw =
                Tensors.create(values, List.of(count, 1, shape.channels(), shape.height(), shape.width()), compute);
        raw.set_requires_grad(true);
        raw.mutable_grad().put(torch.zeros_like(raw));
        return raw;
    }

    private void step(Network network, Group group, int[] some) {
        int[] targets = group.targets;
        int count = some.length;
        try (PointerScope scope = new PointerScope();
                AutoGradMode on = new AutoGradMode(true)) {
            Tensor images = Tensors.images(clean, some, 0, count, compute).unsqueeze(0);
            Tensor share = group.share();
            Tensor pattern = group.pattern.sigmoid();
            Tensor given =
                    scores(network, images.add(share.mul(pattern.sub(images))).flatten(0, 1));
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
            Tensor sizes = share.square().sum(new long[] {1, 2, 3, 4}, false, new ScalarTypeOptional());
            Tensor weights = Tensors.create(floats(group.weights), List.of(targets.length), compute);
            losses.mul(counted)
                    .sum()
                    .div(new Scalar((double) count))
                    .add(sizes.mul(weights).sum())
                    .backward();
            try (AutoGradMode off = new AutoGradMode(false)) {
                int[] answers = new int[counts.length];
                Inference.argmax(given, answers, 0);
                int[] hits = new int[targets.length];
                int[] all = new int[targets.length];
                for (int i = 0; i < answers.length; i++) {
                    all[i / count] += counts[i] > 0 ? 1 : 0;
                    hits[i / count] += counts[i] > 0 && answers[i] == targets[i / count] ? 1 : 0;
                }
                group.steer(hits, all, Tensors.toArray(sizes), share.detach(), pattern.detach());
            }
        }
    }

    private Tensor scores(Network network, Tensor images) {
        Tensor given = FixedBatch.forward(network, images, List.of(scores)).get(0);
        return given.dim() == 2 ? given : given.flatten(1, -1);
    }

    private InvertedTrigger[] read(Network network, Group group) {
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            InvertedTrigger[] found = new InvertedTrigger[group.targets.length];
            for (int k = 0; k < found.length; k++) {
                int target = group.targets[k];
                Tensor pattern = group.bestPattern.select(0, k);
                Tensor mask = settled(network, target, group.bestMask.select(0, k), pattern);
                int[] kept = others(subject.kept().size(), image -> subject.keptCounts(image, target));
                found[k] = new InvertedTrigger(
                        target,
                        clean.shape(),
                        Tensors.toArray(mask),
                        Tensors.toArray(pattern),
                        success(network, subject.kept(), kept, target, mask, pattern));
            }
            return found;
        }
    }

    /**
     * The mask made weaker or stronger as a whole until it just succeeds on more images than a step sees: of all masks
     * of a search, the smallest that seemed to succeed was lucky too.
     */
    private Tensor settled(Network network, int target, Tensor mask, Tensor pattern) {
        int[] others = others(clean.size(), image -> subject.counts(image, target));
        int[] some = Arrays.copyOf(others, Math.min(SETTLED_ON, others.length));
        int at = FACTORS.length / 2;
        boolean down = succeeds(network, some, target, factor(mask, at), pattern);
        while (down && at > 0 && succeeds(network, some, target, factor(mask, at - 1), pattern)) {
            at--;
        }
        if (!down) {
            for (int up = at + 1; up < FACTORS.length; up++) {
                if (succeeds(network, some, target, factor(mask, up), pattern)) {
                    return factor(mask, up);
                }
            }
        }
        return factor(mask, at);
    }

    private static Tensor factor(Tensor mask, int at) {
        return mask.mul(new Scalar(FACTORS[at])).clamp_max(new Scalar(1.0));
    }

    private boolean succeeds(Network network, int[] images, int target, Tensor mask, Tensor pattern) {
        return success(network, clean, images, target, mask, pattern).value() >= options.wanted();
    }

    private static int[] others(int size, IntPredicate counts) {
        return IntStream.range(0, size).filter(counts).toArray();
    }

    private Ratio success(Network network, Dataset data, int[] images, int target, Tensor mask, Tensor pattern) {
        int hits = 0;
        for (int from = 0; from < images.length; from += IMAGES) {
            int count = Math.min(IMAGES, images.length - from);
            try (PointerScope scope = new PointerScope()) {
                Tensor some = Tensors.images(data, images, from, count, compute);
                int[] answers = new int[count];
                Inference.argmax(scores(network, some.add(mask.mul(pattern.sub(some)))), answers, 0);
                hits += (int) Arrays.stream(answers)
                        .filter(answer -> answer == target)
                        .count();
            }
        }
        return new Ratio(hits, images.length);
    }

    private static float[] floats(double[] numbers) {
        float[] floats = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }
}
