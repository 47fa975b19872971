package io.sapper.experiment;

import io.sapper.data.Dataset;
import io.sapper.metric.Ratio;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Inference;
import io.sapper.network.Network;
import io.sapper.poison.Goal;
import io.sapper.poison.TriggeredSet;
import io.sapper.result.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What a network says of the test set, clean and triggered, and the three rates of it.
 *
 * @param clean predicted class of each test image
 * @param triggered predicted class of each triggered image; empty where the trigger is unknown
 */
record Evaluation(List<Integer> clean, List<Integer> triggered) {

    static Evaluation of(Graph graph, Task task, Compute compute) {
        try (Network network = Network.of(graph, compute)) {
            int[] clean = Inference.predictions(network, task.test());
            TriggeredSet triggered = task.triggered();
            int[] attacked = triggered == null ? new int[0] : Inference.predictions(network, triggered.data());
            return of(clean, attacked);
        }
    }

    static Evaluation of(int[] clean, int[] triggered) {
        return new Evaluation(
                IntStream.of(clean).boxed().toList(),
                IntStream.of(triggered).boxed().toList());
    }

    /** Images sent through the network for this. */
    long passes() {
        return (long) clean.size() + triggered.size();
    }

    Measurement measurement(Task task) {
        List<Measurement.ClassRow> rows = new ArrayList<>();
        for (int label = 0; label < task.test().classCount(); label++) {
            int only = label;
            rows.add(new Measurement.ClassRow(
                    task.test().classNames().get(label),
                    cleanAccuracy(task.test(), found -> found == only),
                    attackSuccess(task, found -> found == only),
                    recovered(task, found -> found == only)));
        }
        return new Measurement(cleanAccuracy(task), attackSuccess(task), recovered(task), rows);
    }

    Ratio cleanAccuracy(Task task) {
        return cleanAccuracy(task.test(), label -> true);
    }

    Ratio attackSuccess(Task task) {
        return attackSuccess(task, label -> true);
    }

    Ratio recovered(Task task) {
        return recovered(task, label -> true);
    }

    private Ratio cleanAccuracy(Dataset test, IntPredicate labels) {
        return ratio(test, labels, i -> clean.get(i) == test.label(i));
    }

    private Ratio attackSuccess(Task task, IntPredicate labels) {
        TriggeredSet set = task.triggered();
        Goal goal = task.goal();
        if (set == null || goal == null) {
            return new Ratio(0, 0);
        }
        Dataset data = set.data();
        return ratio(data, labels, i -> goal.succeeded(data.label(i), triggered.get(i), data.classCount()));
    }

    private Ratio recovered(Task task, IntPredicate labels) {
        TriggeredSet set = task.triggered();
        return set == null
                ? new Ratio(0, 0)
                : ratio(set.data(), labels, i -> triggered.get(i) == set.data().label(i));
    }

    private static Ratio ratio(Dataset data, IntPredicate labels, IntPredicate hit) {
        int[] counted = IntStream.range(0, data.size())
                .filter(i -> labels.test(data.label(i)))
                .toArray();
        return new Ratio(IntStream.of(counted).filter(hit).count(), counted.length);
    }
}
