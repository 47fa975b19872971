package io.sapper.cli;

import io.sapper.report.AuditCounts;
import io.sapper.result.AuditedNetworks;
import java.io.PrintStream;
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
    }

    private static void line(PrintStream out, String... columns) {
        out.println(String.format(Locale.ROOT, "%-24s  %-11s  %4s  %-30s  %s", (Object[]) columns)
                .stripTrailing());
    }
}
