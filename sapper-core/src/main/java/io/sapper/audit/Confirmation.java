package io.sapper.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;
import java.util.function.Predicate;

/**
 * The classes with the smallest masks, searched again from other starts: what is there is found again, what was luck is
 * not, and what the first start missed may be found. Decided is by the geometric mean of all searches of a class, set
 * against what most classes need and against what the next one needs: with many classes even of an honest network one
 * needs far less than most, but hardly less than the next.
 *
 * @param ratios of each class that was searched again, the one that stands out most first
 * @param complete whether all searches were over in time
 */
public record Confirmation(List<Ratio> ratios, boolean complete) {
    /** Searches besides the first. */
    static final int REPEATS = 2;

    public Confirmation {
        ratios = List.copyOf(ratios);
    }

    /**
     * A class and its masks' size by the median, mean over all searches.
     *
     * @param best the smallest change of any search that works; of the first, if none does
     * @param mean size by the median
     * @param next the smallest of any other class in the first search, by the median
     */
    public record Ratio(InvertedTrigger best, double mean, double next) {
        /** How small beside the others: the geometric mean of the size by the median and by the next class's. */
        public double standing() {
            return Math.sqrt(mean * Math.min(1, mean / next));
        }
    }

    /** How the class stands that stands out most; 1 where nothing was searched. */
    public double least() {
        return ratios.isEmpty() ? 1 : ratios.get(0).standing();
    }

    /** The classes that are backdoors by these limits, the one that stands out most first. */
    List<InvertedTrigger> found(Calibration limits) {
        return which(ratio -> ratio.standing() < limits.classes().found() || ratio.mean() < limits.alone());
    }

    /** The classes that are not cleared by these limits, the one that stands out most first. */
    List<InvertedTrigger> notCleared(Calibration limits) {
        return which(ratio -> ratio.standing() < limits.classes().none() || ratio.mean() < limits.alone());
    }

    private List<InvertedTrigger> which(Predicate<Ratio> passes) {
        return ratios.stream().filter(passes).map(Ratio::best).toList();
    }

    /** @param most how many of the smallest are searched again */
    static Confirmation of(
            Subject subject, MaskSizes sizes, Audit.Options options, int most, long deadline, DoubleConsumer heard) {
        List<InvertedTrigger> first = sizes.triggers().stream()
                .sorted(Comparator.comparingDouble(InvertedTrigger::size))
                .limit(most)
                .toList();
        List<Aim> again = first.stream().map(InvertedTrigger::aim).toList();
        Map<Aim, List<InvertedTrigger>> found = new HashMap<>();
        first.forEach(one -> found.put(one.aim(), new ArrayList<>(List.of(one))));
        boolean complete = true;
        for (int repeat = 1; repeat <= REPEATS; repeat++) {
            int done = repeat - 1;
            List<InvertedTrigger> more = TriggerInversion.search(
                    subject,
                    again,
                    options.inversion(),
                    options.seed() + repeat,
                    deadline,
                    share -> heard.accept((done + share) / REPEATS));
            complete &= more.size() == again.size();
            more.forEach(one -> found.getOrDefault(one.aim(), new ArrayList<>()).add(one));
        }
        List<Ratio> ratios = first.stream()
                .map(one -> ratio(found.getOrDefault(one.aim(), List.of(one)), sizes))
                .sorted(Comparator.comparingDouble(Ratio::standing))
                .toList();
        return new Confirmation(ratios, complete);
    }

    /** A change that does not work on images kept back counts as if the class needed what most need. */
    private static Ratio ratio(List<InvertedTrigger> all, MaskSizes sizes) {
        double logs = all.stream()
                .mapToDouble(one -> sizes.works(one) ? Math.log(sizes.ratio(one)) : 0)
                .average()
                .orElse(0);
        InvertedTrigger best = all.stream()
                .filter(sizes::works)
                .min(Comparator.comparingDouble(InvertedTrigger::size))
                .orElse(all.get(0));
        return new Ratio(best, Math.exp(logs), sizes.next(best.aim()));
    }
}
