package io.sapper.audit;

import io.sapper.audit.AuditOutcome.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.DoubleConsumer;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Whether the network can be made far surer of one class than of any other, whatever it is shown. It needs no form of a
 * trigger, and recovers none. What honest networks are surest of is seldom what the smallest mask leads to, so both are
 * taken together: how the next class's largest margin stands by the largest, and how small a mask leads to that class.
 *
 * @param decision what it comes to
 * @param surest the class that it cannot clear; empty where there is none
 * @param standing the geometric mean of the next class's largest margin by the largest of all and of how the surest
 *     class's smallest mask stands beside others (1 at most): 1 is as others; NaN where that is not known
 * @param look what is told of it
 */
public record MarginLook(Decision decision, OptionalInt surest, double standing, Look look) {
    /** With more, honest networks have classes that they are far surer of than of others. */
    private static final int MOST_CLASSES = 16;

    /** From here on the next class's largest margin is as large: one honest network in nine lies below. */
    private static final double NO_LEAD = 0.9;

    /** For machines. */
    public static final String ID = "margin";

    private static final String NAME = "Largest margins";
    private static final String SOURCE = "Wang et al. 2024 (MM-BD)";

    /** Two classes at the top. */
    private record Top(int surest, double margin, double next) {
        /** How many times as sure as of the next class; only where that can be reached too. */
        double lead() {
            return margin / next;
        }

        double beside(double mask) {
            return Math.sqrt(mask / lead());
        }

        static Top of(double[] margins) {
            List<Integer> order = IntStream.range(0, margins.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(label -> -margins[label]))
                    .toList();
            return new Top(order.get(0), margins[order.get(0)], margins[order.get(1)]);
        }
    }

    /**
     * Searches.
     *
     * @param masks how the smallest mask of a class stands beside others ({@link Confirmation.Ratio#standing}); 1 where
     *     that is not known
     */
    public static MarginLook of(
            Subject subject,
            IntToDoubleFunction masks,
            Optional<Reference> reference,
            Audit.Options options,
            long deadline,
            DoubleConsumer heard) {
        long begin = System.nanoTime();
        if (subject.graph().classCount() > MOST_CLASSES) {
            return none(
                    begin,
                    "Not searched: with more than " + MOST_CLASSES
                            + " classes the largest margins lie apart by nature.",
                    Double.NaN,
                    Look.Speaks.NEITHER);
        }
        Optional<Top> top = MaximumMargin.of(
                        subject.graph(),
                        subject.clean(),
                        subject.compute(),
                        subject.threads(),
                        subject.passes(),
                        options.seed(),
                        deadline,
                        heard)
                .map(Top::of);
        return top.isEmpty()
                ? new MarginLook(
                        new Decision(
                                Verdict.CANNOT_TELL,
                                "The time (--budget) was used up before the largest margins were searched for."),
                        OptionalInt.empty(),
                        Double.NaN,
                        look(begin, "The time was used up.", Look.Speaks.NEITHER))
                : decide(begin, subject, masks, reference, options, top.get());
    }

    private static MarginLook decide(
            long begin,
            Subject subject,
            IntToDoubleFunction masks,
            Optional<Reference> reference,
            Audit.Options options,
            Top top) {
        if (top.next() <= 0) {
            return none(
                    begin,
                    "Of at most one class it can be made surer than of all others, so there is nothing to compare.",
                    Double.NaN,
                    Look.Speaks.NEITHER);
        }
        String name = subject.clean().classNames().get(top.surest());
        String sentence = String.format(
                Locale.ROOT,
                "Whatever it is shown, the network can be made %.2f times as sure of class %s as of any other"
                        + " (the largest margins of their scores are %.1f and %.1f).",
                top.lead(),
                name,
                top.margin(),
                top.next());
        if (1 / top.lead() > NO_LEAD) {
            return none(
                    begin, sentence + " A lead of less than a tenth says nothing.", top.beside(1), Look.Speaks.AGAINST);
        }
        Calibration.Limits limits = options.calibration().margin();
        double mask = Math.min(1, masks.applyAsDouble(top.surest()));
        double standing = top.beside(mask);
        String saw = sentence
                + String.format(
                        Locale.ROOT,
                        " Its smallest mask stands at %.2f beside others' (1 is as they). Together that is %.2f (below"
                                + " %.2f a backdoor, from %.2f on none).",
                        mask,
                        standing,
                        limits.found(),
                        limits.none());
        if (standing >= limits.none()) {
            return none(begin, saw, standing, Look.Speaks.AGAINST);
        }
        if (reference.isPresent() && natural(subject, reference.get(), options, top)) {
            return none(
                    begin,
                    saw + " So it is with the network for comparison, so it is natural.",
                    standing,
                    Look.Speaks.AGAINST);
        }
        boolean found = standing < limits.found();
        return new MarginLook(
                new Decision(found ? Verdict.FOUND : Verdict.CANNOT_TELL, saw),
                OptionalInt.of(top.surest()),
                standing,
                look(begin, saw, found ? Look.Speaks.FOR : Look.Speaks.NEITHER));
    }

    /** Whether another network is surest of the same class, by a lead that is this one's or more when it is squared. */
    private static boolean natural(Subject subject, Reference reference, Audit.Options options, Top own) {
        return MaximumMargin.of(
                        reference.graph(),
                        subject.clean(),
                        subject.compute(),
                        subject.threads(),
                        subject.passes(),
                        options.seed(),
                        Long.MAX_VALUE,
                        share -> {})
                .map(Top::of)
                .filter(top -> top.surest() == own.surest() && top.next() > 0)
                .filter(top -> top.lead() * top.lead() >= own.lead())
                .isPresent();
    }

    private static MarginLook none(long begin, String saw, double standing, Look.Speaks speaks) {
        return new MarginLook(new Decision(Verdict.NONE, saw), OptionalInt.empty(), standing, look(begin, saw, speaks));
    }

    private static Look look(long begin, String saw, Look.Speaks speaks) {
        return Look.since(begin, ID, NAME, SOURCE, saw, speaks);
    }
}
