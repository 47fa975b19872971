package io.sapper.report;

import io.sapper.result.ReproducedFigures;
import io.sapper.result.ReproducedFigures.Beside;
import io.sapper.result.ReproducedFigures.Figure;
import io.sapper.result.ReproducedFigures.Mean;
import io.sapper.result.ReproducedFigures.Published;
import io.sapper.result.ReproducedFigures.Row;
import io.sapper.result.Results;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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

    /**
     * A number in a series.
     *
     * @param at where
     * @param mean a fraction
     * @param least of any network
     * @param most of any network
     */
    public record Spot(double at, double mean, double least, double most) {}

    /**
     * A series for the page's script.
     *
     * @param name of network and figure
     * @param ours of ours
     * @param paper of the paper's
     */
    public record Line(String name, List<Spot> ours, List<Spot> paper) {}

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

    /** Whether the numbers are a series. */
    public boolean series() {
        return reproduced.variable() != null
                && lines().stream().anyMatch(line -> line.ours().size() > 1);
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

    /** The series, one for each network and figure. */
    public List<Line> lines() {
        Set<List<String>> keys = new LinkedHashSet<>();
        reproduced.means().forEach(mean -> keys.add(List.of(mean.what(), mean.figure())));
        List<Line> lines = new ArrayList<>();
        for (List<String> key : keys) {
            List<Spot> ours = reproduced.means().stream()
                    .filter(mean ->
                            mean.what().equals(key.get(0)) && mean.figure().equals(key.get(1)))
                    .map(mean -> new Spot(mean.at(), mean.mean(), mean.least(), mean.most()))
                    .toList();
            List<Spot> paper = reproduced.published().stream()
                    .filter(one -> one.what().equals(key.get(0)) && one.figure().equals(key.get(1)))
                    .map(FigureComparison::spot)
                    .toList();
            lines.add(new Line(key.get(0) + ", " + key.get(1), inSeries(ours), inSeries(paper)));
        }
        return lines.stream().filter(line -> !line.ours().isEmpty()).toList();
    }

    private static Spot spot(Published one) {
        return new Spot(one.at(), one.value(), one.value(), one.value());
    }

    private static List<Spot> inSeries(List<Spot> spots) {
        return spots.stream()
                .filter(spot -> Double.isFinite(spot.at()))
                .sorted((a, b) -> Double.compare(a.at(), b.at()))
                .toList();
    }

    /** The same, for the page's script. */
    public String linesJson() {
        return Results.toJson(lines()).strip();
    }

    /** For those who cannot see the chart. */
    public String summary() {
        StringBuilder summary =
                new StringBuilder("Line chart along " + reproduced.variable() + ", ours beside the" + " paper’s.");
        for (Line line : lines()) {
            Spot first = line.ours().get(0);
            Spot last = line.ours().get(line.ours().size() - 1);
            summary.append(" ").append(line.name()).append(": ours from ");
            summary.append(Numbers.percent(first.mean()))
                    .append(" at ")
                    .append(at(first.at()))
                    .append(" to ");
            summary.append(Numbers.percent(last.mean()))
                    .append(" at ")
                    .append(at(last.at()))
                    .append(".");
        }
        return summary.toString();
    }
}
