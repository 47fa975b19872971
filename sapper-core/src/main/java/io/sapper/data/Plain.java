package io.sapper.data;

import java.util.Locale;

/**
 * Text as it may go to a terminal or into a page. Names of nodes, classes, files and what is said of them come from
 * files that nobody need trust: an escape sequence among them would colour, erase or retitle the terminal, a
 * bidirectional override turn the rest of the line round, a line break pretend to be a line of ours.
 *
 * <p>Whatever does not show itself is written as JSON writes it, for example {@code \u001b}. So JSON that passes here
 * stays the same JSON.
 */
public final class Plain {
    /** A longer line is a name that was made to flood the terminal. */
    public static final int LONGEST = 1000;

    private static final int LAST_PART = 300;

    private Plain() {}

    /** One line: line breaks are written out too, and of one too long the middle is left out. */
    public static String line(String text) {
        String plain = escaped(text, false);
        int left = plain.length() - LONGEST;
        return left <= 0
                ? plain
                : plain.substring(0, LONGEST - LAST_PART) + " [... " + left + " more characters ...] "
                        + plain.substring(plain.length() - LAST_PART);
    }

    /** One line as long as it is: for messages, which are put together before one of them is shown. */
    static String unbroken(String text) {
        return escaped(text, false);
    }

    /** Text of any number of lines. */
    public static String text(String text) {
        return escaped(text, true);
    }

    private static String escaped(String text, boolean lines) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (shows(point) || (lines && (point == '\n' || point == '\r'))) {
                plain.appendCodePoint(point);
            } else {
                for (char unit : Character.toChars(point)) {
                    plain.append("\\u").append(String.format(Locale.ROOT, "%04x", (int) unit));
                }
            }
        });
        return plain.toString();
    }

    /** The two joiners are letters' own business in Persian and Hindi, and turn nothing round. */
    private static boolean shows(int point) {
        return point == '\t'
                || point == 0x200c
                || point == 0x200d
                || switch (Character.getType(point)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> false;
                    default -> true;
                };
    }
}
