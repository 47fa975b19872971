package io.sapper.cli;

import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBarRenderer;
import me.tongfei.progressbar.ProgressState;

/**
 * One line that says how far something is: name, share done, bar, rate, time left. The library's own line leaves no
 * room for the bar on a terminal of 80 columns.
 *
 * @param unit what is counted
 */
record BarText(Unit unit) implements ProgressBarRenderer {
    private static final int SMALLEST_BAR = 5;

    /** What a bar counts. */
    enum Unit {
        IMAGES,
        BYTES,
        /** Of a sweep, which says itself how long it will take: many go on at once. */
        RUNS
    }

    @Override
    public String render(ProgressState state, int width) {
        return line(
                state.getTaskName(),
                state.getCurrent(),
                state.isIndefinite() ? -1 : state.getMax(),
                state.getCurrent() - state.getStart(),
                state.getElapsedAfterStart(),
                String.valueOf(state.getExtraMessage()),
                width);
    }

    /**
     * The line, never longer than {@code width}, and as long as that wherever there is a bar.
     *
     * @param total -1 if unknown
     * @param now how much of {@code done} was done in {@code elapsed}; the rest is from before a resumption
     * @param extra more to say, empty for nothing; left out where there is no room
     */
    String line(String name, long done, long total, long now, Duration elapsed, String extra, int width) {
        String left = total <= 0 ? name : String.format(Locale.ROOT, "%s %3d %%", name, 100 * done / total);
        String right = unit == Unit.RUNS
                ? done + " of " + total + " runs"
                : amount(done, total) + rate(now, elapsed) + time(done, total, now, elapsed);
        String full = extra.isEmpty() ? right : right + ", " + extra;
        String told = left.length() + full.length() + SMALLEST_BAR + 4 <= width ? full : right;
        int room = width - left.length() - told.length() - 4;
        String text = total <= 0 || room < SMALLEST_BAR
                ? left + " " + told
                : left + " [" + bar(done, total, room) + "] " + told;
        return text.length() <= width ? text : text.substring(0, Math.max(0, width));
    }

    /** Bytes as people read them: {@code 9.9 MB}, {@code 29 kB}. */
    static String bytes(long count) {
        return count < 1e6
                ? String.format(Locale.ROOT, "%.0f kB", count / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", count / 1e6);
    }

    private static String bar(long done, long total, int room) {
        int full = (int) Math.min(room, room * done / total);
        return "=".repeat(full) + " ".repeat(room - full);
    }

    private String amount(long done, long total) {
        if (unit == Unit.IMAGES) {
            return "";
        }
        return (total > done ? bytes(done) + " of " + bytes(total) : bytes(done)) + ", ";
    }

    private String rate(long now, Duration elapsed) {
        double seconds = Math.max(1e-3, elapsed.toMillis() / 1e3);
        return unit == Unit.IMAGES ? images(now / seconds) : bytes(Math.round(now / seconds)) + "/s";
    }

    /** How fast images go by; slow ones with a digit behind the point, or a large network would have none. */
    static String images(double perSecond) {
        return String.format(
                Locale.ROOT, perSecond > 0 && perSecond < 9.95 ? "%.1f images/s" : "%.0f images/s", perSecond);
    }

    private static String time(long done, long total, long now, Duration elapsed) {
        if (done >= total) {
            return total <= 0 ? "" : ", in " + clock(elapsed.toSeconds());
        }
        return now <= 0 ? "" : ", " + clock(Math.round(elapsed.toMillis() / 1e3 / now * (total - done))) + " left";
    }

    /** Minutes and seconds, or hours too. */
    static String clock(long seconds) {
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
