package io.sapper.cli;

import io.sapper.metric.Ratio;
import io.sapper.result.Reproduced;
import io.sapper.result.Results;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A reproduced table beside the paper's, in the terminal. */
final class Comparison {
    private Comparison() {}

    static void print(Reproduced reproduced, boolean json, Path file) {
        PrintStream out = System.out;
        if (json) {
            out.print(Results.toJson(reproduced));
            return;
        }
        reproduced.warnings().forEach(warning -> out.println("WARNING: " + warning));
        out.println(reproduced.source());
        out.println();
        out.printf("%-6s %-28s %8s %8s %9s  %s%n", "seed", "network", "clean %", "attack %", "recov. %", "");
        for (Reproduced.Row row : reproduced.rows()) {
            out.printf(
                    "%-6d %-28s %8s %8s %9s  %s%n",
                    row.seed(),
                    row.what(),
                    percent(row.cleanAccuracy()),
                    percent(row.attackSuccessRate()),
                    percent(row.recoveredAccuracy()),
                    row.note());
        }
        for (Reproduced.Mean mean : reproduced.means()) {
            out.printf(
                    "%-6s %-28s %8s %8s %9s  %d network(s), attack %s to %s %%%n",
                    "mean",
                    mean.what(),
                    percent(mean.cleanAccuracy()),
                    percent(mean.attackSuccessRate()),
                    "",
                    mean.networks(),
                    percent(mean.leastAttackSuccessRate()),
                    percent(mean.mostAttackSuccessRate()));
        }
        for (Reproduced.Published paper : reproduced.published()) {
            out.printf(
                    "%-6s %-28s %s %s %% (%s)%n",
                    "paper", paper.what(), paper.measure(), percent(paper.value()), paper.sureness());
        }
        out.println();
        out.println("The paper's clean error and backdoor error are 100 % minus clean and attack.");
        out.println("Result: " + file);
    }

    private static String percent(@Nullable Ratio ratio) {
        return ratio == null ? "n/a" : percent(ratio.value());
    }

    private static String percent(double fraction) {
        return Double.isFinite(fraction) ? String.format(Locale.ROOT, "%.2f", 100 * fraction) : "n/a";
    }
}
