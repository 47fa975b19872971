package io.sapper.report;

import io.sapper.result.Outcome;
import io.sapper.result.RunTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The runs of a sweep as the rows of a table. Public for the templates.
 *
 * @param table all of them
 */
public record RunRows(RunTable table) {
    private static final int MOST_FIGURES = 8;

    /**
     * A cell.
     *
     * @param column its heading
     * @param text what it says
     * @param value what the page's script sorts by, a number where it is one; empty where there is none
     * @param words whether it is text, and stands at the left
     */
    public record Cell(String column, String text, String value, boolean words) {}

    /** Headings, after that of the name. */
    public List<Cell> headings() {
        List<Cell> headings = new ArrayList<>();
        table.settings().forEach(name -> headings.add(new Cell(name, name, "", true)));
        headings.add(new Cell("Verdict", "Verdict", "", true));
        shown().forEach(place -> headings.add(
                new Cell(table.figures().get(place), table.figures().get(place), "", false)));
        headings.add(new Cell("Seconds", "Seconds", "", false));
        return headings;
    }

    private List<Integer> shown() {
        return IntStream.range(0, Math.min(MOST_FIGURES, table.figures().size()))
                .boxed()
                .toList();
    }

    /** How many figures the table has no room for. */
    public int hidden() {
        return table.figures().size() - shown().size();
    }

    /** The cells of a run, after that of its name. */
    public List<Cell> cells(RunTable.Run run) {
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < table.settings().size(); i++) {
            String value = run.values().get(i);
            cells.add(new Cell(table.settings().get(i), value, value, true));
        }
        String state = state(run);
        cells.add(new Cell("Verdict", state, state, true));
        for (int place : shown()) {
            double figure = run.figures().get(place);
            cells.add(new Cell(
                    table.figures().get(place),
                    Double.isFinite(figure) ? Numbers.percent(figure) : "",
                    Double.isFinite(figure) ? String.format(Locale.ROOT, "%.9f", figure) : "",
                    false));
        }
        cells.add(new Cell(
                "Seconds",
                Double.isFinite(run.seconds()) ? Numbers.seconds(run.seconds()) : "",
                Double.isFinite(run.seconds()) ? String.format(Locale.ROOT, "%.3f", run.seconds()) : "",
                false));
        return cells;
    }

    private static String state(RunTable.Run run) {
        Outcome outcome = run.outcome();
        if (outcome != null) {
            return Numbers.word(outcome);
        }
        return run.isFailed() ? "Failed" : "To be run";
    }

    /** One sentence on how many there are. */
    public String lead() {
        long finished = table.runs().stream().filter(RunTable.Run::isFinished).count();
        long failed = table.runs().stream().filter(RunTable.Run::isFailed).count();
        return Numbers.count(table.runs().size()) + (table.runs().size() == 1 ? " run, " : " runs, ")
                + Numbers.count(finished) + " finished" + (failed > 0 ? ", " + Numbers.count(failed) + " failed" : "")
                + ". Each is a command that does the same when it is typed; its own result lies beside this page in"
                + " runs, by its name.";
    }

    /** Whether there is something to draw: some runs, and a figure. */
    public boolean charted() {
        return table.runs().stream().filter(RunTable.Run::isFinished).count() > 1
                && !table.figures().isEmpty()
                && !table.settings().isEmpty();
    }

    /** Runs that failed. */
    public List<RunTable.Run> failed() {
        return table.runs().stream().filter(RunTable.Run::isFailed).toList();
    }
}
