package io.sapper.audit;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.data.Seeds;
import io.sapper.metric.Ratio;
import io.sapper.network.Compute;
import io.sapper.network.FixedBatch;
import io.sapper.network.Inference;
import io.sapper.network.Network;
import io.sapper.network.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.DoubleConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Searches, for several {@linkplain Aim aims} at once, the smallest mask and the pattern under it that turn clean
 * images as the aim says: those of all other classes into one class (Wang et al., Neural Cleanse, 2019, section IV),
 * those of all classes or of a single one into whatever other class. Of what a backdoor does a far smaller change is
 * found than of the rest. Or the smallest that, added to images, does so.
 *
 * <p>Departs from the paper in what a mask's size is: the sum of its squares, not of its shares, so that a faint change
 * of the whole image is as small as a few pixels that are replaced (docs/decisions/0083).
 *
 * <p>Each aim has a weight for the size of its mask, steered by how often its change succeeds. Aims are searched for in
 * groups that know nothing of each other, so what is found depends on the seed alone, not on how many threads there
 * are.
 */
public final class TriggerInversion {
    private static final long[] CLASSES = {1};

    /** Images of a group in one pass: few enough that what flows between layers stays in the caches. */
    private static final int IMAGES = 64;

    private static final int GPU_IMAGES = 4096;

    /** What changes are made weaker or stronger by in the end. */
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
    private final ChangeForm form;

    /** What form the changes have that are searched for. */
    public enum Form {
        /** Pixels are replaced, wholly or in part: a {@link MaskedTrigger}. */
        MASKED,
        /** The same is added to all images: an {@link AddedTrigger}. */
        ADDED
    }

    /**
     * How to search.
     *
     * @param form of the changes
     * @param steps of the optimizer
     * @param pictures clean images in each step
     * @param learningRate of Adam
     * @param weight of a mask's size at first, in nats for each pixel
     * @param wanted share of images from which on a change counts as one that succeeds: the mask may get smaller
     * @param tried whether what was found is tried on more images in the end: otherwise its size is a rough one, and
     *     its success is 0 of 0
     */
    public record Options(
            Form form, int steps, int pictures, double learningRate, double weight, double wanted, boolean tried) {
        /** As the figures in the documentation were measured. */
        public static final Options DEFAULTS = new Options(Form.MASKED, 150, 6, 1, 1e-3, 0.95, true);

        /** What is added counts more from the start: a faint change of all pixels is the usual one. */
        private static final double ADDED_WEIGHT = 1e-2;

        /** The same for changes of a form. */
        public Options of(Form other) {
            return other == form
                    ? this
                    : new Options(
                            other,
                            steps,
                            pictures,
                            learningRate,
                            other == Form.ADDED ? ADDED_WEIGHT : DEFAULTS.weight(),
                            wanted,
                            tried);
        }

        /** The same with so many clean images in each step. */
        Options withPictures(int other) {
            return new Options(form, steps, other, learningRate, weight, wanted, tried);
        }

        /** The same with so many steps, and what was found is not tried. */
        Options brief(int other) {
            return new Options(form, other, pictures, learningRate, weight, wanted, false);
        }
    }

    private TriggerInversion(Subject subject, Options options, ChangeForm form, long seed) {
        this.subject = subject;
        this.options = options;
        this.seed = seed;
        clean = subject.clean();
        compute = subject.compute();
        scores = subject.graph().head().tensor();
        this.form = form;
    }

    /**
     * Searches the change that leads to each of some classes.
     *
     * @param targets the classes
     * @see #search
     */
    public static List<InvertedTrigger> invert(
            Subject subject, int[] targets, Options options, long seed, long deadline, DoubleConsumer heard) {
        return search(subject, Aim.toEach(targets), options, seed, deadline, heard);
    }

    /**
     * Searches.
     *
     * @param aims what to search for, all from one class each or none; the same one several times is searched from so
     *     many starts
     * @param deadline of {@link System#nanoTime}; aims whose search is not over by then are left out
     * @param heard how much of the work is done, 0 to 1; called by several threads
     * @return one for each aim that was searched to the end, in their order
     * @throws CancellationException if the thread is interrupted; its flag stays set
     * @throws IllegalArgumentException if only some aims are from one class, or no image of one counts
     */
    public static List<InvertedTrigger> search(
            Subject subject, List<Aim> aims, Options options, long seed, long deadline, DoubleConsumer heard) {
        ChangeForm form = options.form() == Form.MASKED ? new MaskForm() : new AddedForm();
        return search(subject, aims, options, form, seed, deadline, heard);
    }

