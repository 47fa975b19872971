package io.sapper.report;

import io.sapper.result.ReproducedFigures;
import io.sapper.result.ReproducedFigures.Beside;
import io.sapper.result.ReproducedFigures.Figure;
import io.sapper.result.ReproducedFigures.Mean;
import io.sapper.result.ReproducedFigures.Row;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A paper's figures beside ours, as the page words and draws them. Public for the templates.
 *
 * @param reproduced what was run again
 */
public record FigureComparison(ReproducedFigures reproduced) {
    private static final int MOST_OPEN = 30;
    private static final int MOST_PRINTED = 130;
    private static final int MOST_BESIDE = 6;

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
                : "Each of the paper’s numbers, and the same of our networks beside it: the mean over seeds, and from the"
                        + " lowest to the highest.";
    }

    /** The numbers along a setting; empty where there is none. */
    public Optional<Series> series() {
        return Series.of(reproduced);
    }

    /** Where in the series; empty where it stands in none. */
    public static String at(double at) {
        return Double.isFinite(at) ? PhotographView.number(at) : "";
    }

    /** From the lowest to the highest of our networks; empty where there is one at most. */
    public static String range(Mean mean) {
        return mean.networks() < 2
                ? ""
                : Numbers.percent(mean.least()).replace("\u00a0%", "") + "–" + Numbers.percent(mean.most());
    }

    /** Means of ours that stand beside none of the paper's. */
    public List<Mean> alone() {
        List<Beside> beside = reproduced.beside();
        return reproduced.means().stream()
                .filter(mean -> beside.stream().noneMatch(both -> both.ours().equals(mean)))
                .toList();
    }

    /** All figures as tables, networks beside each other; of figures that stand in no series. */
    public FigureTables tables() {
        return FigureTables.of(this);
    }

    /** All seeds, in groups that fit beside each other. */
    public List<List<Long>> seeds() {
        List<Long> all = reproduced.rows().stream().map(Row::seed).distinct().toList();
        return IntStream.range(0, (all.size() + MOST_BESIDE - 1) / MOST_BESIDE)
                .mapToObj(group -> all.subList(group * MOST_BESIDE, Math.min(all.size(), (group + 1) * MOST_BESIDE)))
                .toList();
    }

    /** A kind's figure of one seed: one, unless that seed has several rows of the kind. */
    public List<Figure> of(Mean mean, long seed) {
        return reproduced.rows().stream()
                .filter(row -> row.seed() == seed && row.what().equals(mean.what()))
                .filter(row -> Double.compare(row.at(), mean.at()) == 0)
                .flatMap(row -> row.figures().stream())
                .filter(figure -> figure.name().equals(mean.figure()))
                .toList();
    }

    /** Rows with a note. */
    public List<Row> noted() {
        return reproduced.rows().stream().filter(row -> !row.note().isEmpty()).toList();
    }

    /** Whether the numbers one by one are too many to stand open. */
    public boolean folds() {
        return lines(reproduced.means().size()) > MOST_OPEN;
    }

    /** Whether they are few enough for paper. */
    public boolean printed() {
        return lines(reproduced.means().size()) <= MOST_PRINTED;
    }

    private long lines(int means) {
        return (long) means * seeds().size();
    }
}
