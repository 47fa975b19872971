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

/**
 * A layer on test data, clean and triggered: what the network says, the pruning curve, and the activations that explain
 * it (Fine-Pruning, figures 4 to 6). One pass over the images serves all of it.
 */
final class Curves implements AutoCloseable {
    private final String layer;
    private final Task task;
    private final LayerFeatures clean;
    private final LayerFeatures attacked;

    private Curves(String layer, Task task, LayerFeatures clean, LayerFeatures attacked) {
        this.layer = layer;
        this.task = task;
        this.clean = clean;
        this.attacked = attacked;
    }

    /**
     * The pruning curve and one point of it.
     *
     * @param curve the pruning curve
     * @param asPruned what the network says with as many channels pruned as the rule chose
     * @param tailPasses images through the network behind the layer
     */
    record Measured(PruningCurve curve, Evaluation asPruned, long tailPasses) {}

    /** Sends the test set through a network, once. */
    static Curves of(Graph graph, String layer, Task task, Compute compute, Progress progress) {
        Passes passes = new Passes(progress, task.passes());
        long tests = task.test().size();
        LayerFeatures clean = LayerFeatures.withPredictions(graph, layer, task.test(), compute, passes.next(tests));
        try {
            Progress rest = passes.next(task.passes() - tests);
            return new Curves(
                    layer, task, clean, LayerFeatures.withPredictions(graph, layer, triggered(task), compute, rest));
        } catch (RuntimeException e) {
            clean.close();
            throw e;
        }
    }

    /** What the network says of each image. */
    Evaluation seen() {
        return new Evaluation(clean.predictions(), attacked.predictions());
    }

    Measured measure(Pruning.Outcome pruning, double allowedDrop, Progress progress) {
        Passes passes = new Passes(progress, task.passes());
        long tests = task.test().size();
        int[][] cleanPredictions = clean.predictionsAsPruned(pruning.order(), passes.next(tests));
        int[][] attackedPredictions = attacked.predictionsAsPruned(pruning.order(), passes.next(task.passes() - tests));
        List<PruningCurve.Point> points = new ArrayList<>();
        for (int pruned = 0; pruned < cleanPredictions.length; pruned++) {
            Evaluation seen = new Evaluation(cleanPredictions[pruned], attackedPredictions[pruned]);
            points.add(point(pruned, pruning.validation().get(pruned), seen, task));
        }
        PruningCurve curve = new PruningCurve(
                null, layer, pruning.order().size(), pruning.order(), pruning.chosen(), allowedDrop, points);
        return new Measured(
                curve,
                new Evaluation(cleanPredictions[pruning.chosen()], attackedPredictions[pruning.chosen()]),
                clean.tailPasses() + attacked.tailPasses());
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

    /** Activations of the layer. */
    ActivationProfile profile(String network) {
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

    @Override
    public void close() {
        clean.close();
        attacked.close();
    }
}
