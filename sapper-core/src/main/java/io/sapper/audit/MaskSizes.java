package io.sapper.audit;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * How much smaller the smallest change is than what most others need.
 *
 * @param triggers one for each class that was searched: that they lead to, or out of
 */
public record MaskSizes(List<InvertedTrigger> triggers) {
    /** Fewer successes on images that had no part in the search: nothing was found that could be a trigger. */
    public static final double WORKS = 0.75;

    public MaskSizes {
        triggers = List.copyOf(triggers);
    }

    /** The median size over classes, in pixels. */
    public double median() {
        double[] sizes =
                triggers.stream().mapToDouble(InvertedTrigger::size).sorted().toArray();
        int half = sizes.length / 2;
        if (sizes.length == 0) {
            return Double.NaN;
        }
        return sizes.length % 2 == 1 ? sizes[half] : (sizes[half - 1] + sizes[half]) / 2;
    }

    /** A class's size by the median. */
    public double ratio(InvertedTrigger trigger) {
        return trigger.size() / median();
    }

    /** The smallest size for any other aim, by the median; 1 where there is none. */
    double next(Aim aim) {
        return triggers.stream()
                .filter(trigger -> !trigger.aim().equals(aim))
                .mapToDouble(this::ratio)
                .min()
                .orElse(1);
    }

    /** Whether a change turns most images that had no part in its search. */
    boolean works(InvertedTrigger trigger) {
        return trigger.success().value() >= WORKS;
    }

    /** The changes that work, smallest first. */
    public List<InvertedTrigger> working() {
        return triggers.stream()
                .filter(this::works)
                .sorted(Comparator.comparingDouble(InvertedTrigger::size))
                .toList();
    }

    /** The smallest ratio of a change that works; 1 where none does. */
    public double smallest() {
        return working().stream().mapToDouble(this::ratio).min().orElse(1);
    }

    /**
     * How small a change is beside these, as {@link Confirmation.Ratio#standing}; 1 where there are none to compare
     * with.
     *
     * @param trigger one of these, or another
     */
    public double standing(InvertedTrigger trigger) {
        return triggers.isEmpty() ? 1 : new Confirmation.Ratio(trigger, ratio(trigger), next(trigger.aim())).standing();
    }

    /** How the one that stands out most of those that work does; 1 at most. */
    double leastStanding() {
        return working().stream().mapToDouble(this::standing).reduce(1, Math::min);
    }

    /**
     * Neural Cleanse's own index: how many median absolute deviations (times 1.4826) the smallest size lies below the
     * median.
     */
    public double anomaly() {
        double median = median();
        double[] away = triggers.stream()
                .mapToDouble(trigger -> Math.abs(trigger.size() - median))
                .sorted()
                .toArray();
        double least = Arrays.stream(
                        triggers.stream().mapToDouble(InvertedTrigger::size).toArray())
                .min()
                .orElse(Double.NaN);
        return away.length == 0 ? Double.NaN : (median - least) / (1.4826 * away[away.length / 2]);
    }
}
