package io.sapper.repair;

import io.sapper.audit.Aim;
import io.sapper.audit.InvertedTrigger;
import io.sapper.audit.MaskSizes;
import io.sapper.audit.Recovered;
import io.sapper.audit.Subject;
import io.sapper.audit.TriggerInversion;
import io.sapper.data.Dataset;
import io.sapper.defense.Accuracy;
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
    static Ratio success(Graph graph, Dataset clean, List<? extends Recovered> triggers, Compute compute) {
        Ratio all = new Ratio(0, 0);
        for (Recovered trigger : triggers) {
            Aim aim = trigger.aim();
            int[] without = aim.target() != Aim.ANY ? clean.labels() : Accuracy.answers(graph, clean, compute);
            int[] images = IntStream.range(0, clean.size())
                    .filter(i -> aim.counts(clean.label(i), without[i]))
                    .toArray();
            int[] answers = Accuracy.answers(graph, trigger.on(clean, images), compute);
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
     * What was found again.
     *
     * @param triggers of the classes that had one: the smallest masks of each
     * @param smallest the smallest ratio of a class that had a trigger to the median of the others; 1 where nothing
     *     that works was found
     */
    record Smallest(List<InvertedTrigger> triggers, double smallest) {
        Smallest {
            triggers = List.copyOf(triggers);
        }
    }

    /** Searches those classes on a repaired network. */
    static Smallest again(
            Subject repaired,
            List<InvertedTrigger> triggers,
            int[] classes,
            TriggerInversion.Options options,
            long seed,
            long deadline,
            DoubleConsumer heard) {
        List<InvertedTrigger> found = TriggerInversion.invert(repaired, classes, options, seed, deadline, heard);
        List<Integer> targets = triggers.stream().map(InvertedTrigger::target).toList();
        MaskSizes others = new MaskSizes(
                found.stream().filter(one -> !targets.contains(one.target())).toList());
        List<InvertedTrigger> own = found.stream()
                .filter(one -> targets.contains(one.target()) && one.success().value() >= MaskSizes.WORKS)
                .sorted(Comparator.comparingDouble(InvertedTrigger::size))
                .toList();
        double smallest = own.isEmpty() || others.triggers().isEmpty() ? 1 : others.ratio(own.get(0));
        return new Smallest(own, smallest);
    }
}
