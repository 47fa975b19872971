package io.sapper.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A heat map or table of a paper, cell by cell, run again: a number in each cell, and the paper's in the same cell of
 * another (BadNets, figure 4 and table 2).
 *
 * @param title what all cells are of, unique in a result, for example {@code single pixel, backdoor error}
 * @param down what the rows are, for example {@code true digit}
 * @param across what the columns are
 * @param rows their names, from the top
 * @param columns their names, from the left
 * @param ours of each row and column, fractions: one for each seed, none where there is nothing to measure
 * @param paper the paper's, row by row; NaN where it has none in a cell, an empty list where it has none at all
 * @param sureness of the paper's numbers, {@code confirmed} or {@code from memory}; absent where there are none
 */
public record HeatMap(
        String title,
        String down,
        String across,
        List<String> rows,
        List<String> columns,
        List<List<List<Double>>> ours,
        List<List<Double>> paper,
        @Nullable String sureness)
        implements Finding {
    public HeatMap {
        Parts.present(title, "title");
        Parts.present(down, "down");
        Parts.present(across, "across");
        rows = Parts.list(rows, "rows");
        columns = Parts.list(columns, "columns");
        ours = Parts.list(ours, "ours").stream()
                .map(row -> row.stream().map(List::copyOf).toList())
                .toList();
        paper = Parts.list(paper, "paper").stream().map(List::copyOf).toList();
        check(ours, rows.size(), columns.size(), "ours");
        if (!paper.isEmpty()) {
            check(paper, rows.size(), columns.size(), "the paper's");
            Parts.present(sureness, "sureness");
        }
    }

    /** Numbers as a paper prints them, in percent, as fractions. */
    public static List<List<Double>> percent(double[][] printed) {
        return Arrays.stream(printed)
                .map(row ->
                        Arrays.stream(row).map(number -> number / 100).boxed().toList())
                .toList();
    }

    private static <T> void check(List<List<T>> cells, int rows, int columns, String whose) {
        if (cells.size() != rows || cells.stream().anyMatch(row -> row.size() != columns)) {
            throw new IllegalArgumentException(
                    "A heat map of " + rows + " x " + columns + " has other cells, " + whose + ".");
        }
    }

    /** The same with the numbers of further seeds behind these. */
    public HeatMap and(HeatMap more) {
        if (!rows.equals(more.rows) || !columns.equals(more.columns)) {
            throw new IllegalArgumentException(
                    "The heat maps " + title + " and " + more.title + " are of other cells.");
        }
        List<List<List<Double>>> all = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            List<List<Double>> cells = new ArrayList<>();
            for (int column = 0; column < columns.size(); column++) {
                List<Double> cell = new ArrayList<>(ours.get(row).get(column));
                cell.addAll(more.ours.get(row).get(column));
                cells.add(cell);
            }
            all.add(cells);
        }
        return new HeatMap(title, down, across, rows, columns, all, paper, sureness);
    }

    /** The mean over seeds; NaN where there is nothing. */
    public double mean(int row, int column) {
        return ours.get(row).get(column).stream()
                .mapToDouble(value -> value)
                .average()
                .orElse(Double.NaN);
    }

    /** The paper's number; NaN where it has none. */
    public double published(int row, int column) {
        return paper.isEmpty() ? Double.NaN : paper.get(row).get(column);
    }

    /** How many seeds the means are of, at most. */
    public int seeds() {
        return ours.stream().flatMap(List::stream).mapToInt(List::size).max().orElse(0);
    }

    /** The largest number in any cell, ours or the paper's; 0 where there is none. */
    public double largest() {
        return IntStream.range(0, rows.size())
                .boxed()
                .flatMap(row -> IntStream.range(0, columns.size())
                        .boxed()
                        .flatMap(column -> List.of(mean(row, column), published(row, column)).stream()))
                .filter(Double::isFinite)
                .mapToDouble(value -> value)
                .max()
                .orElse(0);
    }
}
