package io.sapper.audit;

import io.sapper.network.Graph;
import io.sapper.network.Initializer;
import io.sapper.network.Node;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The last layer's weights alone, without data: how far above every other class a class's score can be pushed by
 * features of bounded size (the maximum margin of MM-BD, Wang et al. 2024, here in the space of the last layer's
 * inputs). A target that everything leads to often stands out.
 */
final class HeadLook {
    static final String ID = "head";
    private static final int STEPS = 40;

    /** Multiply-adds of all steps: a second's at most. */
    private static final double MOST_WORK = 1e9;

    private static final int MOST_WEIGHTS = 1 << 20;

    private HeadLook() {}

    /**
     * Empty where the scores are not made by one dense layer.
     *
     * @param names of the classes
     */
    static Optional<Look> look(Graph graph, List<String> names) {
        long begin = System.nanoTime();
        Optional<float[][]> weights = weights(graph);
        if (weights.isEmpty()) {
            return Optional.empty();
        }
        double[] margins = margins(weights.get());
        double[] sorted = margins.clone();
        Arrays.sort(sorted);
        double median = sorted[sorted.length / 2];
        double[] away = Arrays.stream(margins)
                .map(margin -> Math.abs(margin - median))
                .sorted()
                .toArray();
        int first = 0;
        for (int i = 0; i < margins.length; i++) {
            first = margins[i] > margins[first] ? i : first;
        }
        double deviation = (margins[first] - median) / Math.max(1e-9, 1.4826 * away[away.length / 2]);
        return Optional.of(Look.since(
                begin,
                ID,
                "Last layer",
                "Wang et al. 2024 (MM-BD), on the last layer's inputs",
                String.format(
                        Locale.ROOT,
                        "Class %s has the largest margin over all others, %.1f median absolute deviations above the"
                                + " median. By itself this decides nothing.",
                        names.get(first),
                        deviation),
                Look.Speaks.NEITHER));
    }

    /** Rows of the layer that makes the scores, one for each class. */
    static Optional<float[][]> weights(Graph graph) {
        Node maker = graph.producer(graph.head().tensor());
        while (maker != null
                && !graph.layers().contains(maker.name())
                && maker.operator().is("Add", "Identity")) {
            maker = graph.producer(maker.data());
        }
        if (maker == null
                || !maker.operator().is("Gemm", "MatMul")
                || !graph.layers().contains(maker.name())) {
            return Optional.empty();
        }
        Initializer stored = graph.initializer(graph.weights(maker.name()));
        int classes = graph.classCount();
        if (stored.shape().size() != 2 || stored.size() > MOST_WEIGHTS) {
            return Optional.empty();
        }
        boolean rows = stored.shape().get(0) == classes;
        int features = stored.size() / classes;
        float[][] weights = new float[classes][features];
        for (int c = 0; c < classes; c++) {
            for (int d = 0; d < features; d++) {
                weights[c][d] = stored.get(rows ? c * features + d : d * classes + c);
            }
        }
        return Optional.of(weights);
    }

    /** For each class the largest margin over the best of the others, features between 0 and 1, by ascent. */
    static double[] margins(float[][] weights) {
        int features = weights[0].length;
        double[] margins = new double[weights.length];
        double work = (double) weights.length * weights.length * features;
        int steps = (int) Math.max(2, Math.min(STEPS, MOST_WORK / work));
        for (int target = 0; target < weights.length; target++) {
            float[] given = new float[features];
            for (int d = 0; d < features; d++) {
                given[d] = 0.5f;
            }
            double best = Double.NEGATIVE_INFINITY;
            for (int step = 0; step < steps; step++) {
                int rival = -1;
                double strongest = Double.NEGATIVE_INFINITY;
                double own = 0;
                for (int c = 0; c < weights.length; c++) {
                    double score = 0;
                    for (int d = 0; d < features; d++) {
                        score += weights[c][d] * given[d];
                    }
                    if (c == target) {
                        own = score;
                    } else if (score > strongest) {
                        strongest = score;
                        rival = c;
                    }
                }
                best = Math.max(best, own - strongest);
                float rate = 1f / (1 + step);
                for (int d = 0; d < features; d++) {
                    float slope = weights[target][d] - weights[rival][d];
                    given[d] = Math.max(0, Math.min(1, given[d] + rate * Math.signum(slope)));
                }
            }
            margins[target] = best;
        }
        return margins;
    }
}
