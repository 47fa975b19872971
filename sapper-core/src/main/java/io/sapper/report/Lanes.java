package io.sapper.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Lines beside rows: from each row to the next one a straight line, from each row to rows further down one line in a
 * lane of its own, from which every row that reads it branches off. Where there are not lanes enough, the last one is
 * shared.
 */
final class Lanes {
    private static final int MOST = 6;
    private static final int FIRST = 10;
    private static final int APART = 13;
    /** Of a row, in pixels; the style sheet knows it too. */
    static final int HEIGHT = 52;

    private final List<GraphRows.Row> rows;
    private final Set<Integer> marked;
    private final int[] lanes;
    private final int[] ends;
    private int most;

    Lanes(List<GraphRows.Row> rows, Set<Integer> marked) {
        this.rows = rows;
        this.marked = marked;
        lanes = new int[rows.size()];
        ends = new int[rows.size()];
        int[] free = new int[MOST + 1];
        for (int row = 0; row < rows.size(); row++) {
            int last = rows.get(row).targets().stream()
                    .mapToInt(Integer::intValue)
                    .max()
                    .orElse(row);
            ends[row] = last;
            if (last > row + 1) {
                int lane = 1;
                while (lane < MOST && free[lane] > row) {
                    lane++;
                }
                free[lane] = Math.max(free[lane], last);
                lanes[row] = lane;
                most = Math.max(most, lane);
            }
        }
    }

    /** Of every row's drawing, in pixels. */
    int width() {
        return x(most) + FIRST;
    }

    static int x(int lane) {
        return FIRST + APART * lane;
    }

    /** The lines of one row, those marked last, so that they lie on top. */
    List<GraphDrawing.Line> at(int row) {
        List<GraphDrawing.Line> lines = new ArrayList<>();
        int middle = HEIGHT / 2;
        if (row > 0 && rows.get(row - 1).targets().contains(row)) {
            lines.add(line("M%d 0V%d", row - 1, row, x(0), middle));
        }
        if (rows.get(row).targets().contains(row + 1)) {
            lines.add(line("M%d %dV%d", row, row + 1, x(0), middle, HEIGHT));
        }
        for (int from = 0; from <= row; from++) {
            if (lanes[from] > 0 && ends[from] >= row) {
                beside(lines, from, row);
            }
        }
        lines.sort((a, b) -> Boolean.compare(a.marked(), b.marked()));
        return lines;
    }

    private void beside(List<GraphDrawing.Line> lines, int from, int row) {
        int x = x(lanes[from]);
        int middle = HEIGHT / 2;
        boolean way = marked.contains(from)
                && rows.get(from).targets().stream().anyMatch(to -> to > from + 1 && to >= row && marked.contains(to));
        if (from == row) {
            lines.add(new GraphDrawing.Line(
                    path("M%d %dC%d %d %d %d %d %d", x(0), middle, x, middle, x, middle, x, HEIGHT), way));
            return;
        }
        boolean reads = rows.get(from).targets().contains(row) && row > from + 1;
        if (reads) {
            lines.add(new GraphDrawing.Line(
                    path("M%d 0C%d %d %d %d %d %d", x, x, middle, x, middle, x(0), middle),
                    marked.contains(from) && marked.contains(row)));
        }
        if (ends[from] > row) {
            lines.add(new GraphDrawing.Line(path("M%d 0V%d", x, HEIGHT), way));
        }
    }

    /** What passes by rows that are left out. */
    List<GraphDrawing.Line> past(int first, int last) {
        List<GraphDrawing.Line> lines = new ArrayList<>();
        for (int from = 0; from < first; from++) {
            if (lanes[from] > 0 && ends[from] > last) {
                lines.add(new GraphDrawing.Line(path("M%d 0V%d", x(lanes[from]), HEIGHT), false));
            }
        }
        return lines;
    }

    private GraphDrawing.Line line(String pattern, int from, int to, Object... numbers) {
        return new GraphDrawing.Line(path(pattern, numbers), marked.contains(from) && marked.contains(to));
    }

    private static String path(String pattern, Object... numbers) {
        return String.format(Locale.ROOT, pattern, numbers);
    }
}
