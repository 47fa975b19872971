package io.sapper.cli;

import io.sapper.metric.Ratio;
import io.sapper.result.Measurement;
import io.sapper.result.Results;
import io.sapper.result.RunResult;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A result on standard output: for people at most 80 columns wide, else as JSON and nothing else. */
final class Summary {
    private static final String ROW = "%-15s  %-20s  %-20s  %s";

    private Summary() {}

    static void print(RunResult result, boolean json, @Nullable Path report) throws IOException {
        if (json) {
            json(result);
        } else {
            print(result, report);
        }
    }

    /** Prints any result record as JSON. */
    static void json(Object result) throws IOException {
        System.out.print(Results.toJson(result));
        if (System.out.checkError()) { // a stream that swallows errors would end a script with half a result and code 0
            throw new IOException("The JSON could not be written to standard output. Maybe its disk is full.");
        }
    }

    private static void print(RunResult result, @Nullable Path report) {
        PrintStream out = System.out;
        result.warnings().forEach(warning -> out.println("WARNING: " + warning));
        out.println(result.verdict());
        out.println();
        out.println(String.format(Locale.ROOT, ROW, "", "clean accuracy", "attack success", "recovered"));
        row(out, "honest", result.honest());
        row(out, result.attack() == null ? "as received" : "BadNet", result.backdoored());
        row(out, "pruned only", result.pruned());
        row(out, "fine-tuned only", result.fineTuned());
        row(out, "repaired", result.repaired());
        if (report != null) {
            out.println();
            out.println("Report: " + report);
        }
    }

    private static void row(PrintStream out, String name, @Nullable Measurement found) {
        if (found != null) {
            out.println(String.format(
                    Locale.ROOT,
                    ROW,
                    name,
                    text(found.cleanAccuracy()),
                    text(found.attackSuccessRate()),
                    text(found.recoveredAccuracy())));
        }
    }

    private static String text(Ratio ratio) {
        return ratio.total() == 0
                ? "   n/a"
                : String.format(Locale.ROOT, "%6.2f %% %d/%d", 100 * ratio.value(), ratio.hits(), ratio.total());
    }
}
