package io.sapper.trigger;

import io.sapper.data.MalformedFileException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stickers on signs from their short form: a name, of one's own a file, and behind an @ what is unusual. */
final class SignForms {
    private static final String RANDOM = "random";
    private static final String SIZE = "size=";
    private static final String COLOR = "color=";
    private static final Pattern RGB = Pattern.compile(COLOR + "([0-9a-fA-F]{6})");
    private static final Pattern NAMED = Pattern.compile(
            "(" + SignSticker.SQUARE + "|" + SignSticker.BOMB + "|" + SignSticker.FLOWER + ")([:@].*)?",
            Pattern.DOTALL);
    /** Names of files may hold an @ too. */
    private static final Pattern OWN = Pattern.compile(
            SignSticker.OWN + "(?::(.*?)(@(?:" + RANDOM + "|" + SIZE + "|" + COLOR + ")[^@]*)?)?", Pattern.DOTALL);

    private SignForms() {}

    /** Whether a short form is one of these, right or wrong. */
    static boolean is(String text) {
        return NAMED.matcher(text).matches() || OWN.matcher(text).matches();
    }

    /**
     * Reads one.
     *
     * @param text that {@link #is} one
     * @throws IllegalArgumentException in one line, if something is wrong with it
     * @throws UncheckedIOException if its picture is not there or cannot be read
     */
    static SignSticker parse(String text) {
        Matcher named = NAMED.matcher(text);
        if (named.matches()) {
            String name = named.group(1);
            return set(
                    switch (name) {
                        case SignSticker.BOMB -> SignSticker.bomb();
                        case SignSticker.FLOWER -> SignSticker.flower();
                        default -> SignSticker.square();
                    },
                    named.group(2) == null ? "" : named.group(2),
                    text);
        }
        Matcher own = OWN.matcher(text);
        if (!own.matches() || own.group(1) == null || own.group(1).isBlank()) {
            throw new IllegalArgumentException("The trigger '" + text + "' is not " + SignSticker.OWN + ":FILE.");
        }
        return set(read(own.group(1), text), own.group(2) == null ? "" : own.group(2), text);
    }

    /** What {@link #parse} reads. */
    static String spec(String name, boolean random, OptionalDouble size, OptionalInt color) {
        List<String> settings = new ArrayList<>();
        if (random) {
            settings.add(RANDOM);
        }
        size.ifPresent(share -> settings.add(SIZE + share));
        color.ifPresent(rgb -> settings.add(COLOR + String.format(Locale.ROOT, "%06x", rgb)));
        return name + (settings.isEmpty() ? "" : "@" + String.join(",", settings));
    }

    private static SignSticker read(String file, String text) {
        try {
            return SignSticker.read(Path.of(file));
        } catch (MalformedFileException e) {
            throw new UncheckedIOException(e);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("The trigger '" + text + "' has no picture: " + e.getMessage(), e);
        }
    }

    /** Settings with the @ before them. */
    private static SignSticker set(SignSticker usual, String settings, String text) {
        if (settings.isEmpty()) {
            return usual;
        }
        if (settings.charAt(0) != '@') {
            throw wrong(settings, usual, text);
        }
        SignSticker set = usual;
        Set<String> said = new HashSet<>();
        for (String one : settings.substring(1).split(",", -1)) {
            if (!said.add(one.split("=", 2)[0])) {
                throw new IllegalArgumentException(
                        "The trigger '" + text + "' says " + one.split("=", 2)[0] + " twice. Leave one out.");
            }
            if (one.equals(RANDOM)) {
                set = set.atDrawnPlaces();
            } else if (one.startsWith(SIZE)) {
                set = set.sized(number(one, usual, text));
            } else if (one.startsWith(COLOR)) {
                set = set.colored(rgb(one, usual, text));
            } else {
                throw wrong(one, usual, text);
            }
        }
        return set;
    }

    private static double number(String setting, SignSticker usual, String text) {
        try {
            return Double.parseDouble(setting.substring(SIZE.length()));
        } catch (NumberFormatException e) {
            throw wrong(setting, usual, text);
        }
    }

    private static int rgb(String setting, SignSticker usual, String text) {
        Matcher match = RGB.matcher(setting);
        if (!match.matches()) {
            throw new IllegalArgumentException("The trigger '" + text + "' has '" + setting
                    + "', but a color is six digits 0 to 9 and a to f, two each of red, green and blue, without a #: for"
                    + " example " + usual.spec() + "@color=ffeb3c.");
        }
        return Integer.parseInt(match.group(1), 16);
    }

    private static IllegalArgumentException wrong(String part, SignSticker usual, String text) {
        return new IllegalArgumentException("The trigger '" + text + "' has '" + part
                + "' where @random (another place on each sign), @size=SHARE (of the sign), "
                + (usual.isPlain() ? "@color=RRGGBB, " : "") + "or nothing is expected, for example " + usual.spec()
                + "@random,size=0.2.");
    }
}
