package io.sapper.experiment;

import io.sapper.defense.LayerFeatures;
import io.sapper.defense.Pruning;
import io.sapper.metric.Ratio;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.poison.TriggeredSet;
import io.sapper.result.ActivationProfile;
import io.sapper.result.PruningCurve;
import java.util.ArrayList;
import java.util.List;

/** The pruning curve on test data, and the activations that explain it (Fine-Pruning, figures 4 to 6). */
final class Curves {
    private Curves() {}

    /**
     * Fills a run's curve and profile: one pass over the test set, clean and triggered.
     *
     * @return what the network says with as many channels pruned as the rule chose
     */
    static Evaluation measure(
            Run run, Graph graph, Pruning.Outcome pruning, double allowedDrop, Task task, Compute compute) {
        TriggeredSet triggered = task.triggered();
        try (LayerFeatures clean = LayerFeatures.of(graph, pruning.layer(), task.test(), compute);
                LayerFeatures attacked = triggered == null
                        ? LayerFeatures.of(graph, pruning.layer(), task.test().subset("none", new int[0]), compute)
                        : LayerFeatures.of(graph, pruning.layer(), triggered.data(), compute)) {
            int[][] cleanPredictions = clean.predictionsAsPruned(pruning.order());
            int[][] attackedPredictions = attacked.predictionsAsPruned(pruning.order());
            List<PruningCurve.Point> points = new ArrayList<>();
            for (int pruned = 0; pruned < cleanPredictions.length; pruned++) {
                Evaluation seen = new Evaluation(cleanPredictions[pruned], attackedPredictions[pruned]);
                Ratio validation = pruning.validation().get(pruned);
                points.add(new PruningCurve.Point(
                        pruned,
                        validation,
                        seen.cleanAccuracy(task),
                        triggered == null ? null : seen.attackSuccess(task),
                        triggered == null ? null : seen.recovered(task)));
            }
            run.pruning = new PruningCurve(
                    pruning.layer(), pruning.order().size(), pruning.order(), pruning.chosen(), allowedDrop, points);
            if (triggered != null) {
                run.activations = List.of(new ActivationProfile(
                        "backdoored", pruning.layer(), clean.meanActivations(), attacked.meanActivations()));
            }
            run.cost(
                    "pruning curve on test data",
                    clean.headPasses() + attacked.headPasses(),
                    clean.tailPasses() + attacked.tailPasses(),
                    0);
            return new Evaluation(cleanPredictions[pruning.chosen()], attackedPredictions[pruning.chosen()]);
        }
    }
}
