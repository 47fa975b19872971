package io.sapper.cli;

import io.sapper.sweep.PlannedRun;
import io.sapper.sweep.RunOutcome;
import io.sapper.sweep.SweepFolder;
import io.sapper.sweep.SweepListener;
import java.util.Locale;

/** A sweep as people watch it: a line for each run that ends, and on a terminal one bar for all of it. */
final class SweepProgress implements SweepListener {
    private final Console console;
    private final long begin = System.nanoTime();
    private int total;
    private int before;
    private int done;
    private int failed;

    SweepProgress(Console console) {
        this.console = console;
    }

    @Override
    public void changed(String sentence) {
        console.warning(sentence);
    }

    @Override
    public void begins(SweepFolder.State state, int pending) {
        total = state.plan().runs().size();
        before = total - pending;
        done = before;
        state.broken().forEach(problem -> console.warning("Not whole, run again: " + problem));
        int there = state.finished().size();
        int given = before - there;
        console.message(total + (total == 1 ? " run" : " runs") + (there > 0 ? ", " + there + " there already" : "")
                + (given > 0 ? ", " + given + " failed before (--retry tries again)" : "") + ".");
        console.runs(done, total, "");
    }

    @Override
    public void finished(PlannedRun run, RunOutcome outcome) {
        done++;
        if (!outcome.finished()) {
            failed++;
        }
        String left = left();
        console.message(String.format(Locale.ROOT, "[%d/%d] %s: ", done, total, run.name())
                + (outcome.finished() ? "done in " + seconds(outcome.seconds()) : "FAILED: " + outcome.reason())
                + (left.isEmpty() || console.isTerminal() ? "" : "; " + left));
        console.runs(done, total, (failed > 0 ? failed + " failed, " : "") + left);
    }

    private static String seconds(double seconds) {
        return seconds < 100
                ? String.format(Locale.ROOT, "%.1f s", seconds)
                : BarText.clock(Math.round(seconds)) + (seconds < 3600 ? " min" : " h");
    }

    /** From what the runs of this call took so far, whatever ran beside each other. */
    private String left() {
        int now = done - before;
        if (done >= total || now == 0) {
            return "";
        }
        double elapsed = (System.nanoTime() - begin) / 1e9;
        return "about " + BarText.clock(Math.round(elapsed / now * (total - done))) + " left";
    }
}
