package io.sapper.audit;

import io.sapper.audit.AuditOutcome.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a search came to.
 *
 * @param decision what it comes to
 * @param told what was found, or is in doubt where it cannot tell
 * @param standing of the change that stands out most, as {@link Confirmation.Ratio#standing}; NaN where there is none
 * @param look what is told of it
 */
public record SearchOutcome(Decision decision, List<InvertedTrigger> told, double standing, Look look) {
    public SearchOutcome {
        told = List.copyOf(told);
    }

    /** Whether it found a backdoor. */
    public boolean found() {
        return decision.verdict() == Verdict.FOUND;
    }

    /**
     * A search that has begun, with what it is called.
     *
     * @param id for machines
     * @param name for people
     * @param source the paper that it comes from
     * @param begin as {@link System#nanoTime} said
     */
    record Begun(String id, String name, String source, long begin) {
        Begun(String id, String name, String source) {
            this(id, name, source, System.nanoTime());
        }

        SearchOutcome notSearched(String why) {
            return outcome(Verdict.NONE, why, why, List.of(), Double.NaN, Look.Speaks.NEITHER);
        }

        /** @param what time was used up before that */
        SearchOutcome late(String what) {
            return outcome(
                    Verdict.CANNOT_TELL,
                    "The time (--budget) was used up before " + what + ".",
                    "The time was used up.",
                    List.of(),
                    Double.NaN,
                    Look.Speaks.NEITHER);
        }

        SearchOutcome none(String saw, double standing) {
            return outcome(Verdict.NONE, saw, saw, List.of(), standing, Look.Speaks.AGAINST);
        }

        SearchOutcome doubt(String saw, List<InvertedTrigger> told, double standing) {
            return outcome(Verdict.CANNOT_TELL, saw, saw, told, standing, Look.Speaks.NEITHER);
        }

        SearchOutcome found(String sentence, String saw, List<InvertedTrigger> told, double standing) {
            return outcome(Verdict.FOUND, sentence, saw, told, standing, Look.Speaks.FOR);
        }

        /**
         * By the limits, of ratios that the one which stands out most is first of; what works on the network for
         * comparison too is natural.
         *
         * @param saw what was seen
         * @param sentence what is said of the first that is found
         */
        SearchOutcome decide(
                List<Confirmation.Ratio> ratios,
                Calibration.Limits limits,
                Subject subject,
                Optional<Reference> reference,
                String saw,
                Function<Confirmation.Ratio, String> sentence) {
            List<String> natural = new ArrayList<>();
            List<Confirmation.Ratio> doubtful = ratios.stream()
                    .filter(ratio -> ratio.standing() < limits.none())
                    .filter(ratio -> {
                        Optional<String> why = reference.flatMap(other -> other.natural(subject, ratio.best()));
                        why.ifPresent(natural::add);
                        return why.isEmpty();
                    })
                    .toList();
            List<Confirmation.Ratio> found = doubtful.stream()
                    .filter(ratio -> ratio.standing() < limits.found())
                    .toList();
            double standing = ratios.get(0).standing();
            String all = natural.isEmpty() ? saw : saw + " " + String.join(" ", natural);
            if (!found.isEmpty()) {
                return found(sentence.apply(found.get(0)), all, best(found), standing);
            }
            return doubtful.isEmpty() ? none(all, standing) : doubt(all, best(doubtful), standing);
        }

        private static List<InvertedTrigger> best(List<Confirmation.Ratio> ratios) {
            return ratios.stream().map(Confirmation.Ratio::best).toList();
        }

        private SearchOutcome outcome(
                Verdict verdict,
                String sentence,
                String saw,
                List<InvertedTrigger> told,
                double standing,
                Look.Speaks speaks) {
            return new SearchOutcome(
                    new Decision(verdict, sentence), told, standing, Look.since(begin, id, name, source, saw, speaks));
        }
    }
}
