package io.sapper.result;

import java.util.List;

/**
 * What a run comes to, and why.
 *
 * @param outcome the worst of the checks
 * @param sentence one or two plain sentences
 * @param checks what was looked at, with the limits that were used
 */
public record Verdict(Outcome outcome, String sentence, List<Check> checks) {
    public Verdict {
        Parts.present(outcome, "outcome");
        Parts.present(sentence, "sentence");
        checks = Parts.list(checks, "checks");
    }

    /**
     * One thing that was looked at.
     *
     * @param what for example {@code attack success after the repair}
     * @param measured with its interval where it has one, for people
     * @param wanted the limit, and the option that sets it
     * @param outcome of this check alone
     */
    public record Check(String what, String measured, String wanted, Outcome outcome) {
        public Check {
            Parts.present(what, "what");
            Parts.present(measured, "measured");
            Parts.present(wanted, "wanted");
            Parts.present(outcome, "outcome");
        }
    }
}
