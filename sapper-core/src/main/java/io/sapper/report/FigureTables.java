package io.sapper.report;

import io.sapper.result.ReproducedFigures.Mean;
import io.sapper.result.ReproducedFigures.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Figures as tables, a line for each, with the networks beside each other. A figure whose name ends in that of another
 * network, {@code signs found (bomb)}, has columns of its own: the network under the trigger of that other one. Public
 * for the templates.
 *
 * @param tables one for all figures that are of the same networks
 */
public record FigureTables(List<Table> tables) {
    /**
     * A column.
     *
     * @param network which network
     * @param under the network whose trigger it was shown; empty where that is its own, or there is none
     */
    public record Column(String network, String under) {
        /** For people, for example {@code honest (bomb)}. */
        public String label() {
            return under.isEmpty() ? network : network + " (" + under + ")";
        }
    }

    /**
     * A line.
     *
     * @param figure its name
     * @param cells by column
     */
    public record Line(String figure, Map<Column, Mean> cells) {}

    /** Figures of the same networks. */
    public record Table(List<Column> columns, List<Line> lines) {}

    /** Of figures that stand in no series. */
    static FigureTables of(FigureComparison comparison) {
        List<String> networks = comparison.reproduced().rows().stream()
                .map(Row::what)
                .distinct()
                .toList();
        Map<String, Map<Column, Mean>> lines = new LinkedHashMap<>();
        for (Mean mean : comparison.reproduced().means()) {
            Optional<String> under = under(mean.figure(), networks);
            String figure = under.map(
                            name -> mean.figure().substring(0, mean.figure().length() - name.length() - " ()".length()))
                    .orElse(mean.figure());
            lines.computeIfAbsent(figure, unused -> new LinkedHashMap<>())
                    .put(new Column(mean.what(), under.orElse("")), mean);
        }
        Comparator<Column> order = Comparator.comparingInt(
                        (Column column) -> networks.indexOf(column.under.isEmpty() ? column.network : column.under))
                .thenComparingInt(column -> networks.indexOf(column.network));
        Map<Set<Column>, List<Line>> tables = new LinkedHashMap<>();
        lines.forEach((figure, cells) -> tables.computeIfAbsent(cells.keySet(), unused -> new ArrayList<>())
                .add(new Line(figure, cells)));
        return new FigureTables(tables.entrySet().stream()
                .map(entry -> new Table(sorted(entry.getKey(), order), entry.getValue()))
                .toList());
    }

    private static List<Column> sorted(Set<Column> columns, Comparator<Column> order) {
        return columns.stream().sorted(order).toList();
    }

    private static Optional<String> under(String figure, List<String> networks) {
        return networks.stream()
                .filter(name -> figure.endsWith(" (" + name + ")"))
                .findFirst();
    }

    /** Whether any network was shown a trigger that is another's. */
    public boolean shown() {
        return tables.stream().flatMap(table -> table.columns().stream()).anyMatch(column -> !column.under()
                .isEmpty());
    }

    /** How many networks each mean is of, for example {@code 5} or {@code 3 to 5}. */
    public String networks() {
        TreeSet<Integer> counts = tables.stream()
                .flatMap(table -> table.lines().stream())
                .flatMap(line -> line.cells().values().stream())
                .map(Mean::networks)
                .filter(count -> count > 0)
                .collect(Collectors.toCollection(TreeSet::new));
        return counts.isEmpty()
                ? "0"
                : Stream.of(counts.first(), counts.last())
                        .distinct()
                        .map(Numbers::count)
                        .collect(Collectors.joining(" to "));
    }

    /** Whether any is of more than one. */
    public boolean several() {
        return !networks().equals("1") && !networks().equals("0");
    }
}