    /** The same for a form that is the options' or a variant of it. */
    static List<InvertedTrigger> search(
            Subject subject,
            List<Aim> aims,
            Options options,
            ChangeForm form,
            long seed,
            long deadline,
            DoubleConsumer heard) {
        check(subject, aims);
        if (aims.isEmpty()) {
            return List.of();
        }
        TriggerInversion inversion = new TriggerInversion(subject, options, form, seed);
        int most = Math.max(1, (subject.compute() == Compute.CPU ? IMAGES : GPU_IMAGES) / options.pictures());
        List<List<Aim>> groups = groups(aims, most);
        InvertedTrigger[][] found = new InvertedTrigger[groups.size()][];
        GroupedSearch.run(
                subject.graph(),
                subject.compute(),
                subject.threads(),
                groups.size(),
                deadline,
                heard,
                (replica, i, pace) ->
                        found[i] = inversion.group(replica, groups.get(i), "inversion " + name(groups, i), pace));
        return Arrays.stream(found).flatMap(Arrays::stream).toList();
    }

    private static void check(Subject subject, List<Aim> aims) {
        List<Aim> specific =
                aims.stream().filter(aim -> aim.source() != Aim.ANY).toList();
        if (!specific.isEmpty() && specific.size() < aims.size()) {
            throw new IllegalArgumentException("Aims from one class and from all cannot be searched for together.");
        }
        for (Aim aim : specific) {
            if (subject.counting(aim).length == 0) {
                throw new IllegalArgumentException("There is no image of class " + aim.source() + " to search with.");
            }
        }
    }

