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
import java.util.OptionalInt;
import java.util.function.DoubleConsumer;
import java.util.stream.Stream;

/**
 * Looks for a backdoor without knowing a trigger: what the file gives away, then the last layer, then the smallest
 * change that leads to each class, then whether such a change is found again and works on images that had no part in
 * the search, then how sure the network can be made of each class; where nothing was found, changes of other forms.
 */
public final class Audit {
    /** Fewer images to search with tell nothing. */
    private static final int LEAST_IMAGES = 40;

    /** Fewer images that were kept back confirm nothing. */
    private static final int LEAST_KEPT = 10;

    /** Of both together. */
    static final int LEAST = LEAST_IMAGES + LEAST_KEPT;

    /** Of masks: all classes, and the smallest again. */
    private static final int MASK_SEARCHES = 2;

    /** Margins, warps, what is added and the smallest of that again, one change for all, each class by itself. */
    private static final int OTHER_SEARCHES = 6;

    /** Correct answers so rare are no better than guessing. */
    private static final double CHANCE = 1.5;

    /**
     * With fewer correct answers most images, or their labels, are not what the network was made for: then all sorts of
     * changes lead to some class. Half of the labels may be wrong.
     */
    private static final double LEAST_RIGHT = 0.3;

    /** Images of which more are taken for one class say nothing of how others become it. */
    private static final double MOST_ALIKE = 0.8;

    /**
     * What may be the matter where a network is hardly right, with the options that put it right; after a full stop.
     */
    public static final String OTHER_IMAGES =
            " Maybe the images are shown in another way than it was trained on (--input), the classes are in another"
                    + " order (--classes), or the labels are wrong (--labels model takes its own).";

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
    public record Options(TriggerInversion.Options inversion, Calibration calibration, Duration budget, long seed) {
        /** The same for changes of a form. */
        Options of(TriggerInversion.Form form) {
            return new Options(inversion.of(form), calibration, budget, seed);
        }
    }

    /** Hears of an audit's course. */
    public interface Course {
        /** The next search begins; what is returned hears how much of it is done, 0 to 1, from several threads. */
        DoubleConsumer searching(String what);
    }

    /** How many searches there are in a network of so many classes, where none finds anything. */
    public static int searches(int classes) {
        int masks = classes > Screening.MOST ? MASK_SEARCHES + 1 : MASK_SEARCHES;
        return classes < MaskLook.LEAST_CLASSES ? masks : masks + OTHER_SEARCHES;
    }

    private Audit(Options options, Optional<Reference> reference) {
        this.options = options;
        this.reference = reference;
    }

