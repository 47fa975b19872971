package io.sapper.cli;

import io.sapper.data.Listener;
import io.sapper.experiment.Reporter;
import io.sapper.training.Progress;
import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** What people see while something runs: a bar on a terminal, else a line per epoch. All of it on standard error. */
final class Console implements Reporter, Listener {
    private final PrintStream err = System.err;
    /** Java cannot tell whether standard error is a terminal; the launcher can. */
    private final boolean terminal = Boolean.getBoolean("sapper.terminal");

    @Override
    public void message(String line) {
        err.println(line);
    }

    @Override
    public void warning(String line) {
        err.println("WARNING: " + line);
    }

    @Override
    public Progress training(String step) {
        return terminal ? new Bar(step) : new Lines(step);
    }

    private final class Lines implements Progress {
        private final String step;

        Lines(String step) {
            this.step = step;
        }

        @Override
        public void epoch(int epoch, int epochs, double meanLoss, double imagesPerSecond) {
            err.printf(
                    Locale.ROOT,
                    "%s: epoch %d of %d, loss %.4f, %.0f images/s%n",
                    step,
                    epoch,
                    epochs,
                    meanLoss,
                    imagesPerSecond);
        }
    }

    private static final class Bar implements Progress {
        private final String step;
        private @Nullable ProgressBar bar;

        Bar(String step) {
            this.step = step;
        }

        @Override
        public void step(long done, long total) {
            ProgressBar shown = bar;
            if (shown == null) {
                shown = new ProgressBarBuilder()
                        .setTaskName(step)
                        .setInitialMax(total)
                        .setUnit(" images", 1)
                        .setStyle(ProgressBarStyle.ASCII)
                        .showSpeed()
                        .setUpdateIntervalMillis(200)
                        .build();
                bar = shown;
            }
            shown.stepTo(done);
            if (done >= total) {
                shown.close();
                bar = null;
            }
        }

        @Override
        public void epoch(int epoch, int epochs, double meanLoss, double imagesPerSecond) {
            ProgressBar shown = bar;
            if (shown != null) {
                shown.setExtraMessage(String.format(Locale.ROOT, "epoch %d/%d, loss %.4f", epoch, epochs, meanLoss));
            }
        }
    }
}
