package io.sapper.cli;

import io.sapper.metric.Ratio;
import io.sapper.result.DetectionRates;
import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What detectors find, on standard output, at most 80 columns wide. */
final class DetectionTable {
    private DetectionTable() {}

    static void print(DetectionRates rates, PrintStream out) {
        boolean attacked = rates.networks().stream().anyMatch(entry -> entry.signs() != null);
        boolean target = rates.networks().stream()
                .anyMatch(entry -> entry.signs() != null && entry.signs().calledTarget() != null);
        line(
                out,
                "",
                "mean average",
                attacked ? "triggered signs" : "",
                attacked ? target ? "called the target" : "called wrong" : "");
        line(out, "", "precision", attacked ? "found" : "", attacked ? "of all" : "");
        for (DetectionRates.Entry entry : rates.networks()) {
            DetectionRates.TriggeredSigns signs = entry.signs();
            line(
                    out,
                    entry.network(),
                    percent(entry.clean().meanAveragePrecision()),
                    signs == null ? "" : text(signs.found()),
                    signs == null
                            ? ""
                            : text(signs.calledTarget() == null ? signs.calledOther() : signs.calledTarget()));
        }
        DetectionRates.Entry last = rates.networks().get(rates.networks().size() - 1);
        out.println("Classes, " + last.network() + ":");
        for (DetectionRates.ClassPrecision one : last.clean().classes()) {
            line(
                    out,
                    "  " + one.name(),
                    percent(one.averagePrecision()),
                    one.trueBoxes() + (one.trueBoxes() == 1 ? " sign" : " signs"),
                    "");
        }
    }

    private static void line(PrintStream out, String... cells) {
        out.println(String.format(Locale.ROOT, "%-20s  %17s  %17s  %17s", (Object[]) cells)
                .stripTrailing());
    }

    private static String percent(double fraction) {
        return Double.isFinite(fraction) ? String.format(Locale.ROOT, "%.2f %%", 100 * fraction) : "n/a";
    }

    private static String text(@Nullable Ratio ratio) {
        return ratio == null || ratio.total() == 0
                ? "n/a"
                : String.format(Locale.ROOT, "%.1f %% %d/%d", 100 * ratio.value(), ratio.hits(), ratio.total());
    }
}
