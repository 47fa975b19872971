package io.sapper.audit;

import io.sapper.audit.AuditOutcome.Verdict;
import io.sapper.metric.Ratio;
import io.sapper.network.Graph;
import io.sapper.network.NotFinite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.stream.Collectors;

/**
 * Looks for a backdoor without knowing a trigger: what the file gives away, then the last layer, then the smallest
 * change that leads to each class, then whether such a change is found again and works on images that had no part in
 * the search.
 */
public final class Audit {
    /** Fewer images to search with tell nothing. */
    private static final int LEAST_IMAGES = 40;

    /** Fewer images that were kept back confirm nothing. */
    private static final int LEAST_KEPT = 10;

    /** With fewer classes there is nothing to compare one with. */
    private static final int LEAST_CLASSES = 4;

    /** A change of so few pixels that leads everything to one class is a backdoor, whatever other classes need. */
    private static final double TINY = 1.5;

    /** Correct answers so rare are no better than guessing. */
    private static final double CHANCE = 1.5;

    /**
     * With fewer correct answers most images, or their labels, are not what the network was made for: then all sorts of
     * changes lead to some class. Half of the labels may be wrong.
     */
    private static final double LEAST_RIGHT = 0.3;

    /** Images of which more are taken for one class say nothing of how others become it. */
    private static final double MOST_ALIKE = 0.8;

    private static final String OTHER_IMAGES =
            " Maybe the images are shown in another way than it was trained on (--input), the classes are in another"
                    + " order (--classes), or the labels are wrong (--labels model takes its own).";

    private static final int MOST_NAMED = 3;

    /** So many classes with the smallest changes are searched again. */
    private static final int MOST_CONFIRMED = 8;

    private static final String NEURAL_CLEANSE = "Wang et al. 2019 (Neural Cleanse)";

    private final Options options;
    private final Optional<Reference> reference;
    private final List<Look> looks = new ArrayList<>();

    /**
     * How to look.
     *
     * @param inversion how triggers are searched for
     * @param calibration the limits
     * @param budget the searches end when it is used up
     * @param seed of every random choice
     */
    public record Options(TriggerInversion.Options inversion, Calibration calibration, Duration budget, long seed) {}

    /** Hears of an audit's course. */
    public interface Course {
        /** The next search begins; what is returned hears how much of it is done, 0 to 1, from several threads. */
        DoubleConsumer searching(String what);
    }

    private Audit(Options options, Optional<Reference> reference) {
        this.options = options;
        this.reference = reference;
    }

    /** What needs no data: the structure as it is in the file, and the last layer. */
    public static List<Look> withoutData(Graph own) {
        List<Look> looks = new ArrayList<>();
        looks.add(StructureLook.look(own));
        if (NotFinite.in(own).isEmpty()) {
            HeadLook.look(own).ifPresent(looks::add);
        }
        return looks;
    }

    /**
     * Audits a network.
     *
     * @param own the network as it is in its file
     * @param subject the same with what brings images to it in front, and clean images
     * @param reference another network, known to be honest, that what was found is tried on
     */
    public static AuditOutcome audit(
            Graph own, Subject subject, Optional<Reference> reference, Options options, Course course) {
        Audit audit = new Audit(options, reference);
        audit.looks.addAll(withoutData(own));
        return audit.outcome(subject, course);
    }

    private AuditOutcome outcome(Subject subject, Course course) {
        Optional<String> structure = looks.stream()
                .filter(look -> look.speaks() == Look.Speaks.FOR)
                .map(Look::saw)
                .findFirst();
        Optional<String> hindered = hindrance(subject);
        if (hindered.isPresent()) {
            return new AuditOutcome(
                    structure.isPresent() ? Verdict.FOUND : Verdict.CANNOT_TELL,
                    structure.orElseGet(hindered::get),
                    looks,
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    false);
        }
        return searches(subject, structure, System.nanoTime() + options.budget().toNanos(), course);
    }

    private AuditOutcome searches(Subject subject, Optional<String> structure, long deadline, Course course) {
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
        int wanted = screening.complete() ? screening.classes().size() : classes;
        MaskSizes sizes = new MaskSizes(TriggerInversion.search(
                subject,
                screening.classes().stream().map(Aim::to).toList(),
                options.inversion(),
                options.seed(),
                deadline,
                course.searching("search triggers")));
        looks.add(searched(begin, sizes, wanted, subject));
        Masks masks = decide(subject, sizes, wanted, deadline, course);
        List<Decision> decisions = new ArrayList<>(List.of(masks.decision()));
        Optional<WarpLook> bent = Optional.empty();
        List<InvertedTrigger> others = new ArrayList<>();
        if (classes >= LEAST_CLASSES) {
            bent = Optional.of(
                    WarpLook.of(subject, reference, options.seed(), deadline, course.searching("search warps")));
            looks.add(bent.get().look());
            decisions.add(bent.get().decision(subject));
            if (!sizes.working().isEmpty() && none(decisions, Verdict.FOUND)) {
                decisions.addAll(several(subject, sizes, deadline, course, others));
            }
        }
        Decision decision = together(decisions);
        return new AuditOutcome(
                structure.isPresent() ? Verdict.FOUND : decision.verdict(),
                structure.orElse(decision.sentence()),
                looks,
                Optional.of(sizes),
                masks.confirmation(),
                decision.verdict() == masks.decision().verdict() ? masks.told() : List.of(),
                bent.flatMap(WarpLook::warp),
                others,
                none(decisions, Verdict.CANNOT_TELL) && sizes.triggers().size() == wanted);
    }

