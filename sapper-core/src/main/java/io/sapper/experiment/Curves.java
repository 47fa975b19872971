package io.sapper.experiment;

import io.sapper.data.Dataset;
import io.sapper.defense.LayerFeatures;
import io.sapper.defense.Pruning;
import io.sapper.metric.Ratio;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.poison.TriggeredSet;
import io.sapper.result.ActivationProfile;
import io.sapper.result.PruningCurve;
import io.sapper.training.Passes;
import io.sapper.training.Progress;
import java.util.ArrayList;
import java.util.List;

/** The pruning curve on test data, and the activations that explain it (Fine-Pruning, figures 4 to 6). */
final class Curves {
    private Curves() {}

    /**
     * What one pass over the test set, clean and triggered, gave.
     *
     * @param curve the pruning curve
     * @param profile activations of the pruned layer
     * @param asPruned what the network says with as many channels pruned as the rule chose
     * @param headPasses images through the network up to the layer
     * @param tailPasses images through the rest of it
     */
    record Measured(
            PruningCurve curve, ActivationProfile profile, Evaluation asPruned, long headPasses, long tailPasses) {}

    static Measured measure(
            String network,
            Graph graph,
            Pruning.Outcome pruning,
            double allowedDrop,
            Task task,
            Compute compute,
            Progress progress) {
        Passes passes = new Passes(progress, 2 * task.passes());
        long tests = task.test().size();
        long triggered = task.passes() - tests;
        try (LayerFeatures clean = LayerFeatures.of(graph, pruning.layer(), task.test(), compute, passes.next(tests));
                LayerFeatures attacked =
                        LayerFeatures.of(graph, pruning.layer(), triggered(task), compute, passes.next(triggered))) {
            int[][] cleanPredictions = clean.predictionsAsPruned(pruning.order(), passes.next(tests));
            int[][] attackedPredictions = attacked.predictionsAsPruned(pruning.order(), passes.next(triggered));
            List<PruningCurve.Point> points = new ArrayList<>();
            for (int pruned = 0; pruned < cleanPredictions.length; pruned++) {
                Evaluation seen = new Evaluation(cleanPredictions[pruned], attackedPredictions[pruned]);
                points.add(point(pruned, pruning.validation().get(pruned), seen, task));
            }
            PruningCurve curve = new PruningCurve(
                    pruning.layer(), pruning.order().size(), pruning.order(), pruning.chosen(), allowedDrop, points);
            return new Measured(
                    curve,
                    profile(network, pruning.layer(), clean, attacked, task),
                    new Evaluation(cleanPredictions[pruning.chosen()], attackedPredictions[pruning.chosen()]),
                    clean.headPasses() + attacked.headPasses(),
                    clean.tailPasses() + attacked.tailPasses());
        }
    }

    /** Activations of a layer on the test set, clean and triggered. */
    static ActivationProfile profile(
            String network, Graph graph, String layer, Task task, Compute compute, Progress progress) {
        Passes passes = new Passes(progress, task.passes());
        long tests = task.test().size();
        try (LayerFeatures clean = LayerFeatures.of(graph, layer, task.test(), compute, passes.next(tests));
                LayerFeatures attacked =
                        LayerFeatures.of(graph, layer, triggered(task), compute, passes.next(task.passes() - tests))) {
            return profile(network, layer, clean, attacked, task);
        }
    }

    private static PruningCurve.Point point(int pruned, Ratio validation, Evaluation seen, Task task) {
        boolean known = task.triggered() != null;
        return new PruningCurve.Point(
                pruned,
                validation,
                seen.cleanAccuracy(task),
                known ? seen.attackSuccess(task) : null,
                known ? seen.recovered(task) : null);
    }

    private static ActivationProfile profile(
            String network, String layer, LayerFeatures clean, LayerFeatures attacked, Task task) {
        return new ActivationProfile(
                network,
                layer,
                clean.meanActivations(),
                task.triggered() == null ? List.of() : attacked.meanActivations());
    }

    private static Dataset triggered(Task task) {
        TriggeredSet triggered = task.triggered();
        return triggered == null ? task.test().subset("none", new int[0]) : triggered.data();
    }
}
