package io.sapper.cli;

import io.sapper.metric.Ratio;
import io.sapper.result.Measurement;
import io.sapper.result.Results;
import io.sapper.result.RunResult;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A result in the terminal. */
final class Summary {
    private Summary() {}

    static void print(RunResult result, boolean json, @Nullable Path folder) {
        PrintStream out = System.out;
        if (json) {
            out.print(Results.toJson(result));
            return;
        }
        result.warnings().forEach(warning -> out.println("WARNING: " + warning));
        out.println(result.verdict());
        out.println();
        out.printf("%-18s %-26s %-26s %s%n", "", "clean accuracy", "attack success", "recovered");
        row(out, "honest", result.honest());
        row(out, result.attack() == null ? "as received" : "BadNet", result.backdoored());
        row(out, "pruned only", result.pruned());
        row(out, "fine-tuned only", result.fineTuned());
        row(out, "repaired", result.repaired());
        if (folder != null) {
            out.println();
            out.println("Report: " + folder.resolve("report.html"));
        }
    }

    private static void row(PrintStream out, String name, @Nullable Measurement found) {
        if (found != null) {
            out.printf(
                    "%-18s %-26s %-26s %s%n",
                    name,
                    text(found.cleanAccuracy()),
                    text(found.attackSuccessRate()),
                    text(found.recoveredAccuracy()));
        }
    }

    private static String text(Ratio ratio) {
        return ratio.total() == 0
                ? "n/a"
                : String.format(Locale.ROOT, "%6.2f %% (%d of %d)", 100 * ratio.value(), ratio.hits(), ratio.total());
    }
}
