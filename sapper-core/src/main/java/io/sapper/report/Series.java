package io.sapper.report;

import io.sapper.result.Reproduced;
import io.sapper.result.Reproduced.Measure;
import io.sapper.result.ReproducedFigures;
import io.sapper.result.ReproducedFigures.Published;
import io.sapper.result.Results;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers of ours along a setting, beside a paper's, as the page's chart takes them: means as lines, the lowest and the
 * highest as a band. Public for the templates.
 *
 * @param variable the setting
 * @param lines one for each network and figure
 * @param errors whether they are errors, whose small values matter, and not shares of 100 %
 */
public record Series(String variable, List<Line> lines, boolean errors) {
    /** A number, then what all have in common: {@code 33 % backdoored}. */
    private static final Pattern NUMBERED = Pattern.compile("(\\d+(?:\\.\\d+)?) ?(\\D.*)");

    private static final int LEAST_SPOTS = 3;

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
     * A series.
     *
     * @param name of network and figure
     * @param ours of ours
     * @param paper of the paper's
     */
    public record Line(String name, List<Spot> ours, List<Spot> paper) {}

    /** Of figures that say where in a series they stand; empty where none does. */
    static Optional<Series> of(ReproducedFigures reproduced) {
        String variable = reproduced.variable();
        if (variable == null) {
            return Optional.empty();
        }
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
                    .map(Series::spot)
                    .toList();
            lines.add(new Line(key.get(0) + ", " + key.get(1), inSeries(ours), inSeries(paper)));
        }
        lines.removeIf(line -> line.ours().isEmpty());
        return lines.stream().anyMatch(line -> line.ours().size() > 1)
                ? Optional.of(new Series(variable, List.copyOf(lines), false))
                : Optional.empty();
    }

    /**
     * Of networks that are named by a number, such as {@code 33 % backdoored}: their errors along it; empty where the
     * networks are not named so, or are fewer than three.
     */
    static Optional<Series> of(Reproduced reproduced) {
        List<Reproduced.Mean> means = reproduced.means();
        List<Matcher> names =
                means.stream().map(mean -> NUMBERED.matcher(mean.what())).toList();
        if (names.size() < LEAST_SPOTS
                || !names.stream().allMatch(Matcher::matches)
                || names.stream().map(name -> name.group(2)).distinct().count() != 1) {
            return Optional.empty();
        }
        List<Line> lines = new ArrayList<>(List.of(errors(
                reproduced,
                Measure.CLEAN_ERROR,
                mean -> new Spot(
                        number(mean.what()),
                        1 - mean.cleanAccuracy(),
                        1 - mean.mostCleanAccuracy(),
                        1 - mean.worstCleanAccuracy()))));
        if (means.stream().anyMatch(mean -> Double.isFinite(mean.attackSuccessRate()))) {
            lines.add(errors(
                    reproduced,
                    Measure.BACKDOOR_ERROR,
                    mean -> new Spot(
                            number(mean.what()),
                            1 - mean.attackSuccessRate(),
                            1 - mean.mostAttackSuccessRate(),
                            1 - mean.leastAttackSuccessRate())));
        }
        lines.removeIf(line -> line.ours().isEmpty());
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new Series(names.get(0).group(2), List.copyOf(lines), true));
    }

    private static Line errors(Reproduced reproduced, Measure measure, Function<Reproduced.Mean, Spot> placing) {
        List<Spot> paper = reproduced.published().stream()
                .filter(one ->
                        one.measure() == measure && NUMBERED.matcher(one.what()).matches())
                .map(one -> new Spot(number(one.what()), one.value(), one.value(), one.value()))
                .toList();
        List<Spot> ours = reproduced.means().stream()
                .map(placing)
                .filter(spot -> Double.isFinite(spot.mean()))
                .toList();
        return new Line(measure.words(), inSeries(ours), inSeries(paper));
    }

    private static double number(String name) {
        Matcher numbered = NUMBERED.matcher(name);
        return numbered.matches() ? Double.parseDouble(numbered.group(1)) : Double.NaN;
    }

    private static Spot spot(Published one) {
        return new Spot(one.at(), one.value(), one.value(), one.value());
    }

    private static List<Spot> inSeries(List<Spot> spots) {
        return spots.stream()
                .filter(spot -> Double.isFinite(spot.at()))
                .sorted(Comparator.comparingDouble(Spot::at))
                .toList();
    }

    /** The lines, for the page's script. */
    public String json() {
        return Results.toJson(lines).strip();
    }

    /** What is drawn upward, for the page's script. */
    public String up() {
        return errors ? "errors" : "shares";
    }

    /** Whether seeds differ, so that there are bands. */
    public boolean banded() {
        return lines.stream().flatMap(line -> line.ours().stream()).anyMatch(spot -> spot.least() < spot.most());
    }

    /** For those who cannot see the chart. */
    public String summary() {
        StringBuilder summary = new StringBuilder("Line chart along " + variable + ", ours beside the paper’s.");
        for (Line line : lines) {
            summary.append(" ").append(line.name()).append(": ours from ");
            summary.append(words(line.ours(), 0)).append(" to ");
            summary.append(words(line.ours(), line.ours().size() - 1)).append(".");
        }
        return summary.toString();
    }

    private static String words(List<Spot> spots, int place) {
        return Numbers.percent(spots.get(place).mean()) + " at "
                + FigureComparison.at(spots.get(place).at());
    }
}
