package io.sapper.experiment;

import io.sapper.metric.Ratio;
import io.sapper.training.Numbers;
import java.util.Locale;

/** Settings and numbers as people read them; no record's own text reaches a result. */
final class Words {
    private Words() {}

    /** A fraction, for example {@code 98.64 %}; {@code n/a} where it is none. */
    static String percent(double fraction) {
        return Double.isFinite(fraction) ? String.format(Locale.ROOT, "%.2f %%", 100 * fraction) : "n/a";
    }

    /** A difference of two fractions, for example {@code 0.35 points}. */
    static String points(double fraction) {
        return Double.isFinite(fraction) ? String.format(Locale.ROOT, "%.2f points", 100 * fraction) : "n/a";
    }

    /** For example {@code 98.64 % (9,864 of 10,000; 95 % interval 98.40 to 98.85 %)}. */
    static String withInterval(Ratio ratio) {
        return ratio.total() == 0
                ? "n/a"
                : String.format(
                        Locale.ROOT,
                        "%.2f %% (%,d of %,d; 95 %% interval %.2f to %.2f %%)",
                        100 * ratio.value(),
                        ratio.hits(),
                        ratio.total(),
                        100 * ratio.low(),
                        100 * ratio.high());
    }

    static String epochs(int epochs) {
        return epochs + (epochs == 1 ? " epoch" : " epochs");
    }

    /** Without an exponent and without zeros at the end. */
    static String number(double value) {
        return Numbers.plain(value);
    }
}
