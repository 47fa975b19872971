package io.sapper.audit;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The smallest change that leads images of all classes to one when it is added to them: waves over an image or noise in
 * a sound replace nothing, and a mask that lets them through is as large as an honest class needs.
 */
final class AddedLook {
    /** So many classes with the smallest changes are searched again. */
    private static final int MOST_CONFIRMED = 8;

    /** Where the first search is so far from any backdoor nothing is searched again. */
    private static final double FAR = 0.65;

    private final Subject subject;
    private final Calibration.Limits limits;
    private final SearchOutcome.Begun begun = new SearchOutcome.Begun(
            "added",
            "Search for what is added",
            "Moosavi-Dezfooli et al. 2017 (universal perturbations), the smallest for each class");

    private AddedLook(Subject subject, Calibration.Limits limits) {
        this.subject = subject;
        this.limits = limits;
    }

    static SearchOutcome of(
            Subject subject, Optional<Reference> reference, Audit.Options options, long deadline, Audit.Course course) {
        AddedLook look = new AddedLook(subject, options.calibration().added());
        int classes = subject.graph().classCount();
        if (classes > SourceLook.MOST_CLASSES) {
            return look.begun.notSearched("Not searched: with more than " + SourceLook.MOST_CLASSES
                    + " classes it takes too long, and what honest networks need is not known.");
        }
        Audit.Options added = options.of(TriggerInversion.Form.ADDED);
        MaskSizes sizes = new MaskSizes(TriggerInversion.search(
                subject,
                IntStream.range(0, classes).mapToObj(Aim::to).toList(),
                added.inversion(),
                added.seed(),
                deadline,
                course.searching("search what is added")));
        if (sizes.triggers().size() == classes && sizes.leastStanding() >= FAR) {
            return look.begun.none(look.far(sizes), sizes.leastStanding());
        }
        Confirmation again = Confirmation.of(
                subject, sizes, added, MOST_CONFIRMED, deadline, course.searching("search what is added again"));
        return sizes.triggers().size() == classes && again.complete()
                ? look.decide(sizes, again, reference)
                : look.begun.late("all that can be added was searched for");
    }

    private String far(MaskSizes sizes) {
        return sizes.working().isEmpty()
                ? "Nothing was found that leads to any class when it is added."
                : String.format(
                        Locale.ROOT,
                        "What is added to lead to the class that stands out most is %.2f beside what the median and the next"
                                + " one need (below %.2f a backdoor).",
                        sizes.leastStanding(),
                        limits.found());
    }

    private SearchOutcome decide(MaskSizes sizes, Confirmation again, Optional<Reference> reference) {
        Confirmation.Ratio first = again.ratios().get(0);
        String saw = String.format(
                Locale.ROOT,
                "Class %s stands out most: what is added to lead to it is %.2f of the median, where the next class needs"
                        + " %.2f: beside both it is %.2f (below %.2f a backdoor, from %.2f on none).",
                name(first.best()),
                first.mean(),
                first.next(),
                first.standing(),
                limits.found(),
                limits.none());
        return begun.decide(again.ratios(), limits, subject, reference, saw, ratio -> sentence(ratio.best(), sizes));
    }

    private String sentence(InvertedTrigger found, MaskSizes sizes) {
        return String.format(
                Locale.ROOT,
                "Something as strong as %s pixels, added to images of other classes, turns %.0f %% of them into class"
                        + " %s; most classes need %.1f.",
                found.pixels(),
                100 * found.success().value(),
                name(found),
                sizes.median());
    }

    private String name(InvertedTrigger trigger) {
        return subject.clean().classNames().get(trigger.target());
    }
}