    /** At most so many in each, about as many in all, and an even number of groups: what two threads share evenly. */
    private static List<List<Aim>> groups(List<Aim> aims, int most) {
        int half = (aims.size() + 2 * most - 1) / (2 * most);
        int count = Math.min(aims.size(), 2 * half);
        List<List<Aim>> groups = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            groups.add(aims.subList(i * aims.size() / count, (i + 1) * aims.size() / count));
        }
        return groups;
    }

    /** Different groups begin differently, whatever they search for. */
    private static String name(List<List<Aim>> groups, int i) {
        Aim first = groups.get(i).get(0);
        return first.source() + " " + first.target() + " " + i;
    }

    private InvertedTrigger[] group(Network network, List<Aim> aims, String name, GroupedSearch.Pace pace) {
        RandomGenerator random = Seeds.generator(seed, name);
        try (PointerScope scope = new PointerScope()) {
            Group group = new Group(aims, random);
            Turns turns = new Turns(aims, random);
            try (Ascent ascent = new Ascent(group.raw, options.learningRate())) {
                for (int step = 0; step < options.steps(); step++) {
                    step(network, group, turns.next());
                    ascent.step(pace(step));
                    if (!pace.goOn((step + 1.0) / options.steps()) && step + 1 < options.steps()) {
                        return new InvertedTrigger[0];
                    }
                }
            }
            return read(network, group);
        }
    }

    /** Which images each step of a group sees: all aims the same, or each those that count for it where few do. */
    private final class Turns {
        private final List<int[]> images;
        private final List<int[]> orders = new ArrayList<>();
        private final int[] at;
        private final RandomGenerator random;

        Turns(List<Aim> aims, RandomGenerator random) {
            this.random = random;
            images = aims.get(0).source() == Aim.ANY
                    ? List.of(IntStream.range(0, clean.size()).toArray())
                    : aims.stream().map(subject::counting).toList();
            images.forEach(some -> orders.add(new int[0]));
            at = new int[images.size()];
        }

        /** So many for all aims, or for each one after the other; of few images some more than once. */
        int[] next() {
            int[] next = new int[images.size() * options.pictures()];
            for (int i = 0; i < next.length; i++) {
                int of = i / options.pictures();
                if (at[of] == orders.get(of).length) {
                    orders.set(of, Seeds.permutation(images.get(of).length, random));
                    at[of] = 0;
                }
                next[i] = images.get(of)[orders.get(of)[at[of]++]];
            }
            return next;
        }
    }

    /** Long steps at first, to leave the neighbourhood of the start; short ones in the end, to settle. */
    private double pace(int step) {
        double cosine = (1 + Math.cos(Math.PI * step / options.steps())) / 2;
        return LAST_PACE + (1 - LAST_PACE) * cosine;
    }

    /** Aims that are searched for together, and how far the search is; its tensors live in the scope it is made in. */
    private final class Group {
        final List<Aim> aims;

        /** What is searched. */
        final List<Tensor> raw;

        /** The smallest that worked so far, as is meant; at first what the search begins with. */
        final List<Tensor> best;

        final double[] weights;
        final double[] success;
        final double[] smallest;
        boolean begun;

        Group(List<Aim> aims, RandomGenerator random) {
            this.aims = aims;
            raw = form.raw(random, aims.size(), clean.shape(), compute);
            try (AutoGradMode off = new AutoGradMode(false)) {
                best = meant().stream().map(Tensor::clone).toList();
            }
            weights = new double[aims.size()];
            success = new double[aims.size()];
            smallest = new double[aims.size()];
            Arrays.fill(weights, options.weight());
            Arrays.fill(smallest, Double.POSITIVE_INFINITY);
        }

        List<Tensor> meant() {
            return form.meant(raw, clean.shape());
        }

        /**
         * After a step whose changes were tried: raises the weights of what succeeds and lowers the others', and keeps
         * those that succeed with less than ever before.
         *
         * @param hits how many of the images that count were turned, for each aim
         * @param all how many count
         */
        void steer(int[] hits, int[] all, float[] sizes, List<Tensor> tried) {
            boolean[] better = new boolean[aims.size()];
            boolean any = false;
            for (int k = 0; k < aims.size(); k++) {
                if (all[k] == 0) {
                    continue;
                }
                double now = (double) hits[k] / all[k];
                success[k] = begun ? MEMORY * success[k] + (1 - MEMORY) * now : now;
                boolean succeeds = success[k] >= options.wanted();
                weights[k] *= succeeds ? RAISED : LOWERED;
                if (succeeds ? sizes[k] < smallest[k] : smallest[k] == Double.POSITIVE_INFINITY) {
                    better[k] = true;
                    any = true;
                    smallest[k] = succeeds ? sizes[k] : smallest[k];
                }
            }
            begun = true;
            if (any) {
                keep(better, tried);
            }
        }

        private void keep(boolean[] better, List<Tensor> tried) {
            for (int k = 0; k < better.length; k++) {
                if (better[k]) {
                    for (int i = 0; i < best.size(); i++) {
                        best.get(i).select(0, k).copy_(tried.get(i).select(0, k));
                    }
                }
            }
        }
    }

    /** @param some images of all aims, or of the first aim, then of the second, and so on */
    private void step(Network network, Group group, int[] some) {
        int aims = group.aims.size();
        int count = options.pictures();
        int classes = subject.graph().classCount();
        subject.passes().training((long) aims * count);
        try (PointerScope scope = new PointerScope();
                AutoGradMode on = new AutoGradMode(true)) {
            ImageShape shape = clean.shape();
            Tensor images = Tensors.images(clean, some, 0, some.length, compute)
                    .reshape(some.length / count, count, shape.channels(), shape.height(), shape.width());
            List<Tensor> meant = group.meant();
            Tensor given = scores(network, form.on(images, meant).flatten(0, 1));
            float[] refused = new float[aims * count * classes];
            float[] counts = new float[aims * count];
            for (int i = 0; i < counts.length; i++) {
                int image = some[i % some.length];
                Aim aim = group.aims.get(i / count);
                counts[i] = subject.counts(aim, image) ? 1 : 0;
                for (int answer = 0; answer < classes; answer++) {
                    refused[i * classes + answer] =
                            aim.reached(clean.label(image), answer) ? 0 : Float.NEGATIVE_INFINITY;
                }
            }
            Tensor wanted = given.add(Tensors.create(refused, List.of(counts.length, classes), compute));
            Tensor losses = torch.logsumexp(given, CLASSES).sub(torch.logsumexp(wanted, CLASSES));
            Tensor counted = Tensors.create(counts, List.of(counts.length), compute);
            Tensor sizes = form.sizes(meant);
            Tensor weights = Tensors.create(floats(group.weights), List.of(aims), compute);
            losses.mul(counted)
                    .sum()
                    .div(new Scalar((double) count))
                    .add(sizes.mul(weights).sum())
                    .backward();
            try (AutoGradMode off = new AutoGradMode(false)) {
                int[] answers = new int[counts.length];
                Inference.argmax(given, answers, 0);
                int[] hits = new int[aims];
                int[] all = new int[aims];
                for (int i = 0; i < answers.length; i++) {
                    int label = clean.label(some[i % some.length]);
                    all[i / count] += counts[i] > 0 ? 1 : 0;
                    hits[i / count] +=
                            counts[i] > 0 && group.aims.get(i / count).reached(label, answers[i]) ? 1 : 0;
                }
                group.steer(
                        hits,
                        all,
                        Tensors.toArray(sizes),
                        meant.stream().map(Tensor::detach).toList());
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
            InvertedTrigger[] found = new InvertedTrigger[group.aims.size()];
            for (int k = 0; k < found.length; k++) {
                Aim aim = group.aims.get(k);
                int at = k;
                List<Tensor> best =
                        group.best.stream().map(tensor -> tensor.select(0, at)).toList();
                List<Tensor> meant = options.tried() ? settled(network, aim, best) : best;
                Dataset kept = subject.kept();
                int[] images = options.tried() ? subject.keptCounting(aim) : new int[0];
                int[] answers = answers(network, kept, images, meant);
                found[k] = form.trigger(
                        aim,
                        aim.target() == Aim.ANY ? mostFrequent(answers) : aim.target(),
                        clean.shape(),
                        meant,
                        turned(aim, kept, images, answers));
            }
            return found;
        }
    }

    private int mostFrequent(int[] answers) {
        int[] counts = new int[subject.graph().classCount()];
        for (int answer : answers) {
            counts[Math.max(0, answer)]++;
        }
        return IntStream.range(0, counts.length)
                .boxed()
                .max(Comparator.comparingInt(label -> counts[label]))
                .orElse(0);
    }

    /**
     * The change made weaker or stronger as a whole until it just succeeds on more images than a step sees: of all
     * changes of a search, the smallest that seemed to succeed was lucky too.
     */
    private List<Tensor> settled(Network network, Aim aim, List<Tensor> meant) {
        int[] counting = subject.counting(aim);
        int[] some = Arrays.copyOf(counting, Math.min(SETTLED_ON, counting.length));
        int at = FACTORS.length / 2;
        boolean down = succeeds(network, some, aim, form.times(meant, FACTORS[at]));
        while (down && at > 0 && succeeds(network, some, aim, form.times(meant, FACTORS[at - 1]))) {
            at--;
        }
        if (!down) {
            for (int up = at + 1; up < FACTORS.length; up++) {
                if (succeeds(network, some, aim, form.times(meant, FACTORS[up]))) {
                    return form.times(meant, FACTORS[up]);
                }
            }
        }
        return form.times(meant, FACTORS[at]);
    }

    private boolean succeeds(Network network, int[] images, Aim aim, List<Tensor> meant) {
        return turned(aim, clean, images, answers(network, clean, images, meant))
                        .value()
                >= options.wanted();
    }

    private static Ratio turned(Aim aim, Dataset data, int[] images, int[] answers) {
        long hits = IntStream.range(0, images.length)
                .filter(i -> aim.reached(data.label(images[i]), answers[i]))
                .count();
        return new Ratio(hits, images.length);
    }

    private int[] answers(Network network, Dataset data, int[] images, List<Tensor> meant) {
        int[] answers = new int[images.length];
        subject.passes().forward(images.length);
        for (int from = 0; from < images.length; from += IMAGES) {
            int count = Math.min(IMAGES, images.length - from);
            try (PointerScope scope = new PointerScope()) {
                Tensor some = Tensors.images(data, images, from, count, compute);
                Inference.argmax(scores(network, form.on(some, meant)), answers, from);
            }
        }
        return answers;
    }

    private static float[] floats(double[] numbers) {
        float[] floats = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }
}
