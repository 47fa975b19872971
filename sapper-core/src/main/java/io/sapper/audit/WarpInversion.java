package io.sapper.audit;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.data.Seeds;
import io.sapper.metric.Ratio;
import io.sapper.network.Compute;
import io.sapper.network.FixedBatch;
import io.sapper.network.Network;
import io.sapper.network.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Searches one small smooth warp of the whole image that makes a network wrong about as many clean images as it can,
 * and sees whether they all go to one class: the inner step of I-BAU (Zeng et al. 2022, section 3), where the universal
 * perturbation is not added to the image but bends it, as WaNet's triggers do (Nguyen and Tran 2021). No mask has that
 * form, so {@link TriggerInversion} cannot find it.
 *
 * <p>Sees the network and clean images. A net of 5 by 5 corners, no value from farther than a share of height and
 * width. An honest network reads such images still, or takes them for many classes (docs/decisions/0082).
 */
public final class WarpInversion {
    private static final int MEAN = 1; // libtorch's number for the reduction
    private static final long NO_IGNORED_LABEL = -100;
    private static final int CORNERS = 5;
    private static final int STEPS = 40;
    private static final int IMAGES = 32;

    private static final double LEARNING_RATE = 0.3;
    private static final double START_SPREAD = 0.3;
    private static final int BILINEAR = 0; // libtorch's number for it
    private static final int EDGE_REPEATED = 1;

    private final Subject subject;
    private final ImageShape shape;
    private final Compute compute;
    private final Reach reach;
    private final RandomGenerator random;

    private WarpInversion(Subject subject, Reach reach, long seed) {
        this.subject = subject;
        this.reach = reach;
        shape = subject.clean().shape();
        compute = subject.compute();
        random = Seeds.generator(seed, "warp inversion");
    }

    /** How far a warp may reach, and how well it then has to work to be a trigger (docs/decisions/0082, 0086). */
    public enum Reach {
        /** 1.6 pixels of 32. */
        SMALL(0.05, Recovered.WORKS, 0.87),
        /** 2.5 pixels of 32: so far honest networks take many images for one class. */
        LARGE(0.078125, 0.9, 0.97);

        private final double share;
        private final double works;
        private final double told;

        Reach(double share, double works, double told) {
            this.share = share;
            this.works = works;
            this.told = told;
        }

        /** From how far a value may come, as a share of height and width. */
        double share() {
            return share;
        }

        /** Whether this success is that of a trigger that is known to be there. */
        public boolean works(InvertedWarp warp) {
            return warp.success().value() >= works;
        }

        /** From which success on it tells of a backdoor: half-way between honest and backdoored networks. */
        double told() {
            return told;
        }

        /** Whether this success tells of a backdoor. */
        boolean tells(InvertedWarp warp) {
            return warp.success().value() >= told;
        }
    }

    /**
     * Searches once.
     *
     * @param reach how far at most
     * @return the warp that was found and the class that most images go to that had no part in the search, whether or
     *     not it succeeds
     */
    public static InvertedWarp invert(Subject subject, Reach reach, long seed) {
        WarpInversion inversion = new WarpInversion(subject, reach, seed);
        try (Network network = Network.of(subject.graph(), subject.compute());
                PointerScope scope = new PointerScope()) {
            return inversion.search(network);
        }
    }

    private InvertedWarp search(Network network) {
        float[] start = new float[2 * CORNERS * CORNERS];
        for (int i = 0; i < start.length; i++) {
            start[i] = (float) (START_SPREAD * random.nextGaussian());
        }
        Tensor corners = Tensors.create(start, List.of(CORNERS * CORNERS, 2), compute);
        corners.set_requires_grad(true);
        corners.mutable_grad().put(torch.zeros_like(corners));
        Tensor basis = Tensors.create(basis(), List.of(shape.height() * shape.width(), CORNERS * CORNERS), compute);
        Tensor places = Tensors.create(places(), List.of(shape.height() * shape.width(), 2), compute);
        Dataset clean = subject.clean();
        int[] order = {};
        int at = 0;
        try (Ascent ascent = new Ascent(List.of(corners), LEARNING_RATE)) {
            for (int step = 0; step < STEPS; step++) {
                if (at + IMAGES > order.length) {
                    order = Seeds.permutation(clean.size(), random);
                    at = 0;
                }
                int count = Math.min(IMAGES, order.length - at);
                step(network, clean, order, at, count, offsets(basis, corners).add(places));
                at += count;
                ascent.step(1);
            }
        }
        try (AutoGradMode off = new AutoGradMode(false)) {
            return judged(Tensors.toArray(offsets(basis, corners)));
        }
    }