    /** What needs no data: the structure as it is in the file, and the last layer. */
    private static List<Look> withoutData(Graph own, List<String> names) {
        List<Look> looks = new ArrayList<>();
        looks.add(StructureLook.look(own));
        if (NotFinite.in(own).isEmpty()) {
            HeadLook.look(own, names).ifPresent(looks::add);
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
        audit.looks.addAll(withoutData(own, subject.clean().classNames()));
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
                    OptionalInt.empty(),
                    false);
        }
        return searches(subject, structure, System.nanoTime() + options.budget().toNanos(), course);
    }

    private AuditOutcome searches(Subject subject, Optional<String> structure, long deadline, Course course) {
        boolean comparable = subject.graph().classCount() >= MaskLook.LEAST_CLASSES;
        MaskLook masks = MaskLook.of(subject, reference, options, deadline, course);
        looks.addAll(masks.looks());
        Optional<MarginLook> margins = comparable
                ? Optional.of(MarginLook.of(
                        subject,
                        masks::standing,
                        reference,
                        options,
                        deadline,
                        course.searching("search the largest margins")))
                : Optional.empty();
        margins.ifPresent(one -> looks.add(one.look()));
        List<Told> all = new ArrayList<>(List.of(new Told(masks.decision(), List.copyOf(masks.told()))));
        if (comparable) {
            WarpLook bent = WarpLook.of(subject, reference, options.seed(), deadline, course.searching("search warps"));
            looks.add(bent.look());
            all.add(new Told(
                    bent.decision(subject), List.copyOf(bent.warp().stream().toList())));
            if (!masks.sizes().working().isEmpty() && none(all, Verdict.FOUND)) {
                others(subject, masks.sizes(), deadline, course, all);
            }
        }
        margins.ifPresent(one -> all.add(new Told(one.decision(), surest(one, masks))));
        Decision decision = together(all);
        return new AuditOutcome(
                structure.isPresent() ? Verdict.FOUND : decision.verdict(),
                structure.orElse(decision.sentence()),
                looks,
                Optional.of(masks.sizes()),
                masks.confirmation(),
                all.stream()
                        .filter(told -> told.decision().verdict() == decision.verdict())
                        .flatMap(told -> told.recovered().stream())
                        .distinct()
                        .toList(),
                margins.filter(one -> one.decision().verdict() == Verdict.FOUND)
                        .filter(one -> all.stream()
                                        .filter(told -> told.decision().verdict() == Verdict.FOUND)
                                        .count()
                                == 1)
                        .map(MarginLook::surest)
                        .orElse(OptionalInt.empty()),
                masks.complete() && System.nanoTime() - deadline < 0);
    }

    /** Margins know no trigger: what stands for it is the smallest mask of the class, whatever its size. */
    private static List<Recovered> surest(MarginLook margins, MaskLook masks) {
        return Stream.concat(masks.told().stream(), masks.sizes().working().stream())
                .filter(one -> margins.surest().orElse(Aim.ANY) == one.target())
                .limit(1)
                .map(Recovered.class::cast)
                .toList();
    }

    /** What is added to images, and then changes that lead to more than one class, where nothing was found so far. */
    private void others(Subject subject, MaskSizes sizes, long deadline, Course course, List<Told> told) {
        SearchOutcome added = AddedLook.of(subject, reference, options, deadline, course);
        looks.add(added.look());
        told.add(new Told(added.decision(), List.copyOf(added.told())));
        if (!added.found()) {
            several(subject, sizes, deadline, course, told);
        }
    }

    private void several(Subject subject, MaskSizes sizes, long deadline, Course course, List<Told> told) {
        SearchOutcome all = AllToAllLook.of(
                subject, sizes, reference, options, deadline, course.searching("search one change for all classes"));
        looks.add(all.look());
        told.add(new Told(all.decision(), List.copyOf(all.told())));
        if (!all.found()) {
            SearchOutcome each = SourceLook.of(
                    subject, reference, options, deadline, course.searching("search each class by itself"));
            looks.add(each.look());
            told.add(new Told(each.decision(), List.copyOf(each.told())));
        }
    }

    /** What one search comes to, and the changes that it tells. */
    private record Told(Decision decision, List<Recovered> recovered) {
        Told {
            recovered = List.copyOf(recovered);
        }
    }

    private static boolean none(List<Told> all, Verdict verdict) {
        return all.stream().noneMatch(told -> told.decision().verdict() == verdict);
    }

    /** Found is what any search found. Otherwise the first one that cannot tell says why; where none is, the first. */
    private static Decision together(List<Told> all) {
        List<Decision> decisions = all.stream().map(Told::decision).toList();
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

    /** Why nothing can be searched for; empty where it can. */
    private Optional<String> hindrance(Subject subject) {
        List<NotFinite> broken = NotFinite.in(subject.graph());
        if (!broken.isEmpty()) {
            return Optional.of("Its weights are not finite (" + broken.get(0) + "), so its answers mean nothing.");
        }
        if (subject.clean().size() < LEAST_IMAGES || subject.kept().size() < LEAST_KEPT) {
            return Optional.of("There are too few clean images: "
                    + (subject.clean().size() + subject.kept().size()) + ", and at least "
                    + LEAST + " are needed. Give more pictures of all classes (of data that has a"
                    + " part for tests, in the other part), or more of them (--clean-images).");
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
        if (classes >= MaskLook.LEAST_CLASSES && alike.value() > MOST_ALIKE) {
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
}
