package io.sapper.experiment;

import io.sapper.data.Dataset;
import io.sapper.defense.Comparison;
import io.sapper.metric.Ratio;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Inference;
import io.sapper.network.Network;
import io.sapper.poison.TriggeredSet;
import io.sapper.result.Measurement;
import io.sapper.training.Passes;
import io.sapper.training.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** What a network says of the test set, clean and triggered, and the three rates of it. */
final class Evaluation {
    private final int[] clean;
    private final int[] triggered;

    /**
     * @param clean predicted class of each test image
     * @param triggered predicted class of each triggered image; empty where the trigger is unknown
     */
    Evaluation(int[] clean, int[] triggered) {
        this.clean = clean.clone();
        this.triggered = triggered.clone();
    }

    static Evaluation of(Graph graph, Task task, Compute compute, Progress progress) {
        TriggeredSet triggered = task.triggered();
        Passes passes = new Passes(progress, task.passes());
        try (Network network = Network.of(graph, compute)) {
            return new Evaluation(
                    predictions(network, task.test(), passes),
                    triggered == null ? new int[0] : predictions(network, triggered.data(), passes));
        }
    }

    private static int[] predictions(Network network, Dataset data, Passes passes) {
        Progress pass = passes.next(data.size());
        return Inference.predictions(network, data, done -> pass.step(done, data.size()));
    }

    /** The same test images as another network, which was repaired, answers them. */
    Comparison against(Evaluation repaired, Dataset test) {
        return Comparison.of(clean, repaired.clean, test);
    }

    /** Predicted class of a test image. */
    int clean(int index) {
        return clean[index];
    }

    /** Predicted class of a triggered image, by its position in the triggered set. */
    int triggered(int index) {
        return triggered[index];
    }

    /** Images, clean and triggered, that another network gives the same class. */
    Ratio agreement(Evaluation other) {
        long same = IntStream.range(0, clean.length)
                        .filter(i -> clean[i] == other.clean[i])
                        .count()
                + IntStream.range(0, triggered.length)
                        .filter(i -> triggered[i] == other.triggered[i])
                        .count();
        return new Ratio(same, passes());
    }

    /** Images sent through the network for this. */
    long passes() {
        return (long) clean.length + triggered.length;
    }

    Measurement measurement(Task task) {
        List<Measurement.ClassRow> rows = new ArrayList<>();
        for (int label = 0; label < task.test().classCount(); label++) {
            int only = label;
            IntPredicate labels = found -> found == only;
            rows.add(new Measurement.ClassRow(
                    task.test().classNames().get(label),
                    cleanAccuracy(task, labels),
                    attackSuccess(task, labels),
                    recovered(task, labels)));
        }
        return new Measurement(
                cleanAccuracy(task),
                attackSuccess(task),
                recovered(task),
                successWithoutTrigger(task),
                notFinite(),
                rows);
    }

    Ratio cleanAccuracy(Task task) {
        return cleanAccuracy(task, Evaluation::every);
    }

    Ratio attackSuccess(Task task) {
        return attackSuccess(task, Evaluation::every);
    }

    Ratio recovered(Task task) {
        return recovered(task, Evaluation::every);
    }

    /** What the attacker would be credited with by mere mistakes: the same images, clean. */
    private Ratio successWithoutTrigger(Task task) {
        TriggeredSet set = task.triggered();
        return set == null
                ? new Ratio(0, 0)
                : set.attackSuccessRate(
                        IntStream.of(set.indices()).map(i -> clean[i]).toArray(), Evaluation::every);
    }

    private long notFinite() {
        return IntStream.concat(IntStream.of(clean), IntStream.of(triggered))
                .filter(label -> label == Inference.NOT_FINITE)
                .count();
    }

    private static boolean every(int label) {
        return true;
    }

    private Ratio cleanAccuracy(Task task, IntPredicate labels) {
        Dataset test = task.test();
        int[] counted = IntStream.range(0, test.size())
                .filter(i -> labels.test(test.label(i)))
                .toArray();
        return new Ratio(
                IntStream.of(counted).filter(i -> clean[i] == test.label(i)).count(), counted.length);
    }

    private Ratio attackSuccess(Task task, IntPredicate labels) {
        TriggeredSet set = task.triggered();
        return set == null ? new Ratio(0, 0) : set.attackSuccessRate(triggered, labels);
    }

    private Ratio recovered(Task task, IntPredicate labels) {
        TriggeredSet set = task.triggered();
        return set == null ? new Ratio(0, 0) : set.recoveredAccuracy(triggered, labels);
    }
}
