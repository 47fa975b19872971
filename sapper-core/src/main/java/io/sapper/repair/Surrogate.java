package io.sapper.repair;

import io.sapper.audit.Aim;
import io.sapper.audit.InvertedTrigger;
import io.sapper.audit.MaskSizes;
import io.sapper.audit.PassCounter;
import io.sapper.audit.Recovered;
import io.sapper.audit.Subject;
import io.sapper.audit.TriggerInversion;
import io.sapper.data.Dataset;
import io.sapper.metric.Ratio;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;

/**
 * What stands for the attack where nobody knows its trigger: how often recovered triggers work, and whether one is
 * found again for their classes that is far smaller than other classes need.
 */
final class Surrogate {
    /** Classes that are searched with those that had triggers: as many as one group of the search takes. */
    private static final int SEARCHED = 10;

    private Surrogate() {}

    /**
     * How often triggers work on the clean images that they are for; 0 of 0 without triggers. Of one that leads to no
     * one class only images count that the network is right about without it.
     */
    static Ratio success(
            Graph graph, Dataset clean, List<? extends Recovered> triggers, Compute compute, PassCounter passes) {
        Ratio all = new Ratio(0, 0);
        for (Recovered trigger : triggers) {
            Aim aim = trigger.aim();
            int[] without = aim.target() != Aim.ANY ? clean.labels() : passes.answers(graph, clean, compute);
            int[] images = IntStream.range(0, clean.size())
                    .filter(i -> aim.counts(clean.label(i), without[i]))
                    .toArray();
            int[] answers = passes.answers(graph, trigger.on(clean, images), compute);
            long hits = IntStream.range(0, images.length)
                    .filter(i -> aim.reached(clean.label(images[i]), answers[i]))
                    .count();
            all = all.plus(new Ratio(hits, images.length));
        }
        return all;
    }

    /**
     * The classes to search again: those of the triggers, and others whose masks were of all sizes, to compare with.
     *
     * @param sizes of the masks before the repair
     */
    static int[] classes(List<InvertedTrigger> triggers, MaskSizes sizes) {
        List<Integer> targets =
                triggers.stream().map(InvertedTrigger::target).distinct().toList();
        List<Integer> others = sizes.triggers().stream()
                .sorted(Comparator.comparingDouble(InvertedTrigger::size))
                .map(InvertedTrigger::target)
                .filter(target -> !targets.contains(target))
                .toList();
        int wanted = Math.min(others.size(), Math.max(3, SEARCHED - targets.size()));
        List<Integer> all = new ArrayList<>(targets);
        for (int i = 0; i < wanted; i++) {
            all.add(others.get((2 * i + 1) * others.size() / (2 * wanted)));
        }
        return all.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * What was found of classes, beside others.
     *
     * @param triggers of these classes, those that work, smallest first
     * @param others of classes to compare with
     */
    record Beside(List<InvertedTrigger> triggers, MaskSizes others) {
        Beside {
            triggers = List.copyOf(triggers);
        }

        /** How the one stands that stands out most; 1 where none works or there is nothing to compare with. */
        double least() {
            return triggers.stream().mapToDouble(others::standing).reduce(1, Math::min);
        }

        /** Those that stand out so far. */
        List<InvertedTrigger> below(double standing) {
            return triggers.stream()
                    .filter(one -> others.standing(one) < standing)
                    .toList();
        }
    }

    /**
     * Searches the classes of triggers, and others to compare with.
     *
     * @param classes theirs and others
     * @param options the form that is searched for, among others
     */
    static Beside search(
            Subject subject,
            List<InvertedTrigger> triggers,
            int[] classes,
            TriggerInversion.Options options,
            long seed,
            long deadline,
            DoubleConsumer heard) {
        List<InvertedTrigger> found = TriggerInversion.invert(subject, classes, options, seed, deadline, heard);
        List<Integer> targets = triggers.stream().map(InvertedTrigger::target).toList();
        MaskSizes others = new MaskSizes(
                found.stream().filter(one -> !targets.contains(one.target())).toList());
        return new Beside(
                found.stream()
                        .filter(one ->
                                targets.contains(one.target()) && one.success().value() >= MaskSizes.WORKS)
                        .sorted(Comparator.comparingDouble(InvertedTrigger::size))
                        .toList(),
                others);
    }
}
