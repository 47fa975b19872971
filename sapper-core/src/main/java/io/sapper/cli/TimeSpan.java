package io.sapper.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people write them: {@code 60s}, {@code 5m}, {@code 1h}. */
final class TimeSpan {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(s|m|h)");

    private static final Duration LONGEST = Duration.ofDays(365);

    private TimeSpan() {}

    /**
     * Reads one above zero.
     *
     * @param option that says it, for messages
     */
    static Duration parse(String option, String text) {
        Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(option + " takes a time such as 60s, 5m or 1h, not '" + text + "'.");
        }
        long count = Long.parseLong(matcher.group(1));
        if (count == 0) {
            throw new IllegalArgumentException(option + " must be above 0, not '" + text + "'.");
        }
        Duration time =
                switch (matcher.group(2)) {
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    default -> Duration.ofHours(count);
                };
        if (time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(option + " takes at most a year, 8760h, not '" + text + "'.");
        }
        return time;
    }
}
