package io.sapper.report;

import io.sapper.result.Outcome;
import io.sapper.result.Verdict;
import java.util.List;

/**
 * The checks of a verdict: what is not good first and always open to see; the good ones folded where there are many.
 * Public for the templates.
 *
 * @param verdict the verdict
 */
public record Checks(Verdict verdict) {
    private static final int MOST_AT_ONCE = 8;

    /** Those that stand open. */
    public List<Verdict.Check> open() {
        return folds() ? notGood() : verdict.checks();
    }

    /** Good ones, folded away; empty where all stand open. */
    public List<Verdict.Check> folded() {
        return folds()
                ? verdict.checks().stream()
                        .filter(check -> check.outcome() == Outcome.GOOD)
                        .toList()
                : List.of();
    }

    /** One line for the fold. */
    public String summary() {
        int good = folded().size();
        return notGood().isEmpty()
                ? "All " + Numbers.count(good) + " checks are good: show them"
                : "Show the " + (good == 1 ? "check that is" : Numbers.count(good) + " checks that are") + " good";
    }

    private boolean folds() {
        return verdict.checks().size() > MOST_AT_ONCE;
    }

    private List<Verdict.Check> notGood() {
        return verdict.checks().stream()
                .filter(check -> check.outcome() != Outcome.GOOD)
                .sorted((a, b) -> b.outcome().compareTo(a.outcome()))
                .toList();
    }
}