    /** Changes that lead to more than one class, where nothing was found that leads to one. */
    private List<Decision> several(
            Subject subject, MaskSizes sizes, long deadline, Course course, List<InvertedTrigger> found) {
        AllToAllLook all = AllToAllLook.of(
                subject, sizes, reference, options, deadline, course.searching("search one change for all classes"));
        looks.add(all.look());
        if (all.decision().verdict() == Verdict.FOUND) {
            found.addAll(all.told());
            return List.of(all.decision());
        }
        SourceLook each =
                SourceLook.of(subject, reference, options, deadline, course.searching("search each class by itself"));
        looks.add(each.look());
        if (each.decision().verdict() == Verdict.FOUND) {
            found.addAll(each.told());
        }
        return List.of(all.decision(), each.decision());
    }

    private static boolean none(List<Decision> decisions, Verdict verdict) {
        return decisions.stream().noneMatch(decision -> decision.verdict() == verdict);
    }

    /** Found is what any search found. Otherwise the first one that cannot tell says why; where none is, the first. */
    private static Decision together(List<Decision> decisions) {
        List<String> found = decisions.stream()
                .filter(decision -> decision.verdict() == Verdict.FOUND)
                .map(Decision::sentence)
                .toList();
        if (!found.isEmpty()) {
            return new Decision(Verdict.FOUND, String.join(" ", found));
        }
        return decisions.stream()
                .filter(decision -> decision.verdict() == Verdict.CANNOT_TELL)
                .findFirst()
                .orElse(decisions.get(0));
    }

    /**
     * What masks that lead to single classes come to.
     *
     * @param told recovered triggers, most suspicious first; those in doubt where it cannot tell
     * @param confirmation the smallest searched again; empty where none was
     */
    private record Masks(Decision decision, List<InvertedTrigger> told, Optional<Confirmation> confirmation) {
        Masks(Verdict verdict, String sentence, List<InvertedTrigger> told, Optional<Confirmation> confirmation) {
            this(new Decision(verdict, sentence), told, confirmation);
        }
    }

