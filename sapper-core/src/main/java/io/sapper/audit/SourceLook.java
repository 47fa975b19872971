package io.sapper.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;

/**
 * The smallest change that turns the images of one class alone: an attack on a single source class (BadNets, section
 * 4.1, single target) works on no other, so a search with images of all classes misses it. First it is searched what
 * makes the network wrong about each class, then, for the classes that need least, what leads from there to each other
 * class. From a class under attack one change is far smaller than all others, whereas a class that is easy by nature is
 * easy in several directions.
 *
 * <p>With few images of a class a search fits these alone, so classes with fewer than 32 to search with are left out,
 * and nothing is said where fewer than four are left.
 */
public final class SourceLook {
    private static final int LEAST_IMAGES = 32;
    private static final int LEAST_KEPT = 3;
    private static final int LEAST_CLASSES = 4;

    /** With more there would be too many pairs. */
    static final int MOST_CLASSES = 64;

    /** So many classes that need least are looked at in all directions. */
    private static final int SOURCES = 3;

    /** So many of the smallest changes from each of them are searched again. */
    private static final int AGAIN = 1;

    private final Subject subject;
    private final Optional<Reference> reference;
    private final Audit.Options options;
    private final long deadline;
    private final SearchOutcome.Begun begun = new SearchOutcome.Begun(
            "source", "Each class by itself", "Wang et al. 2019 (Neural Cleanse), with images of one class");

    private SourceLook(Subject subject, Optional<Reference> reference, Audit.Options options, long deadline) {
        this.subject = subject;
        this.reference = reference;
        this.options = options;
        this.deadline = deadline;
    }

    /** Searches. */
    public static SearchOutcome of(
            Subject subject,
            Optional<Reference> reference,
            Audit.Options options,
            long deadline,
            DoubleConsumer heard) {
        return new SourceLook(subject, reference, options, deadline).search(heard);
    }

    private SearchOutcome search(DoubleConsumer heard) {
        int classes = subject.graph().classCount();
        List<Aim> aims = IntStream.range(0, classes)
                .mapToObj(Aim::awayFrom)
                .filter(aim ->
                        subject.counting(aim).length >= LEAST_IMAGES && subject.keptCounting(aim).length >= LEAST_KEPT)
                .toList();
        if (aims.size() < LEAST_CLASSES || classes > MOST_CLASSES) {
            return begun.notSearched(String.format(
                    Locale.ROOT,
                    "Not searched: it takes at least %d classes, each with %d images to search with that the network is"
                            + " right about and %d kept back, and at most %d classes in all; there are %d of %d.",
                    LEAST_CLASSES,
                    LEAST_IMAGES,
                    LEAST_KEPT,
                    MOST_CLASSES,
                    aims.size(),
                    classes));
        }
        List<InvertedTrigger> away = TriggerInversion.search(
                subject, aims, options.inversion(), options.seed(), deadline, share -> heard.accept(share / 2));
        List<Integer> sources = away.stream()
                .sorted(Comparator.comparingDouble(InvertedTrigger::size))
                .limit(SOURCES)
                .map(one -> one.aim().source())
                .toList();
        List<Confirmation.Ratio> pairs = new ArrayList<>();
        boolean complete = away.size() == aims.size();
        for (int i = 0; complete && i < sources.size(); i++) {
            Confirmation from = from(sources.get(i));
            complete = from.complete();
            pairs.addAll(from.ratios());
            heard.accept(0.5 + 0.5 * (i + 1) / sources.size());
        }
        if (!complete) {
            return begun.late("each class was searched by itself");
        }
        pairs.sort(Comparator.comparingDouble(Confirmation.Ratio::standing));
        return decide(pairs, aims.size());
    }

    /** Into all other classes, the smallest changes searched again. */
    private Confirmation from(int source) {
        List<Aim> aims = IntStream.range(0, subject.graph().classCount())
                .filter(target -> target != source)
                .mapToObj(target -> Aim.between(source, target))
                .filter(aim -> subject.counting(aim).length > 0)
                .toList();
        MaskSizes sizes = new MaskSizes(
                TriggerInversion.search(subject, aims, options.inversion(), options.seed(), deadline, share -> {}));
        Confirmation again = Confirmation.of(subject, sizes, options, AGAIN, deadline, share -> {});
        return new Confirmation(
                again.ratios(), again.complete() && sizes.triggers().size() == aims.size());
    }

    private SearchOutcome decide(List<Confirmation.Ratio> pairs, int searched) {
        Calibration.Limits limits = options.calibration().source();
        Confirmation.Ratio first = pairs.get(0);
        String saw = String.format(
                Locale.ROOT,
                "Of %d classes by themselves, the way from class %s to class %s stands out most: %.1f pixels, %.2f of what"
                        + " leads from there to the median class, where the next one needs %.2f: beside both it is %.2f"
                        + " (below %.2f a backdoor, from %.2f on none).",
                searched,
                name(first.best().aim().source()),
                name(first.best().target()),
                first.best().size(),
                first.mean(),
                first.next(),
                first.standing(),
                limits.found(),
                limits.none());
        return begun.decide(pairs, limits, subject, reference, saw, this::sentence);
    }

    private String sentence(Confirmation.Ratio pair) {
        return String.format(
                Locale.ROOT,
                "A change of %s pixels turns %.0f %% of the images of class %s into class %s; into the next class it"
                        + " takes %.1f times as much.",
                pair.best().pixels(),
                100 * pair.best().success().value(),
                name(pair.best().aim().source()),
                name(pair.best().target()),
                pair.next() / pair.mean());
    }

    private String name(int label) {
        return subject.clean().classNames().get(label);
    }
}
