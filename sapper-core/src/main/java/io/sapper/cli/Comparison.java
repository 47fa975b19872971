package io.sapper.cli;

import io.sapper.metric.Ratio;
import io.sapper.result.Reproduced;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A reproduced table on standard output: ours network by network, the means, then the paper's numbers. */
final class Comparison {
    private Comparison() {}

    static void print(Reproduced reproduced, Path file) {
        PrintStream out = System.out;
        reproduced.warnings().forEach(warning -> out.println("WARNING: " + warning));
        out.println(reproduced.source());
        out.println();
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
        for (Reproduced.Published paper : reproduced.published()) {
            out.println("Paper: " + paper.what() + ", " + paper.measure() + " " + percent(paper.value()) + " % ("
                    + paper.sureness() + ")");
        }
        out.println("The paper's clean error is 100 % - clean, its backdoor error 100 % - attack.");
        out.println("Result: " + file);
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
