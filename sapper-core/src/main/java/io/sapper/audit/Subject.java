package io.sapper.audit;

import io.sapper.data.Dataset;
import io.sapper.data.Holdout;
import io.sapper.defense.Accuracy;
import io.sapper.metric.Ratio;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Inference;
import io.sapper.network.Network;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A network under audit, and the clean images that it is looked at with. An image says nothing of a change into a class
 * that it is of, or is taken for, already: by its label or by the network's answer.
 */
public final class Subject {
    /** Images that are taken where nobody says how many. */
    public static final int USUAL_IMAGES = 600;

    private static final int KEPT_PARTS = 5;

    private final Graph graph;
    private final Dataset clean;
    private final int[] answers;
    private final Dataset kept;
    private final int[] keptAnswers;
    private final Compute compute;
    private final int threads;
    private final PassCounter passes;

    /**
     * A network and images.
     *
     * @param graph reads images in [0, 1]
     * @param clean what triggers are searched with
     * @param answers the network's, to those
     * @param kept what was found is tried on these, which have no part in the search
     * @param keptAnswers the network's, to those
     * @param compute where numbers are made
     * @param threads at once
     * @param passes counts images that go through networks
     */
    Subject(
            Graph graph,
            Dataset clean,
            int[] answers,
            Dataset kept,
            int[] keptAnswers,
            Compute compute,
            int threads,
            PassCounter passes) {
        this.graph = graph;
        this.clean = clean;
        this.answers = answers;
        this.kept = kept;
        this.keptAnswers = keptAnswers;
        this.compute = compute;
        this.threads = threads;
        this.passes = passes;
    }

    /**
     * Takes some images, of each class in its proportion, four fifths of them for the search.
     *
     * @throws IllegalArgumentException if there are fewer than two
     */
    public static Subject of(Graph graph, Dataset data, int images, long seed, Compute compute, int threads) {
        return of(graph, data, images, seed, compute, threads, new PassCounter());
    }

    /**
     * The same; images that go through networks are counted with others.
     *
     * @throws IllegalArgumentException if there are fewer than two
     */
    public static Subject of(
            Graph graph, Dataset data, int images, long seed, Compute compute, int threads, PassCounter passes) {
        int count = Math.min(images, data.size());
        if (count < 2) {
            throw new IllegalArgumentException("There are too few clean images to look with: " + count
                    + ", and at least " + Audit.LEAST + " are needed.");
        }
        int back = Math.max(1, count / KEPT_PARTS);
        Holdout parts = Holdout.of(data, count - back, back, seed);
        Dataset clean = parts.fineTuning();
        Dataset kept = parts.validation();
        passes.forward(count);
        try (Network network = Network.of(graph, compute)) {
            return new Subject(
                    graph,
                    clean,
                    Inference.answers(network, clean),
                    kept,
                    Inference.answers(network, kept),
                    compute,
                    threads,
                    passes);
        }
    }

    /** Whether an image of the search counts for an aim. */
    boolean counts(Aim aim, int image) {
        return aim.counts(clean.label(image), answers[image]);
    }

    /** Which images of the search do. */
    int[] counting(Aim aim) {
        return IntStream.range(0, clean.size()).filter(i -> counts(aim, i)).toArray();
    }

    /** Which of those that were kept back do. */
    int[] keptCounting(Aim aim) {
        return IntStream.range(0, kept.size())
                .filter(i -> aim.counts(kept.label(i), keptAnswers[i]))
                .toArray();
    }

    /** Reads images in [0, 1]. */
    public Graph graph() {
        return graph;
    }

    /** What triggers are searched with. */
    public Dataset clean() {
        return clean;
    }

    /** What was found is tried on these, which have no part in the search. */
    public Dataset kept() {
        return kept;
    }

    /** The class that the network takes an image for that was kept back. */
    public int keptAnswer(int image) {
        return keptAnswers[image];
    }

    /** How often the network is right, on all images. */
    Ratio right() {
        return Accuracy.of(answers, clean).plus(Accuracy.of(keptAnswers, kept));
    }

    /** How many images the network takes for the class that it takes most for. */
    Ratio mostAlike() {
        return new Ratio(ofOneClass(answers, keptAnswers), (long) clean.size() + kept.size());
    }

    /**
     * How many are of the class that most are of.
     *
     * @param some classes, or answers; negative where the network has none
     */
    int ofOneClass(int[]... some) {
        int[] counts = new int[graph.classCount()];
        Arrays.stream(some).flatMapToInt(Arrays::stream).filter(one -> one >= 0).forEach(one -> counts[one]++);
        return Arrays.stream(counts).max().orElse(0);
    }

    /** What it answers on. */
    public Compute compute() {
        return compute;
    }

    int threads() {
        return threads;
    }

    /** Counts images that go through networks. */
    public PassCounter passes() {
        return passes;
    }
}
