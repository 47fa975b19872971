package io.sapper.cli;

import io.sapper.report.AuditCounts;
import io.sapper.report.Numbers;
import io.sapper.report.RepairCounts;
import io.sapper.result.AuditedNetworks;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** What audits of known networks come to, on standard output: kind by kind. */
final class AuditedTable {
    private AuditedTable() {}

    static void print(AuditedNetworks audited, PrintStream out) {
        AuditCounts counts = new AuditCounts(audited);
        line(out, "networks", "half", "n", "backdoor found", "cannot tell");
        for (AuditedNetworks.Count count : counts.rows()) {
            line(
                    out,
                    count.kind(),
                    count.half(),
                    String.valueOf(count.found().total()),
                    AuditCounts.share(count.found()),
                    AuditCounts.share(count.unknown()));
        }
        out.println(counts.notes());
        repairs(new RepairCounts(audited).rows(), out);
    }

    private static void repairs(List<RepairCounts.Row> rows, PrintStream out) {
        if (rows.isEmpty()) {
            return;
        }
        out.println();
        out.println(
                repair("repair --method auto", "n", "repaired", "attack before", "after", "clean, points", "worst"));
        for (RepairCounts.Row row : rows) {
            out.println(repair(
                    row.kind(),
                    String.valueOf(row.repaired().total()),
                    String.valueOf(row.repaired().hits()),
                    RepairCounts.share(row.before()),
                    RepairCounts.share(row.after()),
                    Numbers.difference(row.change()),
                    Numbers.difference(row.worst())));
        }
    }

    private static String repair(String... columns) {
        return String.format(Locale.ROOT, "%-24s  %4s  %8s  %13s  %9s  %13s  %9s", (Object[]) columns);
    }

    private static void line(PrintStream out, String... columns) {
        out.println(String.format(Locale.ROOT, "%-24s  %-11s  %4s  %-30s  %s", (Object[]) columns)
                .stripTrailing());
    }
}
