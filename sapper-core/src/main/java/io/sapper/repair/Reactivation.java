package io.sapper.repair;

import io.sapper.audit.PassCounter;
import io.sapper.audit.Recovered;
import io.sapper.data.Dataset;
import io.sapper.data.Seeds;
import io.sapper.metric.Ratio;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Inference;
import io.sapper.network.Network;
import io.sapper.network.Statistics;
import io.sapper.network.Tunable;
import io.sapper.training.Optimizer;
import io.sapper.training.Progress;
import io.sapper.training.Schedule;
import io.sapper.training.Trainer;
import io.sapper.training.TrainingOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How soon a cleared backdoor comes back: a few steps on poisoned pictures wake what a repair only put to sleep, where
 * a network that never had a backdoor has to learn it. The re-activation of Min et al. 2023 (Towards stable backdoor
 * purification through feature shift tuning) and Qi et al. 2023, which name the danger. Sees a network, clean images
 * and a recovered trigger; an attacker's own would wake it sooner.
 *
 * <p>Each step shows the poisoned pictures, that is clean images of other classes with the recovered trigger, labelled
 * as its class, and as many clean ones with their own labels, so that what comes back is the backdoor and not one
 * answer to everything. Gradient descent at 0.01, shortened to length 1, without momentum: each step counts for itself.
 * The papers tune whole epochs on half a per cent of the training data; here steps are counted, on 8 and on 64
 * pictures.
 */
public final class Reactivation {
    /** Poisoned pictures, and as many clean ones. */
    private static final List<Integer> PICTURES = List.of(8, 64);

    /** After these steps it is looked. */
    private static final List<Integer> STEPS = List.of(0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64);

    /** From this success on it counts as back. */
    public static final double BACK = 0.5;

    private static final int MOST_TRIED = 100;
    private static final Optimizer DESCENT = new Optimizer.ClippedSgd(new Optimizer.Sgd(0.01, 0, 0), 1);

    private Reactivation() {}

    /**
     * One run.
     *
     * @param pictures poisoned ones
     * @param steps after which the trigger worked on at least half of the images kept back; -1 where it did not within
     *     the most that were tried
     * @param success after the last step
     */
    public record Probe(int pictures, int steps, Ratio success) {}

    /** The most steps that are tried. */
    public static int mostSteps() {
        return STEPS.get(STEPS.size() - 1);
    }

    /**
     * Tries it.
     *
     * @param graph stays as it is
     * @param target what pictures with the trigger are labelled: its class, or another one to compare with
     * @param clean pictures come from it
     * @param kept other clean images, which tell whether the trigger works
     * @param passes counts images that go through networks
     * @return one for each number of pictures that there are enough images for
     */
    public static List<Probe> probe(
            Graph graph,
            Recovered trigger,
            int target,
            Dataset clean,
            Dataset kept,
            long seed,
            Compute compute,
            PassCounter passes) {
        int[] others = Arrays.stream(Seeds.permutation(clean.size(), Seeds.generator(seed, "re-activation")))
                .filter(i -> clean.label(i) != target)
                .toArray();
        int[] tried = IntStream.range(0, kept.size())
                .filter(i -> kept.label(i) != target)
                .limit(MOST_TRIED)
                .toArray();
        Dataset triggered = trigger.on(kept, tried);
        List<Probe> probes = new ArrayList<>();
        for (int count : PICTURES) {
            if (2 * count <= others.length && tried.length > 0) {
                Dataset shown = poisoned(clean, trigger, target, others, count);
                probes.add(probe(graph, shown, count, triggered, target, seed, compute, passes));
            }
        }
        return probes;
    }

    /** So many images with the trigger and its label, then as many others as they are. */
    private static Dataset poisoned(Dataset clean, Recovered trigger, int target, int[] others, int count) {
        Dataset changed = trigger.on(clean, Arrays.copyOf(others, count));
        int[] labels = new int[count];
        Arrays.fill(labels, target);
        Dataset labelled = new Dataset("poisoned", changed.samples(), labels, clean.classNames());
        return labelled.append(
                "poisoned and clean", clean.subset("clean", Arrays.copyOfRange(others, count, 2 * count)));
    }

    private static Probe probe(
            Graph graph,
            Dataset shown,
            int pictures,
            Dataset triggered,
            int target,
            long seed,
            Compute compute,
            PassCounter passes) {
        TrainingOptions step = new TrainingOptions(1, 2 * pictures, DESCENT, Schedule.CONSTANT, 1);
        Tunable tunable = Tunable.of(graph, Statistics.FROZEN);
        Ratio success = new Ratio(0, 0);
        try (Network network = Network.of(tunable, compute)) {
            int done = 0;
            for (int steps : STEPS) {
                for (; done < steps; done++) {
                    passes.training(Trainer.train(network, shown, step, seed, Progress.NONE)
                            .images());
                }
                passes.forward(triggered.size());
                int[] answers = Inference.answers(network, triggered);
                long hits = Arrays.stream(answers)
                        .filter(answer -> answer == target)
                        .count();
                success = new Ratio(hits, answers.length);
                if (success.value() >= BACK) {
                    return new Probe(pictures, steps, success);
                }
            }
        }
        return new Probe(pictures, -1, success);
    }
}
