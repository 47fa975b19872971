package io.sapper.cli;

import io.sapper.metric.Ratio;
import io.sapper.result.Reproduced;
import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A reproduced table on standard output: ours network by network, the means, then the paper's numbers beside ours. */
final class ReproducedTable {
    private ReproducedTable() {}

    static void print(Reproduced reproduced, PrintStream out) {
        line(out, "seed", "rates in %", "clean", "attack", "recovered", "");
        for (Reproduced.Row row : reproduced.rows()) {
            line(
                    out,
                    String.valueOf(row.seed()),
                    row.what(),
                    percent(row.cleanAccuracy()),
                    percent(row.attackSuccessRate()),
                    percent(row.recoveredAccuracy()),
                    row.note());
        }
        for (Reproduced.Mean mean : reproduced.means()) {
            line(
                    out,
                    "mean",
                    mean.what(),
                    percent(mean.cleanAccuracy()),
                    percent(mean.attackSuccessRate()),
                    "",
                    "of " + mean.networks());
        }
        out.println();
        beside(reproduced, out);
    }

    private static void beside(Reproduced reproduced, PrintStream out) {
        if (reproduced.published().isEmpty()) {
            out.println("The paper has no number for this.");
        }
        for (Reproduced.Beside both : reproduced.beside()) {
            Reproduced.Published paper = both.published();
            String what = paper.what().isEmpty() ? "" : paper.what() + ", ";
            out.println(what + paper.measure().words() + ": ours " + percent(both.ours()) + " % (of " + both.networks()
                    + "), the paper's " + percent(paper.value()) + " % (" + paper.sureness() + ")");
        }
        for (String deviation : reproduced.deviations()) {
            out.println("NOT the paper's setting: " + deviation);
        }
    }

    private static void line(PrintStream out, String... columns) {
        out.println(String.format(Locale.ROOT, "%-5s  %-26s  %7s  %7s  %9s  %s", (Object[]) columns)
                .stripTrailing());
    }

    private static String percent(@Nullable Ratio ratio) {
        return ratio == null ? "n/a" : percent(ratio.value());
    }

    private static String percent(double fraction) {
        return Double.isFinite(fraction) ? String.format(Locale.ROOT, "%.2f", 100 * fraction) : "n/a";
    }
}
