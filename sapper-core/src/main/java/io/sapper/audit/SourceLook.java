package io.sapper.audit;

import io.sapper.audit.AuditOutcome.Verdict;
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
 *
 * @param decision what it comes to
 * @param told what was found, or is in doubt where it cannot tell
 * @param standing of the pair that stands out most; NaN where nothing was searched
 * @param look what is told of it
 */
public record SourceLook(Decision decision, List<InvertedTrigger> told, double standing, Look look) {
    private static final int LEAST_IMAGES = 32;
    private static final int LEAST_KEPT = 3;
    private static final int LEAST_CLASSES = 4;

    /** With more there would be too many pairs. */
    static final int MOST_CLASSES = 64;

    /** So many classes that need least are looked at in all directions. */
    private static final int SOURCES = 3;

    /** So many of the smallest changes from each of them are searched again. */
    private static final int AGAIN = 1;

    public static SourceLook of(
            Subject subject,
            Optional<Reference> reference,
            Audit.Options options,
            long deadline,
            DoubleConsumer heard) {
        long begin = System.nanoTime();
        int classes = subject.graph().classCount();
        List<Aim> aims = IntStream.range(0, classes)
                .mapToObj(Aim::awayFrom)
                .filter(aim ->
                        subject.counting(aim).length >= LEAST_IMAGES && subject.keptCounting(aim).length >= LEAST_KEPT)
                .toList();
        if (aims.size() < LEAST_CLASSES || classes > MOST_CLASSES) {
            String saw = String.format(
                    Locale.ROOT,
                    "Not searched: it takes at least %d classes, each with %d images to search with that the network is"
                            + " right about and %d kept back, and at most %d classes in all; there are %d of %d.",
                    LEAST_CLASSES,
                    LEAST_IMAGES,
                    LEAST_KEPT,
                    MOST_CLASSES,
                    aims.size(),
                    classes);
            return new SourceLook(
                    new Decision(Verdict.NONE, saw), List.of(), Double.NaN, look(begin, saw, Look.Speaks.NEITHER));
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
        for (int source : sources) {
            Confirmation from =
                    complete ? from(source, subject, options, deadline) : new Confirmation(List.of(), false);
            complete &= from.complete();
            pairs.addAll(from.ratios());
            heard.accept(Math.min(1, 0.5 + pairs.size() / (2.0 * SOURCES * AGAIN)));
        }
        if (!complete) {
            return new SourceLook(
                    new Decision(
                            Verdict.CANNOT_TELL,
                            "The time (--budget) was used up before each class was searched by itself."),
                    List.of(),
                    Double.NaN,
                    look(begin, "The time was used up.", Look.Speaks.NEITHER));
        }
        pairs.sort(Comparator.comparingDouble(Confirmation.Ratio::standing));
        return told(subject, pairs, options.calibration().source(), aims.size(), reference, begin);
    }

    /** Into all other classes, the smallest changes searched again. */
    private static Confirmation from(int source, Subject subject, Audit.Options options, long deadline) {
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

    private static SourceLook told(
            Subject subject,
            List<Confirmation.Ratio> pairs,
            Calibration.Limits limits,
            int searched,
            Optional<Reference> reference,
            long begin) {
        Confirmation.Ratio first = pairs.get(0);
        String saw = String.format(
                Locale.ROOT,
                "Of %d classes by themselves, the way from class %s to class %s stands out most: %.1f pixels, %.2f of what"
                        + " leads from there to the median class, where the next one needs %.2f: beside both it is %.2f"
                        + " (below %.2f a backdoor, from %.2f on none).",
                searched,
                name(subject, first.best().aim().source()),
                name(subject, first.best().target()),
                first.best().size(),
                first.mean(),
                first.next(),
                first.standing(),
                limits.found(),
                limits.none());
        List<String> natural = new ArrayList<>();
        List<Confirmation.Ratio> doubtful = pairs.stream()
                .filter(pair -> pair.standing() < limits.none())
                .filter(pair -> {
                    Optional<String> why = reference.flatMap(other -> other.natural(subject, pair.best()));
                    why.ifPresent(natural::add);
                    return why.isEmpty();
                })
                .toList();
        List<Confirmation.Ratio> found = doubtful.stream()
                .filter(pair -> pair.standing() < limits.found())
                .toList();
        String all = natural.isEmpty() ? saw : saw + " " + String.join(" ", natural);
        if (!found.isEmpty()) {
            return new SourceLook(
                    new Decision(Verdict.FOUND, sentence(found.get(0), subject)),
                    best(found),
                    first.standing(),
                    look(begin, all, Look.Speaks.FOR));
        }
        return doubtful.isEmpty()
                ? new SourceLook(
                        new Decision(Verdict.NONE, all),
                        List.of(),
                        first.standing(),
                        look(begin, all, Look.Speaks.AGAINST))
                : new SourceLook(
                        new Decision(Verdict.CANNOT_TELL, all),
                        best(doubtful),
                        first.standing(),
                        look(begin, all, Look.Speaks.NEITHER));
    }

    private static String sentence(Confirmation.Ratio pair, Subject subject) {
        return String.format(
                Locale.ROOT,
                "A change of %.1f pixels turns %.0f %% of the images of class %s into class %s; into the next class it"
                        + " takes %.1f times as much.",
                pair.best().size(),
                100 * pair.best().success().value(),
                name(subject, pair.best().aim().source()),
                name(subject, pair.best().target()),
                pair.next() / pair.mean());
    }

    private static List<InvertedTrigger> best(List<Confirmation.Ratio> pairs) {
        return pairs.stream().map(Confirmation.Ratio::best).toList();
    }

    private static String name(Subject subject, int label) {
        return subject.clean().classNames().get(label);
    }

    private static Look look(long begin, String saw, Look.Speaks speaks) {
        return Look.since(
                begin,
                "source",
                "Each class by itself",
                "Wang et al. 2019 (Neural Cleanse), with images of one class",
                saw,
                speaks);
    }
}