    /** How far off each place's value comes from, in libtorch's unit: the image reaches from -1 to 1. */
    private Tensor offsets(Tensor basis, Tensor corners) {
        return torch.matmul(basis, corners.tanh().mul(new Scalar(2 * reach.share())));
    }

    private void step(Network network, Dataset clean, int[] order, int from, int count, Tensor grid) {
        subject.passes().training(count);
        try (PointerScope scope = new PointerScope();
                AutoGradMode on = new AutoGradMode(true)) {
            Tensor images = Tensors.images(clean, order, from, count, compute);
            Tensor bent = torch.grid_sampler_2d(
                    images,
                    grid.reshape(1, shape.height(), shape.width(), 2)
                            .expand(new long[] {count, shape.height(), shape.width(), 2}),
                    BILINEAR,
                    EDGE_REPEATED,
                    true);
            Tensor scores = FixedBatch.forward(
                            network, bent, List.of(subject.graph().head().tensor()))
                    .get(0);
            Tensor flat = scores.dim() == 2 ? scores : scores.flatten(1, -1);
            torch.cross_entropy_loss(
                            flat,
                            Tensors.labels(clean, order, from, count, compute),
                            new TensorOptional(),
                            MEAN,
                            NO_IGNORED_LABEL,
                            0)
                    .neg()
                    .backward();
        }
    }

    /** Seen on the images that were kept back. */
    private InvertedWarp judged(float[] offsets) {
        int size = shape.height() * shape.width();
        float[] down = new float[size];
        float[] right = new float[size];
        for (int i = 0; i < size; i++) {
            right[i] = offsets[2 * i] * (shape.width() - 1) / 2;
            down[i] = offsets[2 * i + 1] * (shape.height() - 1) / 2;
        }
        Dataset kept = subject.kept();
        int[] all = IntStream.range(0, kept.size()).toArray();
        InvertedWarp unjudged = new InvertedWarp(0, shape, down, right, new Ratio(0, 0));
        int[] answers = subject.passes().answers(subject.graph(), unjudged.on(kept, all), compute);
        int[] counts = new int[subject.graph().classCount()];
        for (int i : all) {
            if (answers[i] >= 0 && Aim.to(answers[i]).counts(kept.label(i), subject.keptAnswer(i))) {
                counts[answers[i]]++;
            }
        }
        int most = Arrays.stream(counts).max().orElse(0);
        int target = IntStream.range(0, counts.length)
                .filter(label -> counts[label] == most)
                .findFirst()
                .orElse(0);
        int others = subject.keptCounting(Aim.to(target)).length;
        return new InvertedWarp(target, shape, down, right, new Ratio(most, others));
    }

    /** How much of each corner is in each place: bilinear, {@code [places, corners]}. */
    private float[] basis() {
        float[] basis = new float[shape.height() * shape.width() * CORNERS * CORNERS];
        int at = 0;
        for (int row = 0; row < shape.height(); row++) {
            double y = along(row, shape.height(), CORNERS - 1);
            for (int column = 0; column < shape.width(); column++) {
                double x = along(column, shape.width(), CORNERS - 1);
                for (int above = 0; above < CORNERS; above++) {
                    for (int left = 0; left < CORNERS; left++) {
                        double down = Math.max(0, 1 - Math.abs(y - above));
                        double right = Math.max(0, 1 - Math.abs(x - left));
                        basis[at++] = (float) (down * right);
                    }
                }
            }
        }
        return basis;
    }

    /** Where each place is, column first, from -1 to 1. */
    private float[] places() {
        float[] places = new float[2 * shape.height() * shape.width()];
        int at = 0;
        for (int row = 0; row < shape.height(); row++) {
            for (int column = 0; column < shape.width(); column++) {
                places[at++] = (float) (along(column, shape.width(), 2) - 1);
                places[at++] = (float) (along(row, shape.height(), 2) - 1);
            }
        }
        return places;
    }

    private static double along(int position, int length, int whole) {
        return length == 1 ? whole / 2.0 : (double) position * whole / (length - 1);
    }
}
