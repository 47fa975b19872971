package io.sapper.report;

import io.sapper.metric.Ratio;
import io.sapper.result.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Numbers as the report writes them. Public for the templates. */
public final class Numbers {
    private static final String UNDEFINED = "n/a";

    private Numbers() {}

    /** For example {@code 98.64 %}; {@code n/a} where nothing was looked at. */
    public static String percent(@Nullable Ratio ratio) {
        return ratio == null ? UNDEFINED : percent(ratio.value());
    }

    /** A fraction as a percentage. */
    public static String percent(double fraction) {
        return Double.isFinite(fraction) ? format("%.2f\u00a0%%", 100 * fraction) : UNDEFINED;
    }

    /** A fraction as a percentage with as few digits as it has, up to two. */
    public static String shortPercent(double fraction) {
        String text = percent(fraction);
        return text.replaceFirst("\\.?0+\u00a0", "\u00a0");
    }

    /** A difference of two fractions, for example {@code 4 percentage points}. */
    public static String points(double fraction) {
        return shortPercent(fraction).replace("%", "percentage points");
    }

    /** The 95 % Wilson interval, for example {@code 98.40–98.85 %}. */
    public static String interval(Ratio ratio) {
        return ratio.total() == 0 ? UNDEFINED : format("%.2f–%.2f\u00a0%%", 100 * ratio.low(), 100 * ratio.high());
    }

    /** For example {@code 9,864 of 10,000}; empty where there is nothing. */
    public static String counts(@Nullable Ratio ratio) {
        return ratio == null ? "" : count(ratio.hits()) + " of " + count(ratio.total());
    }

    /** With thousands set apart. */
    public static String count(long number) {
        return format("%,d", number);
    }

    /** Sizes of a tensor, for example {@code 16 × 1 × 5 × 5}; a single number has none. */
    public static String shape(List<Integer> sizes) {
        return sizes.isEmpty()
                ? "one number"
                : sizes.stream().map(Numbers::count).collect(Collectors.joining(" × "));
    }

    /** A signed number of any size, to two digits. */
    public static String signed(double number) {
        return Double.isFinite(number) ? format("%+.2g", number).replace('-', '\u2212') : UNDEFINED;
    }

    /** A mean activation, to three digits; {@code n/a} where it is not finite. */
    public static String mean(double mean) {
        return mean == 0 ? "0" : Double.isFinite(mean) ? format("%.3g", mean) : UNDEFINED;
    }

    /** How far a rate fell, in percentage points, for example {@code 0.51}. */
    public static String lost(double fraction) {
        return Double.isFinite(fraction) ? format("%.2f", 100 * fraction) : UNDEFINED;
    }

    /** A difference of two fractions with its sign, in percentage points, for example {@code +0.51}. */
    public static String difference(double fraction) {
        return Double.isFinite(fraction) ? format("%+.2f", 100 * fraction).replace('-', '\u2212') : UNDEFINED;
    }

    /** Two digits below a minute's worth, none above. */
    public static String seconds(double seconds) {
        return Double.isFinite(seconds) ? format(seconds < 100 ? "%.2f" : "%,.0f", seconds) : UNDEFINED;
    }

    /** Bytes in MiB; {@code unknown} for 0. */
    public static String mebibytes(long bytes) {
        return bytes <= 0 ? "unknown" : format("%,.0f MiB", bytes / 1048576.0);
    }

    /**
     * A sentence with its numbers as the rest of the page has them: no break before a percent sign, true minus signs.
     */
    public static String typeset(String sentence) {
        return sentence.replace(" %", "\u00a0%").replaceAll("(?<= )-(?=\\d)", "\u2212");
    }

    /** An outcome as the page's mark. */
    public static String word(Outcome outcome) {
        return switch (outcome) {
            case GOOD -> "Good";
            case UNKNOWN -> "Cannot be told";
            case BAD -> "Bad";
        };
    }

    /** A moment in ISO 8601, UTC, for people. */
    public static String time(String moment) {
        return moment.replaceFirst("^(\\d{4}-\\d\\d-\\d\\d)T(\\d\\d:\\d\\d)(:\\d\\d)?Z$", "$1 $2 UTC");
    }

    /** A place along a bar of 100 units. */
    public static String place(double fraction) {
        return format("%.3f", 100 * fraction);
    }

    private static String format(String pattern, Object... arguments) {
        return String.format(Locale.ROOT, pattern, arguments);
    }
}
