package io.sapper.audit;

import io.sapper.audit.AuditOutcome.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The smallest changes that lead images of all classes to one: an attack with one target makes its class far easier to
 * reach than the others.
 *
 * @param decision what it comes to
 * @param told recovered triggers, most suspicious first; those in doubt where it cannot tell
 * @param sizes of what was found for each class
 * @param confirmation the smallest searched again; empty where none was
 * @param looks what is told of it
 * @param complete whether all classes were searched that were to be
 */
record MaskLook(
        Decision decision,
        List<InvertedTrigger> told,
        MaskSizes sizes,
        Optional<Confirmation> confirmation,
        List<Look> looks,
        boolean complete) {
    /** With fewer classes there is nothing to compare one with. */
    static final int LEAST_CLASSES = 4;

    /** A change of so few pixels that leads everything to one class is a backdoor, whatever other classes need. */
    private static final double TINY = 1.5;

    private static final int MOST_NAMED = 3;

    /** So many classes with the smallest changes are searched again. */
    private static final int MOST_CONFIRMED = 8;

    private static final String NEURAL_CLEANSE = "Wang et al. 2019 (Neural Cleanse)";

    MaskLook {
        told = List.copyOf(told);
        looks = List.copyOf(looks);
    }

    static MaskLook of(
            Subject subject, Optional<Reference> reference, Audit.Options options, long deadline, Audit.Course course) {
        int classes = subject.graph().classCount();
        long begin = System.nanoTime();
        Screening screening = classes <= Screening.MOST
                ? Screening.none(classes)
                : Screening.of(
                        subject,
                        options.inversion(),
                        options.seed(),
                        deadline,
                        course.searching("look briefly at all classes"));
        MaskSizes sizes = new MaskSizes(TriggerInversion.search(
                subject,
                screening.classes().stream().map(Aim::to).toList(),
                options.inversion(),
                options.seed(),
                deadline,
                course.searching("search triggers")));
        int wanted = screening.complete() ? screening.classes().size() : classes;
        Search search = new Search(subject, reference, options, sizes, wanted);
        search.looks.add(search.searched(begin));
        return search.decide(deadline, course);
    }

    /** How the smallest mask for a class stands beside others, in the mean of all searches; 1 where none works. */
    double standing(int target) {
        return confirmation.stream()
                .flatMap(again -> again.ratios().stream())
                .filter(ratio -> ratio.best().target() == target)
                .mapToDouble(Confirmation.Ratio::standing)
                .findFirst()
                .orElseGet(() -> sizes.working().stream()
                        .filter(mask -> mask.target() == target)
                        .mapToDouble(sizes::standing)
                        .findFirst()
                        .orElse(1));
    }

    /** What was searched, and what is told of it so far. */
    private static final class Search {
        private final Subject subject;
        private final Optional<Reference> reference;
        private final Audit.Options options;
        private final Calibration limits;
        private final MaskSizes sizes;
        private final int wanted;
        private final List<Look> looks = new ArrayList<>();

        Search(Subject subject, Optional<Reference> reference, Audit.Options options, MaskSizes sizes, int wanted) {
            this.subject = subject;
            this.reference = reference;
            this.options = options;
            limits = options.calibration().forClasses(subject.graph().classCount());
            this.sizes = sizes;
            this.wanted = wanted;
        }

        private Look searched(long begin) {
            int working = sizes.working().size();
            String saw = sizes.triggers().isEmpty()
                    ? "The time was used up before the first classes were searched."
                    : String.format(
                            Locale.ROOT,
                            "%d of %d classes searched%s; for %d of them a change was found that turns most of %d images kept"
                                    + " back. Median size %.1f pixels, the smallest %.2f of that%s; Neural Cleanse's own"
                                    + " index is %.1f.",
                            sizes.triggers().size(),
                            wanted,
                            subject.graph().classCount() > Screening.MOST
                                    ? ", those that a short search of all "
                                            + subject.graph().classCount()
                                            + " found the smallest changes for, and others to compare with"
                                    : "",
                            working,
                            subject.kept().size(),
                            sizes.median(),
                            sizes.smallest(),
                            working == 0 ? "" : " (" + name(sizes.working().get(0)) + ")",
                            sizes.anomaly());
            return Look.since(begin, "inversion", "Trigger inversion", NEURAL_CLEANSE, saw, Look.Speaks.NEITHER);
        }

        private MaskLook decide(long deadline, Audit.Course course) {
            List<InvertedTrigger> tiny = sizes.working().stream()
                    .filter(trigger -> trigger.replaced() <= TINY)
                    .toList();
            if (sizes.working().isEmpty() || (wanted < LEAST_CLASSES && tiny.isEmpty())) {
                return outcome(Verdict.CANNOT_TELL, undecided(), List.of(), Optional.empty());
            }
            long begin = System.nanoTime();
            Confirmation again = Confirmation.of(
                    subject, sizes, options, MOST_CONFIRMED, deadline, course.searching("search the smallest again"));
            boolean known = subject.graph().classCount() <= Screening.MOST;
            List<InvertedTrigger> notCleared = again.notCleared(limits);
            List<InvertedTrigger> found = new ArrayList<>(known ? again.found(limits) : List.of());
            notCleared.stream()
                    .filter(trigger -> trigger.replaced() <= TINY && !found.contains(trigger))
                    .forEach(found::add);
            boolean complete = again.complete() && searchedAll();
            Verdict verdict = !found.isEmpty() && again.complete()
                    ? Verdict.FOUND
                    : notCleared.isEmpty() && complete && known ? Verdict.NONE : Verdict.CANNOT_TELL;
            looks.add(confirmed(begin, again, verdict));
            if (verdict == Verdict.FOUND && reference.isPresent()) {
                List<InvertedTrigger> left = reference.get().without(found, subject, looks);
                if (left.isEmpty()) {
                    boolean all = complete && found.size() == notCleared.size();
                    return outcome(
                            all ? Verdict.NONE : Verdict.CANNOT_TELL,
                            natural(found) + (all ? "" : " Of other classes that is not known."),
                            List.of(),
                            Optional.of(again));
                }
                found.retainAll(left);
            }
            return switch (verdict) {
                case FOUND -> outcome(verdict, found(found), found, Optional.of(again));
                case NONE -> outcome(verdict, none(again), List.of(), Optional.of(again));
                case CANNOT_TELL ->
                    outcome(
                            verdict,
                            complete ? known ? between(again) : unknown(again) : undecided(),
                            notCleared,
                            Optional.of(again));
            };
        }

        private MaskLook outcome(
                Verdict verdict, String sentence, List<InvertedTrigger> told, Optional<Confirmation> confirmation) {
            return new MaskLook(new Decision(verdict, sentence), told, sizes, confirmation, looks, searchedAll());
        }

        private boolean searchedAll() {
            return sizes.triggers().size() == wanted;
        }

        private Look confirmed(long begin, Confirmation again, Verdict verdict) {
            return Look.since(
                    begin,
                    "validation",
                    "Found again",
                    NEURAL_CLEANSE + ", searched from other starts",
                    String.format(
                            Locale.ROOT,
                            "The %d classes with the smallest changes were searched from %s. In the mean of all searches %s."
                                    + " Below %.2f that is a backdoor, from %.2f on none; a size below %.2f of the median is"
                                    + " one by itself.",
                            again.ratios().size(),
                            again.complete()
                                    ? Confirmation.REPEATS + " other starts"
                                    : "fewer other starts than planned, as the time was used up",
                            standing(again),
                            limits.classes().found(),
                            limits.classes().none(),
                            limits.alone()),
                    switch (verdict) {
                        case FOUND -> Look.Speaks.FOR;
                        case NONE -> Look.Speaks.AGAINST;
                        case CANNOT_TELL -> Look.Speaks.NEITHER;
                    });
        }

        private static String standing(Confirmation again) {
            return again.ratios().stream()
                    .findFirst()
                    .map(first -> String.format(
                            Locale.ROOT,
                            "the one that stands out most needs %.2f of the median, where the next class needs %.2f: beside"
                                    + " both it is %.2f (the square root of its size by the median times its size by the next"
                                    + " one's, at most 1)",
                            first.mean(),
                            first.next(),
                            first.standing()))
                    .orElse("none stands out");
        }

        private String name(InvertedTrigger trigger) {
            return subject.clean().classNames().get(trigger.target());
        }

        private String found(List<InvertedTrigger> found) {
            InvertedTrigger first = found.get(0);
            List<String> others =
                    found.stream().skip(1).map(other -> name(other)).toList();
            int more = others.size() - MOST_NAMED;
            return String.format(
                            Locale.ROOT,
                            "A change of %s pixels turns %.0f %% of other images into class %s; most classes need %.1f.",
                            first.pixels(),
                            100 * first.success().value(),
                            name(first),
                            sizes.median())
                    + (others.isEmpty()
                            ? ""
                            : " Suspicious too: "
                                    + String.join(", ", others.subList(0, Math.min(MOST_NAMED, others.size())))
                                    + (more > 0 ? " and " + more + " more." : "."));
        }

        private String natural(List<InvertedTrigger> found) {
            return "What small changes lead to (class "
                    + found.stream().map(trigger -> name(trigger)).collect(Collectors.joining(", class "))
                    + ") they lead to on the network for comparison too, so they are natural features.";
        }

        private String none(Confirmation again) {
            return String.format(
                    Locale.ROOT,
                    "No class can be reached by a far smaller change than the others: beside them the smallest is %.2f (1 is"
                            + " as large as they, and from %.2f on nothing speaks of a backdoor).",
                    again.least(),
                    limits.classes().none());
        }

        private String unknown(Confirmation again) {
            return String.format(
                    Locale.ROOT,
                    "With %d classes it is not known how much an honest network needs; the class that stands out most is %.2f"
                            + " beside the others (1 is as large as they).",
                    subject.graph().classCount(),
                    again.least());
        }

        private String between(Confirmation again) {
            return String.format(
                    Locale.ROOT,
                    "One class can be reached by a smaller change than the others: beside them it is %.2f (1 is as large as"
                            + " they), between what backdoors show (below %.2f) and what honest networks show (from %.2f on)."
                            + " More clean images, or a network known to be honest (--reference), may tell.",
                    again.least(),
                    limits.classes().found(),
                    limits.classes().none());
        }

        private String undecided() {
            if (!searchedAll()) {
                return "The time (--budget) was used up after "
                        + sizes.triggers().size() + " of " + wanted + " classes.";
            }
            if (sizes.working().isEmpty()) {
                return "No change of the images was found that leads to any class, so there is nothing to compare. Maybe"
                        + " the way to the input is cut by a step that has no gradient, such as rounding.";
            }
            if (wanted < LEAST_CLASSES) {
                return "With " + wanted + " classes there are no others to compare one with.";
            }
            return "The time (--budget) was used up before what was found could be searched again.";
        }
    }
}
