package io.sapper.cli;

import io.sapper.metric.Ratio;
import io.sapper.result.Attack;
import io.sapper.result.AuditedNetworks;
import io.sapper.result.Changes;
import io.sapper.result.DetectionRates;
import io.sapper.result.Measurement;
import io.sapper.result.Outcome;
import io.sapper.result.Rates;
import io.sapper.result.Reproduced;
import io.sapper.result.Results;
import io.sapper.result.RunResult;
import io.sapper.result.Verdict;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A result on standard output: for people at most 80 columns wide, else as JSON and nothing else. */
final class Summary {
    private static final String ROW = "%-15s  %-20s  %-20s  %s";

    private static final int MOST_CHECKS = 5;

    private Summary() {}

    /**
     * Prints it.
     *
     * @param told warnings that people have seen already, on the same terminal
     */
    static void print(RunResult result, boolean json, @Nullable Path report, PrintStream out, Set<String> told) {
        if (json) {
            out.print(Results.toJson(result));
        } else {
            result.warnings().stream()
                    .filter(warning -> !told.contains(warning))
                    .forEach(warning -> out.println("WARNING: " + warning));
            print(result, report, out);
        }
    }

    /** Prints any result record as JSON. */
    static void json(Object result) {
        Json.print(result);
    }

    private static void print(RunResult result, @Nullable Path report, PrintStream out) {
        out.println(word(result.verdict().outcome()) + ": " + result.verdict().sentence());
        List<Verdict.Check> notGood = result.verdict().checks().stream()
                .filter(check -> check.outcome() != Outcome.GOOD)
                .toList();
        notGood.stream()
                .limit(MOST_CHECKS)
                .forEach(check -> out.println("  " + check.outcome().id() + ": " + check.what() + ": "
                        + check.measured() + "; wanted: " + check.wanted()));
        if (notGood.size() > MOST_CHECKS) {
            out.println("  and " + (notGood.size() - MOST_CHECKS) + " more");
        }
        out.println();
        result.first(Rates.class).ifPresent(rates -> print(result, rates, out));
        result.all(DetectionRates.class).forEach(rates -> DetectionTable.print(rates, out));
        result.first(Changes.class)
                .ifPresent(changes -> ChangedText.lines(changes).forEach(out::println));
        result.first(Reproduced.class).ifPresent(table -> ReproducedTable.print(table, out));
        result.first(AuditedNetworks.class).ifPresent(networks -> AuditedTable.print(networks, out));
        if (report != null) {
            out.println();
            out.println("Report: " + report);
        }
    }

    private static void print(RunResult result, Rates rates, PrintStream out) {
        out.println(String.format(Locale.ROOT, ROW, "", "clean accuracy", "attack success", "recovered"));
        for (Rates.Entry entry : rates.networks()) {
            row(out, name(result, entry.network()), entry.measurement());
        }
    }

    private static String name(RunResult result, String network) {
        boolean laid = result.first(Attack.class)
                .filter(attack -> attack.poisoning() != null)
                .isPresent();
        return switch (network) {
            case Rates.BACKDOORED -> laid ? "BadNet" : "as received";
            case Rates.PRUNED -> "pruned only";
            case Rates.FINE_TUNED -> "fine-tuned only";
            default -> network;
        };
    }

    private static String word(Outcome outcome) {
        return switch (outcome) {
            case GOOD -> "GOOD";
            case UNKNOWN -> "UNKNOWN";
            case BAD -> "BAD";
        };
    }

    private static void row(PrintStream out, String name, Measurement found) {
        out.println(String.format(
                Locale.ROOT,
                ROW,
                name,
                text(found.cleanAccuracy()),
                text(found.attackSuccessRate()),
                text(found.recoveredAccuracy())));
    }

    private static String text(Ratio ratio) {
        return ratio.total() == 0
                ? "   n/a"
                : String.format(Locale.ROOT, "%6.2f %% %d/%d", 100 * ratio.value(), ratio.hits(), ratio.total());
    }
}
