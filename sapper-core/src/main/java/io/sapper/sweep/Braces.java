package io.sapper.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Several texts written as one, as shells do: <code>one-to-one:{0..9}:7</code> stands for ten, <code>
 * {pixel,pattern}</code> for two. The first braces vary slowest.
 */
final class Braces {
    private static final Pattern INNERMOST = Pattern.compile("\\{([^{}]*)}");
    private static final Pattern RANGE = Pattern.compile("(-?\\d{1,9})\\.\\.(-?\\d{1,9})");

    private Braces() {}

    /**
     * All texts that one stands for, in order; itself where it has no braces.
     *
     * @throws IllegalArgumentException if a brace is not closed, or what is between two is neither a range nor a list,
     *     or there are more than {@code most}
     */
    static List<String> expand(String text, int most) {
        Matcher braces = INNERMOST.matcher(text);
        if (!braces.find()) {
            if (text.indexOf('{') >= 0 || text.indexOf('}') >= 0) {
                throw new IllegalArgumentException("'" + text + "' has a brace without its other."
                        + " Write {0..9} for a range, {a,b} for a choice.");
            }
            return List.of(text);
        }
        List<String> expanded = new ArrayList<>();
        for (String inside : inside(text, braces.group(1), most)) {
            expanded.addAll(expand(text.substring(0, braces.start()) + inside + text.substring(braces.end()), most));
            if (expanded.size() > most) {
                throw new IllegalArgumentException(
                        "'" + text + "' stands for more than " + most + " values. Write fewer.");
            }
        }
        return expanded;
    }

    private static List<String> inside(String text, String inside, int most) {
        Matcher range = RANGE.matcher(inside);
        if (range.matches()) {
            return numbers(Long.parseLong(range.group(1)), Long.parseLong(range.group(2)), text, most);
        }
        if (inside.indexOf(',') < 0) {
            throw new IllegalArgumentException(
                    "'{" + inside + "}' in '" + text + "' is neither a range as {0..9} nor a choice as {a,b}.");
        }
        return List.of(inside.split(",", -1));
    }

    private static List<String> numbers(long from, long to, String text, int most) {
        if (Math.abs(to - from) >= most) {
            throw new IllegalArgumentException("'" + text + "' stands for more than " + most + " values. Write fewer.");
        }
        List<String> numbers = new ArrayList<>();
        long step = from <= to ? 1 : -1;
        for (long number = from; number != to + step; number += step) {
            numbers.add(String.valueOf(number));
        }
        return numbers;
    }
}
