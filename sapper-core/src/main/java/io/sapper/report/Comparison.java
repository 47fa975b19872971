package io.sapper.report;

import io.sapper.result.Reproduced;
import java.util.Objects;
import java.util.Optional;

/**
 * Published numbers beside ours, as the page words them. Public for the templates.
 *
 * @param reproduced what was run again
 */
public record Comparison(Reproduced reproduced) {
    private static final int MOST_OPEN = 30;
    private static final int MOST_PRINTED = 130;

    /** Whether anything was done otherwise than the paper did. */
    public boolean deviates() {
        return !reproduced.deviations().isEmpty();
    }

    /** Stands behind each of our numbers that are not of the paper's setting; else nothing. */
    public String dagger() {
        return deviates() ? "\u00a0†" : "";
    }

    /** What the reader should know of the table. */
    public String lead() {
        return reproduced.published().isEmpty()
                ? "The paper has no number for this, so ours stand alone."
                : "Each of the paper’s numbers, and the same of our networks beside it.";
    }

    /** The errors along a number that names the networks; empty where none does. */
    public Optional<Series> series() {
        return Series.of(reproduced);
    }

    /** Which networks a number is of. */
    public String what(Reproduced.Beside both) {
        return both.published().what().isEmpty() ? "all" : both.published().what();
    }

    /** Whether there are several networks of a kind, so that means say more than the rows. */
    public boolean repeats() {
        return reproduced.means().size() < reproduced.rows().size();
    }

    public boolean attacked() {
        return reproduced.rows().stream().map(Reproduced.Row::attackSuccessRate).anyMatch(Objects::nonNull);
    }

    public boolean noted() {
        return reproduced.rows().stream().anyMatch(row -> !row.note().isEmpty());
    }

    /** Whether the rows are too many to stand open. */
    public boolean folds() {
        return reproduced.rows().size() > MOST_OPEN;
    }

    /** Whether they are few enough for paper. */
    public boolean printed() {
        return reproduced.rows().size() <= MOST_PRINTED;
    }
}
