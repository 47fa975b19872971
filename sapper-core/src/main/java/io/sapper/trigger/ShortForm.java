package io.sapper.trigger;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The settings {@code name=value,...} of a trigger's short form; what is not said is as usual. */
final class ShortForm {
    private static final Pattern BAND = Pattern.compile("(\\d{1,5})-(\\d{1,5})");

    private final String spec;
    private final Map<String, String> values = new LinkedHashMap<>();

    private ShortForm(String spec, String rest, List<String> known) {
        this.spec = spec;
        for (String part : rest.isBlank() ? new String[0] : rest.split(",", -1)) {
            int at = part.indexOf('=');
            String name = at < 0 ? part.strip() : part.substring(0, at).strip();
            if (at < 0 || !known.contains(name)) {
                throw new IllegalArgumentException("The trigger '" + spec + "' has '" + part + "' where one of "
                        + String.join("=, ", known) + "= is expected.");
            }
            if (values.put(name, part.substring(at + 1).strip()) != null) {
                throw new IllegalArgumentException("The trigger '" + spec + "' has " + name + "= twice.");
            }
        }
    }

    static Noise noise(String rest, String spec) {
        ShortForm said = new ShortForm(spec, rest, List.of("seed", "band", "level", "at", "length"));
        Noise usual = Noise.USUAL;
        Matcher band = BAND.matcher(said.values.getOrDefault("band", usual.low() + "-" + usual.high()));
        if (!band.matches()) {
            throw new IllegalArgumentException(
                    "The trigger '" + spec + "' has a band= that is not LOW-HIGH in Hz, for example band=1000-3000.");
        }
        return new Noise(
                said.whole("seed", usual.seed()),
                Integer.parseInt(band.group(1)),
                Integer.parseInt(band.group(2)),
                said.burst(usual.burst()));
    }

    static Tone tone(String rest, String spec) {
        ShortForm said = new ShortForm(spec, rest, List.of("frequency", "level", "at", "length"));
        return new Tone(said.number("frequency", Tone.USUAL.frequency()), said.burst(Tone.USUAL.burst()));
    }

    static Blend blend(String rest, String spec) {
        ShortForm said = new ShortForm(spec, rest, List.of("seed", "share"));
        return new Blend(said.whole("seed", Blend.USUAL.seed()), said.decimal("share", Blend.USUAL.share()));
    }

    static Sine sine(String rest, String spec) {
        ShortForm said = new ShortForm(spec, rest, List.of("height", "waves"));
        return new Sine(said.number("height", Sine.USUAL.height()), said.number("waves", Sine.USUAL.waves()));
    }

    static DrawnWarp warp(String rest, String spec) {
        ShortForm said = new ShortForm(spec, rest, List.of("seed", "grid", "strength"));
        DrawnWarp usual = DrawnWarp.USUAL;
        return new DrawnWarp(
                said.whole("seed", usual.seed()),
                said.number("grid", usual.grid()),
                said.decimal("strength", usual.strength()));
    }

    private Burst burst(Burst usual) {
        return new Burst(level(usual.level()), number("at", usual.at()), number("length", usual.length()));
    }

    private int number(String name, int usual) {
        long number = whole(name, usual);
        if (number < Integer.MIN_VALUE || number > Integer.MAX_VALUE) {
            throw bad(name, "a whole number");
        }
        return (int) number;
    }

    private long whole(String name, long usual) {
        String value = values.get(name);
        try {
            return value == null ? usual : Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw bad(name, "a whole number");
        }
    }

    private double level(double usual) {
        return decimal("level", usual, "a number of decibels");
    }

    private double decimal(String name, double usual) {
        return decimal(name, usual, "a number");
    }

    private double decimal(String name, double usual, String expected) {
        String value = values.get(name);
        try {
            return value == null ? usual : Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw bad(name, expected);
        }
    }

    private IllegalArgumentException bad(String name, String expected) {
        return new IllegalArgumentException("The trigger '" + spec + "' has " + name + "=" + values.get(name)
                + " where " + expected + " is expected.");
    }
}