    /** Why nothing can be searched for; empty where it can. */
    private Optional<String> hindrance(Subject subject) {
        List<NotFinite> broken = NotFinite.in(subject.graph());
        if (!broken.isEmpty()) {
            return Optional.of("Its weights are not finite (" + broken.get(0) + "), so its answers mean nothing.");
        }
        if (subject.clean().size() < LEAST_IMAGES || subject.kept().size() < LEAST_KEPT) {
            return Optional.of("There are too few clean images: "
                    + (subject.clean().size() + subject.kept().size()) + ", and at least "
                    + (LEAST_IMAGES + LEAST_KEPT) + " are needed.");
        }
        Ratio right = subject.right();
        looks.add(clean(right, subject));
        int classes = subject.graph().classCount();
        if (right.low() <= CHANCE / classes || right.value() <= CHANCE / classes) {
            return Optional.of("The network is right on " + right.hits() + " of " + right.total()
                    + " clean images, no better than guessing among " + classes + " classes." + OTHER_IMAGES);
        }
        if (right.value() < LEAST_RIGHT) {
            return Optional.of("The network is right on only " + right.hits() + " of " + right.total()
                    + " clean images." + OTHER_IMAGES);
        }
        Ratio alike = subject.mostAlike();
        if (classes >= LEAST_CLASSES && alike.value() > MOST_ALIKE) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "The network takes %d of %d clean images for one class, so they cannot tell how others become it."
                            + " Maybe give images of all classes.",
                    alike.hits(),
                    alike.total()));
        }
        return Optional.empty();
    }

    private static Look clean(Ratio right, Subject subject) {
        return Look.since(
                System.nanoTime(),
                "clean",
                "Clean images",
                "counted",
                "The network is right on " + right.hits() + " of " + right.total() + " clean images, "
                        + subject.clean().size() + " to search with and "
                        + subject.kept().size() + " kept back.",
                Look.Speaks.NEITHER);
    }

    private static Look searched(long begin, MaskSizes sizes, int classes, Subject subject) {
        int working = sizes.working().size();
        String saw = sizes.triggers().isEmpty()
                ? "The time was used up before the first classes were searched."
                : String.format(
                        Locale.ROOT,
                        "%d of %d classes searched%s; for %d of them a change was found that turns most of %d images kept"
                                + " back. Median size %.1f pixels, the smallest %.2f of that%s; Neural Cleanse's own"
                                + " index is %.1f.",
                        sizes.triggers().size(),
                        classes,
                        subject.graph().classCount() > Screening.MOST
                                ? ", those that a short search of all "
                                        + subject.graph().classCount()
                                        + " found the smallest changes for, and others to compare with"
                                : "",
                        working,
                        subject.kept().size(),
                        sizes.median(),
                        sizes.smallest(),
                        working == 0 ? "" : " (" + name(subject, sizes.working().get(0)) + ")",
                        sizes.anomaly());
        return Look.since(begin, "inversion", "Trigger inversion", NEURAL_CLEANSE, saw, Look.Speaks.NEITHER);
    }

    private Masks decide(Subject subject, MaskSizes sizes, int classes, long deadline, Course course) {
        Calibration limits = options.calibration();
        List<InvertedTrigger> tiny = sizes.working().stream()
                .filter(trigger -> trigger.replaced() <= TINY)
                .toList();
        if (sizes.working().isEmpty() || (classes < LEAST_CLASSES && tiny.isEmpty())) {
            return new Masks(Verdict.CANNOT_TELL, undecided(sizes, classes), List.of(), Optional.empty());
        }
        long begin = System.nanoTime();
        Confirmation again = Confirmation.of(
                subject, sizes, options, MOST_CONFIRMED, deadline, course.searching("search the smallest again"));
        boolean known = subject.graph().classCount() <= Screening.MOST;
        List<InvertedTrigger> found = new ArrayList<>(known ? again.found(limits) : List.of());
        again.notCleared(limits).stream()
                .filter(trigger -> trigger.replaced() <= TINY && !found.contains(trigger))
                .forEach(found::add);
        boolean complete = again.complete() && sizes.triggers().size() == classes;
        Verdict verdict = !found.isEmpty() && again.complete()
                ? Verdict.FOUND
                : again.notCleared(limits).isEmpty() && complete && known ? Verdict.NONE : Verdict.CANNOT_TELL;
        looks.add(confirmed(begin, again, verdict));
        if (verdict == Verdict.FOUND && reference.isPresent()) {
            List<InvertedTrigger> left = reference.get().without(found, subject, looks);
            if (left.isEmpty()) {
                boolean all =
                        complete && found.size() == again.notCleared(limits).size();
                return new Masks(
                        all ? Verdict.NONE : Verdict.CANNOT_TELL,
                        natural(found, subject) + (all ? "" : " Of other classes that is not known."),
                        List.of(),
                        Optional.of(again));
            }
            found.retainAll(left);
        }
        return switch (verdict) {
            case FOUND -> new Masks(verdict, found(found, sizes, subject), found, Optional.of(again));
            case NONE -> new Masks(verdict, none(again), List.of(), Optional.of(again));
            case CANNOT_TELL ->
                new Masks(
                        verdict,
                        complete ? known ? between(again) : unknown(again, subject) : undecided(sizes, classes),
                        again.notCleared(limits),
                        Optional.of(again));
        };
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
                        options.calibration().found(),
                        options.calibration().none(),
                        options.calibration().alone()),
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

    private static String name(Subject subject, InvertedTrigger trigger) {
        return subject.clean().classNames().get(trigger.target());
    }

    private static String found(List<InvertedTrigger> found, MaskSizes sizes, Subject subject) {
        InvertedTrigger first = found.get(0);
        List<String> others =
                found.stream().skip(1).map(other -> name(subject, other)).toList();
        int more = others.size() - MOST_NAMED;
        return String.format(
                        Locale.ROOT,
                        "A change of %.1f pixels turns %.0f %% of other images into class %s; most classes need %.1f.",
                        first.size(),
                        100 * first.success().value(),
                        name(subject, first),
                        sizes.median())
                + (others.isEmpty()
                        ? ""
                        : " Suspicious too: "
                                + String.join(", ", others.subList(0, Math.min(MOST_NAMED, others.size())))
                                + (more > 0 ? " and " + more + " more." : "."));
    }

    private static String natural(List<InvertedTrigger> found, Subject subject) {
        return "What small changes lead to (class "
                + found.stream().map(trigger -> name(subject, trigger)).collect(Collectors.joining(", class "))
                + ") they lead to on the network for comparison too, so they are natural features.";
    }

    private String none(Confirmation again) {
        return String.format(
                Locale.ROOT,
                "No class can be reached by a far smaller change than the others: beside them the smallest is %.2f (1 is"
                        + " as large as they, and from %.2f on nothing speaks of a backdoor).",
                again.least(),
                options.calibration().none());
    }

    private static String unknown(Confirmation again, Subject subject) {
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
                        + " More clean images may help.",
                again.least(),
                options.calibration().found(),
                options.calibration().none());
    }

    private static String undecided(MaskSizes sizes, int classes) {
        if (sizes.triggers().size() < classes) {
            return "The time (--budget) was used up after " + sizes.triggers().size() + " of " + classes + " classes.";
        }
        if (sizes.working().isEmpty()) {
            return "No change of the images was found that leads to any class, so there is nothing to compare. Maybe"
                    + " the way to the input is cut by a step that has no gradient, such as rounding.";
        }
        if (classes < LEAST_CLASSES) {
            return "With " + classes + " classes there are no others to compare one with.";
        }
        return "The time (--budget) was used up before what was found could be searched again.";
    }
}
