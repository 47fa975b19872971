package io.sapper.cli;

import io.sapper.data.Listener;
import io.sapper.experiment.Reporter;
import io.sapper.training.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/**
 * What people see while something runs: a line for each step, and under it one bar at a time on a terminal, else a line
 * per epoch and per file. All of it on standard error. Downloads are heard of from other threads.
 */
final class Console implements Reporter, Listener, AutoCloseable {
    private final PrintStream err;
    private final boolean terminal;
    private final int columns;
    private final Set<String> told;
    private @Nullable ProgressBar bar;

    /** Java cannot tell whether standard error is a terminal, nor how wide it is; the launcher can. */
    Console() {
        this(new HashSet<>());
    }

    /** As {@link #Console()}, which adds what it warns of to {@code told}. */
    Console(Set<String> told) {
        this(System.err, Boolean.getBoolean("sapper.terminal"), Integer.getInteger("sapper.columns", 80), told);
    }

    Console(PrintStream err, boolean terminal, int columns) {
        this(err, terminal, columns, new HashSet<>());
    }

    Console(PrintStream err, boolean terminal, int columns, Set<String> told) {
        this.err = err;
        this.terminal = terminal;
        this.columns = columns;
        this.told = told;
    }

    @Override
    public synchronized void message(String line) {
        close();
        err.println(line);
    }

    @Override
    public synchronized void warning(String line) {
        told.add(line);
        message("WARNING: " + line);
    }

    @Override
    public synchronized void bytes(String file, long done, long total) {
        if (terminal) {
            show(file, BarText.Unit.BYTES, done, total);
        }
        if (done == total) {
            if (!terminal) {
                message(file + ": " + BarText.bytes(done));
            }
            close();
        }
    }

    /** So many runs of a sweep are done. */
    synchronized void runs(long done, long total, String more) {
        if (terminal) {
            show("sweep", BarText.Unit.RUNS, done, total).setExtraMessage(more);
        }
        if (done == total) {
            close();
        }
    }

    boolean isTerminal() {
        return terminal;
    }

    @Override
    public Progress training(String step) {
        return terminal ? new Bar(step) : new Lines(step);
    }

    @Override
    public Progress measuring(String step) {
        return terminal ? new Measuring(step) : Progress.NONE;
    }

    @Override
    public void step(int number, int of, String name) {
        message("Step " + number + " of " + of + ": " + name);
    }

    /** Ends the line of an open bar, so that what is printed next has its own. */
    @Override
    public synchronized void close() {
        ProgressBar shown = bar;
        bar = null;
        if (shown != null) {
            shown.close();
            err.println();
        }
    }

    /** The bar of this name, begun if there is none. */
    private synchronized ProgressBar show(String name, BarText.Unit unit, long done, long total) {
        ProgressBar shown = bar;
        if (shown == null || !shown.getTaskName().equals(name) || done < shown.getCurrent()) {
            close();
            shown = new ProgressBarBuilder()
                    .setTaskName(name)
                    .setInitialMax(total)
                    .startsFrom(unit == BarText.Unit.BYTES ? 0 : done, Duration.ZERO)
                    .setRenderer(new BarText(unit))
                    .setConsumer(new Line(err, Math.max(20, columns - 1)))
                    .setUpdateIntervalMillis(200)
                    .build();
            bar = shown;
        }
        if (total > 0) {
            shown.maxHint(total);
        }
        return shown.stepTo(done);
    }

    /** With the width given, the library need not start a process at each update to ask for it. */
    private static final class Line extends ConsoleProgressBarConsumer {
        Line(PrintStream err, int width) {
            super(err, width);
        }

        @Override
        public void close() {
            // Whoever closes the bar ends its line: the library forgets to where a bar ends before its first update.
        }
    }

    /** What both ways of showing progress have in common. */
    private abstract class Shown implements Progress {
        final String step;

        Shown(String step) {
            this.step = step;
        }

        @Override
        public Progress part(String name) {
            return measuring(step + ", " + name);
        }

        @Override
        public void message(String line) {
            Console.this.message(line);
        }
    }

    private final class Lines extends Shown {

        Lines(String step) {
            super(step);
        }

        @Override
        public void epoch(int epoch, int epochs, double meanLoss, double imagesPerSecond) {
            Console.this.message(String.format(
                    Locale.ROOT,
                    "%s: epoch %d of %d, loss %.4f, %s",
                    step,
                    epoch,
                    epochs,
                    meanLoss,
                    BarText.images(imagesPerSecond)));
        }
    }

    private final class Bar extends Shown {

        Bar(String step) {
            super(step);
        }

        @Override
        public void step(long done, long total) {
            show(step, BarText.Unit.IMAGES, done, total);
        }

        @Override
        public void epoch(int epoch, int epochs, double meanLoss, double imagesPerSecond) {
            ProgressBar shown = bar;
            if (shown != null) {
                shown.setExtraMessage(String.format(Locale.ROOT, "epoch %d/%d, loss %.3f", epoch, epochs, meanLoss));
            }
            if (epoch == epochs) {
                close();
            }
        }
    }

    private final class Measuring extends Shown {
        Measuring(String step) {
            super(step);
        }

        @Override
        public void step(long done, long total) {
            show(step, BarText.Unit.IMAGES, done, total);
            if (done == total) {
                close();
            }
        }
    }
}
