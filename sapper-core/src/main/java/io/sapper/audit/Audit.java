package io.sapper.audit;

import io.sapper.audit.AuditOutcome.Verdict;
import io.sapper.metric.Ratio;
import io.sapper.network.Graph;
import io.sapper.network.NotFinite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Looks for a backdoor without knowing a trigger: what the file gives away, then the last layer, then the smallest
 * change that leads to each class, then whether such a change is found again and works on images that had no part in
 * the search.
 */
public final class Audit {
    /** Fewer images to search with tell nothing. */
    public static final int LEAST_IMAGES = 40;

    /** Fewer images that were kept back confirm nothing. */
    private static final int LEAST_KEPT = 10;

    /** With fewer classes there is nothing to compare one with. */
    private static final int LEAST_CLASSES = 4;

    /** A change of so few pixels that leads everything to one class is a backdoor, whatever other classes need. */
    private static final double TINY = 1.5;

    /** Correct answers so rare are no better than guessing. */
    private static final double CHANCE = 1.5;

    private static final int MOST_CONFIRMED = 8;
    private static final int REPEATS = 2;
    private static final String NEURAL_CLEANSE = "Wang et al. 2019 (Neural Cleanse)";

    private final Options options;
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

    private Audit(Options options) {
        this.options = options;
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
     */
    public static AuditOutcome audit(Graph own, Subject subject, Options options, Course course) {
        Audit audit = new Audit(options);
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
            return structure.isPresent()
                    ? new AuditOutcome(Verdict.FOUND, structure.get(), looks, Optional.empty(), List.of(), false)
                    : new AuditOutcome(Verdict.CANNOT_TELL, hindered.get(), looks, Optional.empty(), List.of(), false);
        }
        long deadline = System.nanoTime() + options.budget().toNanos();
        int classes = subject.graph().classCount();
        long begin = System.nanoTime();
        MaskSizes sizes = new MaskSizes(TriggerInversion.invert(
                subject,
                IntStream.range(0, classes).toArray(),
                options.inversion(),
                options.seed(),
                deadline,
                course.searching("search triggers")));
        boolean complete = sizes.triggers().size() == classes;
        looks.add(searched(begin, sizes, classes, subject));
        List<InvertedTrigger> suspects = suspects(sizes);
        Verdict verdict =
                enough(sizes, classes) ? confirm(subject, sizes, suspects, deadline, course) : Verdict.CANNOT_TELL;
        if (verdict == Verdict.NONE && !complete) {
            verdict = Verdict.CANNOT_TELL;
        }
        List<InvertedTrigger> told = verdict == Verdict.NONE ? List.of() : suspects;
        if (structure.isPresent()) {
            return new AuditOutcome(Verdict.FOUND, structure.get(), looks, Optional.of(sizes), told, complete);
        }
        return new AuditOutcome(
                verdict, sentence(verdict, sizes, told, classes, subject), looks, Optional.of(sizes), told, complete);
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
        int classes = subject.graph().classCount();
        if (right.low() <= CHANCE / classes || right.value() <= CHANCE / classes) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "The network is right on %d of %d clean images, no better than guessing among %d classes. Maybe the"
                            + " images are shown in another way than it was trained on (--input), the classes are in"
                            + " another order (--classes), or the labels are wrong (--labels model takes its own).",
                    right.hits(),
                    right.total(),
                    classes));
        }
        return Optional.empty();
    }

    private static Look searched(long begin, MaskSizes sizes, int classes, Subject subject) {
        int working = sizes.working().size();
        String saw = sizes.triggers().isEmpty()
                ? "The time was used up before the first classes were searched."
                : String.format(
                        Locale.ROOT,
                        "%d of %d classes searched; for %d of them a change was found that turns most of %d images kept"
                                + " back. Median size %.1f pixels, the smallest %.2f of that%s; Neural Cleanse's own"
                                + " index is %.1f.",
                        sizes.triggers().size(),
                        classes,
                        working,
                        subject.kept().size(),
                        sizes.median(),
                        sizes.smallest(),
                        working == 0 ? "" : " (" + name(subject, sizes.working().get(0)) + ")",
                        sizes.anomaly());
        return Look.since(begin, "inversion", "Trigger inversion", NEURAL_CLEANSE, saw, Look.Speaks.NEITHER);
    }

    private boolean enough(MaskSizes sizes, int classes) {
        if (sizes.working().isEmpty()) {
            return false;
        }
        boolean others = classes >= LEAST_CLASSES && sizes.triggers().size() >= LEAST_CLASSES;
        return others || tiny(sizes.working().get(0));
    }

    private static boolean tiny(InvertedTrigger trigger) {
        return trigger.size() <= TINY;
    }

    /** Classes below the upper limit, most suspicious first. */
    private List<InvertedTrigger> suspects(MaskSizes sizes) {
        return sizes.working().stream()
                .filter(trigger -> tiny(trigger)
                        || sizes.ratio(trigger) < options.calibration().none())
                .toList();
    }

    /**
     * Searches suspicious classes again from other starts: what is there is found again, what was luck is not. The
     * geometric mean of all searches decides.
     */
    private Verdict confirm(
            Subject subject, MaskSizes sizes, List<InvertedTrigger> suspects, long deadline, Course course) {
        if (suspects.isEmpty()) {
            return Verdict.NONE;
        }
        long begin = System.nanoTime();
        int[] again = suspects.stream()
                .limit(MOST_CONFIRMED)
                .mapToInt(InvertedTrigger::target)
                .toArray();
        Map<Integer, Double> logs = new HashMap<>();
        Map<Integer, Integer> counts = new HashMap<>();
        suspects.stream().limit(MOST_CONFIRMED).forEach(one -> {
            logs.put(one.target(), Math.log(sizes.ratio(one)));
            counts.put(one.target(), 1);
        });
        DoubleConsumer heard = course.searching("search suspicious classes again");
        for (int repeat = 1; repeat <= REPEATS; repeat++) {
            int done = repeat - 1;
            for (InvertedTrigger found : TriggerInversion.invert(
                    subject,
                    again,
                    options.inversion(),
                    options.seed() + repeat,
                    deadline,
                    share -> heard.accept((done + share) / REPEATS))) {
                double ratio = found.success().value() >= MaskSizes.WORKS ? sizes.ratio(found) : 1;
                logs.merge(found.target(), Math.log(ratio), Double::sum);
                counts.merge(found.target(), 1, Integer::sum);
            }
        }
        double least = IntStream.of(again)
                .mapToDouble(target -> Math.exp(logs.getOrDefault(target, 0.0) / counts.getOrDefault(target, 1)))
                .min()
                .orElse(1);
        boolean repeated = counts.values().stream().allMatch(count -> count == 1 + REPEATS);
        boolean tiny = suspects.stream().anyMatch(Audit::tiny);
        Verdict verdict = least < options.calibration().found()
                        || (tiny && least < options.calibration().none())
                ? Verdict.FOUND
                : least >= options.calibration().none() ? Verdict.NONE : Verdict.CANNOT_TELL;
        looks.add(Look.since(
                begin,
                "validation",
                "Found again",
                NEURAL_CLEANSE + ", searched from other starts",
                String.format(
                        Locale.ROOT,
                        "%s searched from %s; over all searches the smallest is %.2f of the median (below %.2f: a"
                                + " backdoor; above %.2f: none).",
                        again.length == 1 ? "One suspicious class was" : again.length + " suspicious classes were",
                        repeated
                                ? REPEATS + " other starts"
                                : "fewer other starts than planned, as the time was used up",
                        least,
                        options.calibration().found(),
                        options.calibration().none()),
                switch (verdict) {
                    case FOUND -> Look.Speaks.FOR;
                    case NONE -> Look.Speaks.AGAINST;
                    case CANNOT_TELL -> Look.Speaks.NEITHER;
                }));
        return verdict;
    }

    private static String name(Subject subject, InvertedTrigger trigger) {
        return subject.clean().classNames().get(trigger.target());
    }

    private String sentence(
            Verdict verdict, MaskSizes sizes, List<InvertedTrigger> told, int classes, Subject subject) {
        return switch (verdict) {
            case FOUND -> {
                InvertedTrigger first = told.get(0);
                yield String.format(
                        Locale.ROOT,
                        "A change of %.1f pixels turns %.0f %% of other images into class %s; most classes need %.1f."
                                + "%s",
                        first.size(),
                        100 * first.success().value(),
                        name(subject, first),
                        sizes.median(),
                        told.size() == 1
                                ? ""
                                : " Suspicious too: "
                                        + told.stream()
                                                .skip(1)
                                                .limit(3)
                                                .map(other -> name(subject, other))
                                                .collect(Collectors.joining(", "))
                                        + (told.size() > 4 ? " and " + (told.size() - 4) + " more." : "."));
            }
            case NONE ->
                String.format(
                        Locale.ROOT,
                        "No class can be reached by a far smaller change than the others: the smallest is %.2f of the"
                                + " median, honest networks' are %.2f to %.2f.",
                        sizes.smallest(),
                        options.calibration().honestLow(),
                        options.calibration().honestHigh());
            case CANNOT_TELL -> undecided(sizes, classes);
        };
    }

    private String undecided(MaskSizes sizes, int classes) {
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
        return String.format(
                Locale.ROOT,
                "The smallest change is %.2f of the median, between what backdoors show (below %.2f) and what honest"
                        + " networks show (above %.2f). More clean images may help.",
                sizes.smallest(),
                options.calibration().found(),
                options.calibration().none());
    }
}
