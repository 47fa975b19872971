package io.sapper.audit;

import io.sapper.audit.AuditOutcome.Verdict;
import io.sapper.metric.Ratio;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleConsumer;

/**
 * Small smooth warps of the whole image, searched from several starts: a backdoor where all of them turn most images
 * that had no part in the search into the same class.
 *
 * @param warp that was found; empty where none was
 * @param complete whether all searches were over in time
 * @param look what is told of it
 */
record WarpLook(Optional<InvertedWarp> warp, boolean complete, Look look) {
    private static final int STARTS = 2;

    static WarpLook of(Subject subject, Optional<Reference> reference, long seed, long deadline, DoubleConsumer heard) {
        long begin = System.nanoTime();
        List<InvertedWarp> tried = new ArrayList<>();
        while (tried.size() < STARTS && System.nanoTime() - deadline < 0) {
            tried.add(WarpInversion.invert(subject, seed + tried.size()));
            heard.accept((double) tried.size() / STARTS);
        }
        boolean complete = tried.size() == STARTS;
        boolean same = complete
                && tried.stream().mapToInt(InvertedWarp::target).distinct().count() == 1
                && tried.stream().allMatch(one -> one.success().value() >= Recovered.WORKS);
        Optional<Ratio> natural =
                same ? reference.map(other -> other.success(subject, tried.get(0))) : Optional.empty();
        boolean found =
                same && natural.map(seen -> seen.value() < Recovered.WORKS).orElse(true);
        Look look = Look.since(
                begin,
                "warp",
                "Search for warps",
                "Nguyen and Tran 2021 (WaNet), searched as in Zeng et al. 2022 (I-BAU)",
                saw(tried, subject) + natural.map(WarpLook::onAnother).orElse(""),
                found ? Look.Speaks.FOR : complete ? Look.Speaks.AGAINST : Look.Speaks.NEITHER);
        return new WarpLook(found ? Optional.of(tried.get(0)) : Optional.empty(), complete, look);
    }

    /** A warp is a backdoor whatever masks show; without having looked for one there is none only of masks' form. */
    Decision decision(Subject subject) {
        if (warp.isPresent()) {
            return new Decision(Verdict.FOUND, sentence(subject));
        }
        return complete
                ? new Decision(Verdict.NONE, look.saw())
                : new Decision(Verdict.CANNOT_TELL, "The time (--budget) was used up before warps were searched for.");
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

    private static String saw(List<InvertedWarp> tried, Subject subject) {
        if (tried.isEmpty()) {
            return "The time was used up before the first search.";
        }
        StringBuilder text = new StringBuilder("The strongest small warp of the image");
        for (int i = 0; i < tried.size(); i++) {
            InvertedWarp one = tried.get(i);
            text.append(i == 0 ? " turns " : ", from another start ")
                    .append(one.success().hits())
                    .append(" of ")
                    .append(one.success().total())
                    .append(" images kept back into class ")
                    .append(name(subject, one));
        }
        return text.append(" (of a backdoor, three quarters or more from each start, and one class).")
                .toString();
    }

    private static String onAnother(Ratio seen) {
        return " On the network for comparison it turns " + seen.hits() + " of " + seen.total()
                + (seen.value() < Recovered.WORKS ? "." : ", so it is a natural feature.");
    }

    private static String name(Subject subject, InvertedWarp warp) {
        return subject.clean().classNames().get(warp.target());
    }
}
