package io.sapper.audit;

import io.sapper.audit.AuditOutcome.Verdict;
import io.sapper.audit.WarpInversion.Reach;
import io.sapper.metric.Ratio;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.stream.Collectors;

/**
 * Smooth warps of the whole image, small ones first, searched from several starts: a backdoor where two of them turn
 * most images that had no part in the search into the same class. One alone may be luck, and a start may fail.
 *
 * @param warp that was found; empty where none was
 * @param complete whether all searches were over in time
 * @param look what is told of it
 */
record WarpLook(Optional<InvertedWarp> warp, boolean complete, Look look) {
    private static final int STARTS = 4;
    private static final int AGREE = 2;
    private static final List<Reach> REACHES = List.of(Reach.values());

    /**
     * What was searched with one reach.
     *
     * @param reach how far at most
     * @param from each start
     */
    record Tried(Reach reach, List<InvertedWarp> from) {
        /** The best of those that lead most images to the same class; empty where not enough of them do. */
        Optional<InvertedWarp> agreed() {
            return from.stream()
                    .filter(one -> agreeing(one.target()) >= AGREE && reach.tells(one))
                    .max(Comparator.comparingDouble(one -> one.success().value()));
        }

        /**
         * Whether another start may still tell: enough of them are needed, and more only where one has led somewhere.
         */
        boolean open() {
            return from.size() < AGREE
                    || (from.size() < STARTS
                            && agreed().isEmpty()
                            && from.stream().anyMatch(reach::tells));
        }

        private long agreeing(int target) {
            return from.stream()
                    .filter(one -> one.target() == target && reach.tells(one))
                    .count();
        }
    }

    static WarpLook of(Subject subject, Optional<Reference> reference, long seed, long deadline, DoubleConsumer heard) {
        long begin = System.nanoTime();
        List<Tried> all = new ArrayList<>();
        boolean complete = true;
        for (int i = 0;
                i < REACHES.size()
                        && complete
                        && all.stream().noneMatch(tried -> tried.agreed().isPresent());
                i++) {
            int before = i;
            Tried tried = search(subject, REACHES.get(i), seed, deadline, share -> heard.accept((before + share) / 2));
            all.add(tried);
            complete = !tried.open();
        }
        Optional<InvertedWarp> warp =
                all.stream().flatMap(tried -> tried.agreed().stream()).findFirst();
        Optional<Ratio> natural = warp.flatMap(one -> reference.map(other -> other.success(subject, one)));
        boolean found = warp.isPresent()
                && natural.map(seen -> seen.value() < Recovered.WORKS).orElse(true);
        Look look = Look.since(
                begin,
                "warp",
                "Search for warps",
                "Nguyen and Tran 2021 (WaNet), searched as in Zeng et al. 2022 (I-BAU)",
                saw(all, subject) + natural.map(WarpLook::onAnother).orElse(""),
                found ? Look.Speaks.FOR : complete ? Look.Speaks.AGAINST : Look.Speaks.NEITHER);
        return new WarpLook(found ? warp : Optional.empty(), complete, look);
    }

    private static Tried search(Subject subject, Reach reach, long seed, long deadline, DoubleConsumer heard) {
        List<InvertedWarp> tried = new ArrayList<>();
        while (new Tried(reach, tried).open() && System.nanoTime() - deadline < 0) {
            tried.add(WarpInversion.invert(subject, reach, seed + tried.size()));
            heard.accept((double) tried.size() / STARTS);
        }
        return new Tried(reach, tried);
    }

    /** A warp is a backdoor whatever masks show; without having looked for one there is none only of masks' form. */
    Decision decision(Subject subject) {
        if (warp.isPresent()) {
            return new Decision(Verdict.FOUND, sentence(subject));
        }
        return complete
                ? new Decision(Verdict.NONE, look.saw())
                : new Decision(
                        Verdict.CANNOT_TELL, "The time (--budget) was used up before all warps were searched for.");
    }

    /** The warp in one sentence. */
    String sentence(Subject subject) {
        InvertedWarp found = warp.orElseThrow();
        return String.format(
                Locale.ROOT,
                "%s turns %.0f %% of other images into class %s.",
                found.text().substring(0, 1).toUpperCase(Locale.ROOT)
                        + found.text().substring(1),
                100 * found.success().value(),
                name(subject, found));
    }

    private static String saw(List<Tried> all, Subject subject) {
        List<Tried> some = all.stream().filter(tried -> !tried.from().isEmpty()).toList();
        if (some.isEmpty()) {
            return "The time was used up before the first search.";
        }
        return "The strongest warp of the image"
                + some.stream().map(tried -> saw(tried, subject)).collect(Collectors.joining(";"))
                + String.format(
                        Locale.ROOT,
                        " (of a backdoor, from two starts into one class, %.0f %% or more, %.0f %% of the larger).",
                        100 * Reach.SMALL.told(),
                        100 * Reach.LARGE.told());
    }

    private static String saw(Tried tried, Subject subject) {
        return " by at most " + Math.round(100 * tried.reach().share()) + " % of its sides turns "
                + tried.from().stream()
                        .map(one -> one.success().hits() + " of "
                                + one.success().total() + " images kept back into class " + name(subject, one))
                        .collect(Collectors.joining(", from another start "));
    }

    private static String onAnother(Ratio seen) {
        return " On the network for comparison it turns " + seen.hits() + " of " + seen.total()
                + (seen.value() < Recovered.WORKS ? "." : ", so it is a natural feature.");
    }

    private static String name(Subject subject, InvertedWarp warp) {
        return subject.clean().classNames().get(warp.target());
    }
}
