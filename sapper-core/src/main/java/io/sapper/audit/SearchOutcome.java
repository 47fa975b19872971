package io.sapper.audit;

import io.sapper.audit.AuditOutcome.Verdict;
import java.util.List;

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
