package io.sapper.report;

import io.sapper.result.Audited;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * How large a change each class needs, smallest first. Public for the templates.
 *
 * @param audited the numbers
 */
public record MaskChart(Audited audited) {
    /** The classes, smallest first. */
    public List<Audited.ClassRow> rows() {
        return audited.classes().stream()
                .sorted(Comparator.comparingDouble(Audited.ClassRow::size))
                .toList();
    }

    /** What honest networks show. */
    public String honest() {
        Audited.Limits limits = audited.limits();
        return limits == null
                ? ""
                : "Of " + Numbers.count(limits.networks()) + " honest networks the smallest was "
                        + ratio(limits.honestLow()) + " to " + ratio(limits.honestHigh())
                        + " of the median, the shaded range. "
                        + (Double.isFinite(limits.alone())
                                ? "Below " + ratio(limits.alone())
                                        + " it is taken for a backdoor; above, where it stands out from the next one too."
                                : "Below " + ratio(limits.found()) + " it is taken for a backdoor.");
    }

    /** The chart in a sentence. */
    public String summary() {
        List<Audited.ClassRow> rows = rows();
        if (rows.isEmpty()) {
            return "No class was searched.";
        }
        Audited.ClassRow first = rows.get(0);
        return "Class " + first.name() + " needs the smallest change, " + pixels(first.size()) + " pixels, "
                + ratio(first.ratio()) + " of the median over " + Numbers.count(rows.size()) + " classes.";
    }

    /** With one digit behind the point. */
    public static String pixels(double size) {
        return Double.isFinite(size) ? String.format(Locale.ROOT, "%.1f", size) : "–";
    }

    /** With two digits behind the point. */
    public static String ratio(double ratio) {
        return Double.isFinite(ratio) ? String.format(Locale.ROOT, "%.2f", ratio) : "–";
    }
}
