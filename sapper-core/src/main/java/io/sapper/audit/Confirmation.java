package io.sapper.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;

/**
 * The classes with the smallest masks, searched again from other starts: what is there is found again, what was luck is
 * not, and what the first start missed may be found. Decided is by the geometric mean of all searches of a class.
 *
 * @param ratios of each class that was searched again, the mean over all searches, smallest first
 * @param complete whether all searches were over in time
 */
public record Confirmation(List<Ratio> ratios, boolean complete) {
    /** Searches besides the first. */
    static final int REPEATS = 2;

    private static final int MOST_CLASSES = 8;

    public Confirmation {
        ratios = List.copyOf(ratios);
    }

    /**
     * A class and its masks' size by the median, mean over all searches.
     *
     * @param best the smallest change of any search that works; of the first, if none does
     * @param mean ratio
     */
    public record Ratio(InvertedTrigger best, double mean) {}

    /** The smallest mean; 1 where nothing was searched. */
    public double least() {
        return ratios.isEmpty() ? 1 : ratios.get(0).mean();
    }

    /** The classes below a limit, smallest first. */
    List<InvertedTrigger> below(double limit) {
        return ratios.stream()
                .filter(ratio -> ratio.mean() < limit)
                .map(Ratio::best)
                .toList();
    }

    static Confirmation of(
            Subject subject, MaskSizes sizes, Audit.Options options, long deadline, DoubleConsumer heard) {
        List<InvertedTrigger> first = sizes.triggers().stream()
                .sorted(Comparator.comparingDouble(InvertedTrigger::size))
                .limit(MOST_CLASSES)
                .toList();
        int[] again = first.stream().mapToInt(InvertedTrigger::target).toArray();
        Map<Integer, List<InvertedTrigger>> found = new HashMap<>();
        first.forEach(one -> found.put(one.target(), new ArrayList<>(List.of(one))));
        boolean complete = true;
        for (int repeat = 1; repeat <= REPEATS; repeat++) {
            int done = repeat - 1;
            List<InvertedTrigger> more = TriggerInversion.invert(
                    subject,
                    again,
                    options.inversion(),
                    options.seed() + repeat,
                    deadline,
                    share -> heard.accept((done + share) / REPEATS));
            complete &= more.size() == again.length;
            more.forEach(
                    one -> found.getOrDefault(one.target(), new ArrayList<>()).add(one));
        }
        List<Ratio> ratios = first.stream()
                .map(one -> ratio(found.getOrDefault(one.target(), List.of(one)), sizes))
                .sorted(Comparator.comparingDouble(Ratio::mean))
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
        return new Ratio(best, Math.exp(logs));
    }
}
