package io.sapper.report;

import io.sapper.result.HeatMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A heat map as coloured cells, ours and the paper's on one scale. Public for the templates.
 *
 * @param map the numbers
 */
public record HeatCells(HeatMap map) {
    private static final int[] NOTHING = {0xff, 0xf7, 0xec};
    private static final int[] MOST = {0xe3, 0x6b, 0x1e}; // dark letters stay legible on it

    /**
     * A cell.
     *
     * @param text its number in percent, without the zero before the point, as the paper prints it
     * @param style CSS: its colour; empty where it has no number
     * @param range the lowest and the highest of all seeds, for whoever points at it; empty where there is one or none
     */
    public record Cell(String text, String style, String range) {}

    /**
     * One of the tables.
     *
     * @param title whose numbers
     * @param cells row by row
     */
    public record Panel(String title, List<List<Cell>> cells) {}

    /** The paper's, where it has any, then ours. */
    public List<Panel> panels() {
        List<Panel> panels = new ArrayList<>();
        if (!map.paper().isEmpty()) {
            panels.add(new Panel("Paper (" + map.sureness() + ")", cells(true)));
        }
        int seeds = map.seeds();
        panels.add(new Panel(seeds == 1 ? "Ours, one seed" : "Ours, mean of " + seeds + " seeds", cells(false)));
        return panels;
    }

    private List<List<Cell>> cells(boolean paper) {
        List<List<Cell>> rows = new ArrayList<>();
        for (int row = 0; row < map.rows().size(); row++) {
            List<Cell> cells = new ArrayList<>();
            for (int column = 0; column < map.columns().size(); column++) {
                double number = paper ? map.published(row, column) : map.mean(row, column);
                cells.add(new Cell(
                        text(number),
                        style(number),
                        paper ? "" : range(map.ours().get(row).get(column))));
            }
            rows.add(cells);
        }
        return rows;
    }

    private static String text(double number) {
        return Double.isFinite(number)
                ? String.format(Locale.ROOT, "%.2f", 100 * number).replaceFirst("^0(?=\\.)", "")
                : "–";
    }

    private String style(double number) {
        if (!Double.isFinite(number)) {
            return "";
        }
        double share = map.largest() > 0 ? Math.max(0, number) / map.largest() : 0;
        StringBuilder colour = new StringBuilder("background:#");
        for (int i = 0; i < 3; i++) {
            colour.append(String.format(Locale.ROOT, "%02x", Math.round(NOTHING[i] + share * (MOST[i] - NOTHING[i]))));
        }
        return colour.toString();
    }

    private static String range(List<Double> seeds) {
        double least = seeds.stream().mapToDouble(value -> value).min().orElse(Double.NaN);
        double most = seeds.stream().mapToDouble(value -> value).max().orElse(Double.NaN);
        return seeds.size() > 1 ? text(least) + " to " + text(most) : "";
    }

    /** What of our cells is worth a sentence. */
    public String summary() {
        List<Double> all = map.ours().stream()
                .flatMap(List::stream)
                .flatMap(List::stream)
                .filter(Double::isFinite)
                .toList();
        double mean = all.stream().mapToDouble(value -> value).average().orElse(Double.NaN);
        double most = all.stream().mapToDouble(value -> value).max().orElse(Double.NaN);
        long none = all.stream().filter(value -> value == 0).count();
        return "Of our " + Numbers.count(all.size()) + " numbers " + Numbers.count(none) + " are 0; their mean is "
                + Numbers.percent(mean) + ", the largest " + Numbers.percent(most) + ".";
    }
}
