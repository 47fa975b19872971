package io.sapper.audit;

import io.sapper.audit.AuditOutcome.Verdict;
import io.sapper.defense.Accuracy;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleConsumer;

/**
 * The smallest change that makes the network wrong about images of all classes at once, wherever they go: an attack
 * from every class to the next (BadNets, section 4.1, all-to-all) leads to no one class, so a search for each class
 * misses it. An honest network needs about as much for this as for leading all images to one class, or more.
 *
 * @param decision what it comes to
 * @param told what was found, or is in doubt where it cannot tell
 * @param standing the smallest beside what single classes need, as {@link Confirmation.Ratio#standing}; NaN where none
 *     was found
 * @param look what is told of it
 */
public record AllToAllLook(Decision decision, List<InvertedTrigger> told, double standing, Look look) {
    private static final int STARTS = 6;

    /** In each step: what turns six images may do so for their sake alone (docs/decisions/0084). */
    private static final int IMAGES = 16;

    /** What leads more images than this to one class is no attack from every class to another. */
    private static final double MOST_ALIKE = 0.25;

    private static final String NAME = "One change for all classes";

    /**
     * Searches.
     *
     * @param masks what single classes need
     */
    public static AllToAllLook of(
            Subject subject,
            MaskSizes masks,
            Optional<Reference> reference,
            Audit.Options options,
            long deadline,
            DoubleConsumer heard) {
        long begin = System.nanoTime();
        int classes = subject.graph().classCount();
        if (classes > SourceLook.MOST_CLASSES) {
            String saw = "Not searched: what honest networks need is known for at most " + SourceLook.MOST_CLASSES
                    + " classes, and of more a faint change makes them wrong about most images (docs/decisions/0084).";
            return new AllToAllLook(
                    new Decision(Verdict.NONE, saw), List.of(), Double.NaN, look(begin, saw, Look.Speaks.NEITHER));
        }
        List<InvertedTrigger> found = TriggerInversion.search(
                subject,
                Collections.nCopies(STARTS, Aim.away()),
                options.inversion().withPictures(IMAGES),
                options.seed(),
                deadline,
                heard);
        if (found.size() < STARTS) {
            String late = "The time (--budget) was used up before one change for all classes was searched for.";
            return new AllToAllLook(
                    new Decision(Verdict.CANNOT_TELL, late),
                    List.of(),
                    Double.NaN,
                    look(begin, "The time was used up.", Look.Speaks.NEITHER));
        }
        Optional<InvertedTrigger> least = found.stream()
                .filter(one -> masks.works(one) && mostAlike(one, subject) <= MOST_ALIKE)
                .min(Comparator.comparingDouble(InvertedTrigger::size));
        double standing = least.map(one -> standing(one, masks)).orElse(Double.NaN);
        Calibration.Limits limits = options.calibration().allToAll();
        if (least.isEmpty() || standing >= limits.none()) {
            String saw = least.isEmpty()
                    ? "None was found that leads images to many classes."
                    : String.format(
                            Locale.ROOT,
                            "The smallest change that makes the network wrong about most images needs %.1f pixels:"
                                    + " beside what leads to the median and to the easiest class it is %.2f (from %.2f"
                                    + " on nothing speaks of a backdoor).",
                            least.get().size(),
                            standing,
                            limits.none());
            return new AllToAllLook(
                    new Decision(Verdict.NONE, saw), List.of(), standing, look(begin, saw, Look.Speaks.AGAINST));
        }
        return told(subject, masks, least.get(), standing, limits, reference, begin);
    }

    private static AllToAllLook told(
            Subject subject,
            MaskSizes masks,
            InvertedTrigger least,
            double standing,
            Calibration.Limits limits,
            Optional<Reference> reference,
            long begin) {
        String sentence = String.format(
                Locale.ROOT,
                "A change of %.1f pixels makes the network wrong about %.0f %% of images of all classes; to lead them to"
                        + " one class takes %.1f mostly, and %.1f at least.",
                least.size(),
                100 * least.success().value(),
                masks.median(),
                masks.median() * masks.next(least.aim()));
        String beside = String.format(
                Locale.ROOT,
                " Beside both it is %.2f (below %.2f a backdoor, from %.2f on none).",
                standing,
                limits.found(),
                limits.none());
        if (standing >= limits.found()) {
            return new AllToAllLook(
                    new Decision(Verdict.CANNOT_TELL, sentence + beside),
                    List.of(least),
                    standing,
                    look(begin, sentence + beside, Look.Speaks.NEITHER));
        }
        Optional<String> natural = reference.flatMap(other -> other.natural(subject, least));
        if (natural.isPresent()) {
            String saw = sentence + beside + " " + natural.get();
            return new AllToAllLook(
                    new Decision(Verdict.NONE, saw), List.of(), standing, look(begin, saw, Look.Speaks.AGAINST));
        }
        return new AllToAllLook(
                new Decision(Verdict.FOUND, sentence),
                List.of(least),
                standing,
                look(begin, sentence + beside, Look.Speaks.FOR));
    }

    /** The share of images kept back that go to the class that most of them go to. */
    private static double mostAlike(InvertedTrigger one, Subject subject) {
        int[] images = subject.keptCounting(one.aim());
        int[] counts = new int[subject.graph().classCount()];
        for (int answer : Accuracy.answers(subject.graph(), one.on(subject.kept(), images), subject.compute())) {
            counts[Math.max(0, answer)]++;
        }
        return Arrays.stream(counts).max().orElse(0) / (double) Math.max(1, images.length);
    }

    private static double standing(InvertedTrigger one, MaskSizes masks) {
        double ratio = masks.ratio(one);
        return new Confirmation.Ratio(one, ratio, masks.next(one.aim())).standing();
    }

    private static Look look(long begin, String saw, Look.Speaks speaks) {
        return Look.since(
                begin,
                "all-to-all",
                NAME,
                "Wang et al. 2019 (Neural Cleanse), away from each image's class",
                saw,
                speaks);
    }
}
