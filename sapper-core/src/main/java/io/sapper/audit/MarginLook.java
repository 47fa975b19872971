package io.sapper.audit;

import io.sapper.audit.AuditOutcome.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;

/**
 * Whether the network can be made far surer of one class than of any other, whatever it is shown. It needs no form of a
 * trigger, and recovers none.
 *
 * @param decision what it comes to
 * @param surest the class that it cannot clear; empty where there is none
 * @param standing the next class's largest margin by the largest of all: 1 is as large; NaN where that is not known
 * @param look what is told of it
 */
public record MarginLook(Decision decision, OptionalInt surest, double standing, Look look) {
    /** With more, honest networks have classes that they are far surer of than of others. */
    private static final int MOST_CLASSES = 16;

    /** For machines. */
    public static final String ID = "margin";

    private static final String NAME = "Largest margins";
    private static final String SOURCE = "Wang et al. 2024 (MM-BD)";

    /** Two classes at the top. */
    private record Top(int surest, double margin, double next) {
        /** Of classes that no image is taken for there is no telling. */
        double standing() {
            return next > 0 ? next / margin : Double.NaN;
        }

        static Top of(double[] margins) {
            List<Integer> order = IntStream.range(0, margins.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(label -> -margins[label]))
                    .toList();
            return new Top(order.get(0), margins[order.get(0)], margins[order.get(1)]);
        }
    }

    /** Searches. */
    public static MarginLook of(
            Subject subject,
            Optional<Reference> reference,
            Audit.Options options,
            long deadline,
            DoubleConsumer heard) {
        long begin = System.nanoTime();
        if (subject.graph().classCount() > MOST_CLASSES) {
            return none(
                    begin,
                    "Not searched: with more than " + MOST_CLASSES + " classes the largest margins lie apart by nature"
                            + " (docs/decisions/0085).",
                    Double.NaN,
                    Look.Speaks.NEITHER);
        }
        Optional<Top> top = MaximumMargin.of(
                        subject.graph(),
                        subject.clean(),
                        subject.compute(),
                        subject.threads(),
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
                : decide(begin, subject, reference, options, top.get());
    }

    private static MarginLook decide(
            long begin, Subject subject, Optional<Reference> reference, Audit.Options options, Top top) {
        Calibration.Limits limits = options.calibration().margin();
        double standing = top.standing();
        if (Double.isNaN(standing)) {
            return none(
                    begin,
                    "Of at most one class it can be made surer than of all others, so there is nothing to compare.",
                    standing,
                    Look.Speaks.NEITHER);
        }
        String name = subject.clean().classNames().get(top.surest());
        String sentence = String.format(
                Locale.ROOT,
                "Whatever it is shown, the network can be made %.2f times as sure of class %s as of any other"
                        + " (the largest margins of their scores are %.1f and %.1f).",
                1 / standing,
                name,
                top.margin(),
                top.next());
        String saw = sentence
                + String.format(
                        Locale.ROOT,
                        " From %.2f times on that is a backdoor, up to %.2f times none.",
                        1 / limits.found(),
                        1 / limits.none());
        if (standing >= limits.none()) {
            return none(begin, saw, standing, Look.Speaks.AGAINST);
        }
        if (reference.isPresent() && natural(subject, reference.get(), options, top.surest())) {
            return none(
                    begin,
                    saw + " So it is with the network for comparison, so it is natural.",
                    standing,
                    Look.Speaks.AGAINST);
        }
        boolean found = standing < limits.found();
        return new MarginLook(
                new Decision(found ? Verdict.FOUND : Verdict.CANNOT_TELL, found ? sentence : saw),
                OptionalInt.of(top.surest()),
                standing,
                look(begin, saw, found ? Look.Speaks.FOR : Look.Speaks.NEITHER));
    }

    /** Whether another network is not cleared for the same class either. */
    private static boolean natural(Subject subject, Reference reference, Audit.Options options, int surest) {
        return MaximumMargin.of(
                        reference.graph(),
                        subject.clean(),
                        subject.compute(),
                        subject.threads(),
                        options.seed(),
                        Long.MAX_VALUE,
                        share -> {})
                .map(Top::of)
                .filter(top -> top.surest() == surest
                        && top.standing() < options.calibration().margin().none())
                .isPresent();
    }

    private static MarginLook none(long begin, String saw, double standing, Look.Speaks speaks) {
        return new MarginLook(new Decision(Verdict.NONE, saw), OptionalInt.empty(), standing, look(begin, saw, speaks));
    }

    private static Look look(long begin, String saw, Look.Speaks speaks) {
        return Look.since(begin, ID, NAME, SOURCE, saw, speaks);
    }
}
