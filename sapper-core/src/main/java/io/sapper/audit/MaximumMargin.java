package io.sapper.audit;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.data.Seeds;
import io.sapper.network.Compute;
import io.sapper.network.FixedBatch;
import io.sapper.network.Graph;
import io.sapper.network.Network;
import io.sapper.network.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.DoubleConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * How sure a network can be made of each class: the largest margin of its score over all other scores, over whatever
 * image (Wang et al., MM-BD, IEEE S&amp;P 2024, section IV). Learning a trigger leaves a class with a margin that no
 * natural image calls for, whatever form the trigger has.
 *
 * <p>Departs from the paper in where the search begins: on clean images, not on noise.
 */
final class MaximumMargin {
    /** Images that the search begins with, for each class: with six, two searches of one network differ by a tenth. */
    private static final int STARTS = 16;

    private static final int STEPS = 100;
    private static final double LEARNING_RATE = 0.05;
    private static final double LAST_PACE = 0.1;

    /** Images in one pass: as many as fit the caches. */
    private static final int IMAGES = 64;

    private static final int GPU_IMAGES = 4096;
    private static final long[] SCORES = {1};

    private final Graph graph;
    private final Dataset clean;
    private final Compute compute;
    private final long seed;
    private final int classes;
    private final PassCounter passes;

    private MaximumMargin(Graph graph, Dataset clean, Compute compute, long seed, PassCounter passes) {
        this.graph = graph;
        this.clean = clean;
        this.compute = compute;
        this.seed = seed;
        classes = graph.classCount();
        this.passes = passes;
    }

    /**
     * Searches for all classes.
     *
     * @param graph reads images in [0, 1]
     * @param clean images to begin with
     * @param threads at once
     * @param passes counts the images
     * @param deadline of {@link System#nanoTime}
     * @param heard how much of the work is done, 0 to 1; called by several threads
     * @return the largest margin that was reached, of each class; empty if the time was used up before
     * @throws CancellationException if the thread is interrupted; its flag stays set
     */
    static Optional<double[]> of(
            Graph graph,
            Dataset clean,
            Compute compute,
            int threads,
            PassCounter passes,
            long seed,
            long deadline,
            DoubleConsumer heard) {
        MaximumMargin search = new MaximumMargin(graph, clean, compute, seed, passes);
        int most = (compute == Compute.CPU ? IMAGES : GPU_IMAGES) / STARTS;
        int groups = (search.classes + most - 1) / most;
        double[] margins = new double[search.classes];
        boolean[] over = new boolean[groups];
        GroupedSearch.run(graph, compute, threads, groups, deadline, heard, (replica, i, pace) -> {
            int from = i * most;
            over[i] = search.group(replica, from, Math.min(search.classes, from + most), margins, pace);
        });
        return IntStream.range(0, groups).allMatch(i -> over[i]) ? Optional.of(margins) : Optional.empty();
    }

    /** Whether it was over in time. */
    private boolean group(Network network, int from, int to, double[] margins, GroupedSearch.Pace pace) {
        RandomGenerator random = Seeds.generator(seed, "margin " + from);
        int images = (to - from) * STARTS;
        try (PointerScope scope = new PointerScope()) {
            Tensor shown = starts(images, random);
            Tensor own = ofOwn(from, images, 1);
            Tensor refused = ofOwn(from, images, Float.NEGATIVE_INFINITY);
            try (Ascent ascent = new Ascent(List.of(shown), LEARNING_RATE)) {
                for (int step = 0; step < STEPS; step++) {
                    if (!pace.goOn((double) step / STEPS)) {
                        return false;
                    }
                    step(network, shown, own, refused);
                    ascent.step(1 - (1 - LAST_PACE) * step / STEPS);
                    withinRange(shown);
                }
            }
            try (AutoGradMode off = new AutoGradMode(false)) {
                passes.forward(images);
                float[] reached = Tensors.toArray(margins(network, shown, own, refused));
                Arrays.fill(margins, from, to, Double.NEGATIVE_INFINITY);
                for (int i = 0; i < images; i++) {
                    int label = from + i / STARTS;
                    margins[label] = Math.max(margins[label], reached[i]);
                }
            }
            pace.goOn(1);
            return true;
        }
    }

    private Tensor starts(int images, RandomGenerator random) {
        ImageShape shape = clean.shape();
        float[] values = new float[images * shape.size()];
        for (int i = 0; i < images; i++) {
            clean.toUnitRange(random.nextInt(clean.size()), values, i * shape.size());
        }
        Tensor shown =
                Tensors.create(values, List.of(images, shape.channels(), shape.height(), shape.width()), compute);
        shown.set_requires_grad(true);
        shown.mutable_grad().put(torch.zeros_like(shown));
        return shown;
    }

    /** A number in the column of the class that an image is searched for, 0 in others: {@code [images, classes]}. */
    private Tensor ofOwn(int from, int images, float number) {
        float[] values = new float[images * classes];
        for (int i = 0; i < images; i++) {
            values[i * classes + from + i / STARTS] = number;
        }
        return Tensors.create(values, List.of(images, classes), compute);
    }

    private void step(Network network, Tensor shown, Tensor own, Tensor refused) {
        passes.training(shown.size(0));
        try (PointerScope scope = new PointerScope();
                AutoGradMode on = new AutoGradMode(true)) {
            margins(network, shown, own, refused).sum().neg().backward();
        }
    }

    private Tensor margins(Network network, Tensor shown, Tensor own, Tensor refused) {
        Tensor given = FixedBatch.forward(network, shown, List.of(graph.head().tensor()))
                .get(0);
        Tensor scores = given.dim() == 2 ? given : given.flatten(1, -1);
        return scores.mul(own)
                .sum(SCORES, false, new ScalarTypeOptional())
                .sub(scores.add(refused).amax(SCORES, false));
    }

    private static void withinRange(Tensor shown) {
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            shown.clamp_(new ScalarOptional(new Scalar(0.0)), new ScalarOptional(new Scalar(1.0)));
        }
    }
}
