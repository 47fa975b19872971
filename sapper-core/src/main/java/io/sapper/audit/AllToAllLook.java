package io.sapper.audit;

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
 */
public final class AllToAllLook {
    private static final int STARTS = 6;

    /** In each step: what turns six images may do so for their sake alone (docs/decisions/0084). */
    private static final int IMAGES = 16;

    /**
     * An attack from every class to another spreads images over classes as their own labels do. What leads so many
     * times more images to one class than have the most frequent label is none.
     */
    private static final double MOST_ALIKE = 2;

    private final Subject subject;
    private final MaskSizes masks;
    private final Calibration.Limits limits;
    private final SearchOutcome.Begun begun = new SearchOutcome.Begun(
            "all-to-all",
            "One change for all classes",
            "Wang et al. 2019 (Neural Cleanse), away from each image's class");

    private AllToAllLook(Subject subject, MaskSizes masks, Calibration.Limits limits) {
        this.subject = subject;
        this.masks = masks;
        this.limits = limits;
    }

    /**
     * Searches.
     *
     * @param masks what single classes need
     */
    public static SearchOutcome of(
            Subject subject,
            MaskSizes masks,
            Optional<Reference> reference,
            Audit.Options options,
            long deadline,
            DoubleConsumer heard) {
        AllToAllLook look =
                new AllToAllLook(subject, masks, options.calibration().allToAll());
        if (subject.graph().classCount() > SourceLook.MOST_CLASSES) {
            return look.begun.notSearched(
                    "Not searched: what honest networks need is known for at most " + SourceLook.MOST_CLASSES
                            + " classes, and of more a faint change makes them wrong about most images.");
        }
        List<InvertedTrigger> found = TriggerInversion.search(
                subject,
                Collections.nCopies(STARTS, Aim.away()),
                options.inversion().withPictures(IMAGES),
                options.seed(),
                deadline,
                heard);
        return found.size() < STARTS
                ? look.begun.late("one change for all classes was searched for")
                : look.decide(found, reference);
    }

    private SearchOutcome decide(List<InvertedTrigger> found, Optional<Reference> reference) {
        Optional<InvertedTrigger> smallest = found.stream()
                .filter(one -> masks.works(one) && spreads(one))
                .min(Comparator.comparingDouble(InvertedTrigger::size));
        if (smallest.isEmpty()) {
            return begun.none("None was found that leads images to many classes.", Double.NaN);
        }
        InvertedTrigger least = smallest.get();
        double standing = new Confirmation.Ratio(least, masks.ratio(least), masks.next(least.aim())).standing();
        if (standing >= limits.none()) {
            return begun.none(
                    String.format(
                            Locale.ROOT,
                            "The smallest change that makes the network wrong about most images needs %.1f pixels:"
                                    + " beside what leads to the median and to the easiest class it is %.2f (from %.2f"
                                    + " on nothing speaks of a backdoor).",
                            least.size(),
                            standing,
                            limits.none()),
                    standing);
        }
        String sentence = String.format(
                Locale.ROOT,
                "A change of %s pixels makes the network wrong about %.0f %% of images of all classes; to lead them to"
                        + " one class takes %.1f mostly, and %.1f at least.",
                least.pixels(),
                100 * least.success().value(),
                masks.median(),
                masks.median() * masks.next(least.aim()));
        String saw = sentence
                + String.format(
                        Locale.ROOT,
                        " Beside both it is %.2f (below %.2f a backdoor, from %.2f on none).",
                        standing,
                        limits.found(),
                        limits.none());
        Optional<String> natural = reference.flatMap(other -> other.natural(subject, least));
        if (natural.isPresent()) {
            return begun.none(saw + " " + natural.get(), standing);
        }
        return standing < limits.found()
                ? begun.found(sentence, saw, List.of(least), standing)
                : begun.doubt(saw, List.of(least), standing);
    }

    /** Whether it leads images kept back to about as many classes as they come from. */
    private boolean spreads(InvertedTrigger one) {
        int[] images = subject.keptCounting(one.aim());
        int[] labels = Arrays.stream(images).map(subject.kept()::label).toArray();
        int[] answers = subject.passes().answers(subject.graph(), one.on(subject.kept(), images), subject.compute());
        return subject.ofOneClass(answers) <= MOST_ALIKE * subject.ofOneClass(labels);
    }
}
