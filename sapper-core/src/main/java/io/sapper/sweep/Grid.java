package io.sapper.sweep;

import io.sapper.sweep.PlannedRun.Varied;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A command with several values for some of its options: one run for each choice among them.
 *
 * @param command the verb, and what stands behind it without a dash, for example {@code reproduce badnets.share}
 * @param settings in order; the last varies fastest
 * @param except values that are left out wherever they stand, by the names of their settings
 */
public record Grid(List<String> command, List<Setting> settings, Map<String, List<String>> except) {
    /** As many runs as a folder and a page still hold. */
    public static final int MOST_RUNS = 100_000;

    private static final Pattern UNFIT = Pattern.compile("[^A-Za-z0-9._=,~-]");
    private static final int LONGEST_NAME = 120;
    private static final int DIGEST = 8;

    public Grid {
        command = List.copyOf(command);
        settings = List.copyOf(settings);
        except = Map.copyOf(except);
        List<String> names = settings.stream().map(Setting::name).toList();
        for (int i = 0; i < names.size(); i++) {
            if (names.indexOf(names.get(i)) < i) {
                throw new IllegalArgumentException(
                        "The setting '" + names.get(i) + "' stands there twice. Give it all its values at one place.");
            }
        }
        for (String name : except.keySet()) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException(
                        "'except' names the setting '" + name + "', which the grid does not have.");
            }
        }
    }

    /** The setting of this name, or nothing. */
    public List<String> values(String name) {
        return settings.stream()
                .filter(setting -> setting.name().equals(name))
                .flatMap(setting -> setting.values().stream())
                .toList();
    }

    /** The same with one setting more, which varies fastest; one of that name is replaced where it stands. */
    public Grid with(Setting setting) {
        List<Setting> all = new ArrayList<>(settings);
        all.replaceAll(known -> known.name().equals(setting.name()) ? setting : known);
        if (!all.contains(setting)) {
            all.add(setting);
        }
        return new Grid(command, all, except);
    }

    /** The same without a setting. */
    public Grid without(String name) {
        return new Grid(
                command,
                settings.stream().filter(known -> !known.name().equals(name)).toList(),
                except);
    }

    /**
     * All runs, in the order in which they are begun and told.
     *
     * @param words the arguments that set an option to a value
     * @throws IllegalArgumentException if there are none or too many
     */
    public List<PlannedRun> runs(BiFunction<String, String, List<String>> words) {
        List<Setting> left = settings.stream().map(this::left).toList();
        long count = left.stream().mapToLong(setting -> setting.values().size()).reduce(1, Math::multiplyExact);
        if (count > MOST_RUNS) {
            throw new IllegalArgumentException(
                    "The grid has " + count + " runs; more than " + MOST_RUNS + " are too many for one sweep.");
        }
        List<List<Varied>> choices = List.of(List.of());
        for (Setting setting : left) {
            choices = choices.stream()
                    .flatMap(choice -> setting.values().stream().map(value -> and(choice, setting.name(), value)))
                    .toList();
        }
        return choices.stream().map(choice -> run(choice, left, words)).toList();
    }

    private static List<Varied> and(List<Varied> choice, String name, String value) {
        List<Varied> more = new ArrayList<>(choice);
        more.add(new Varied(name, value));
        return more;
    }

    private Setting left(Setting setting) {
        List<String> out = except.getOrDefault(setting.name(), List.of());
        List<String> left =
                setting.values().stream().filter(value -> !out.contains(value)).toList();
        return new Setting(setting.name(), left);
    }

    private PlannedRun run(List<Varied> choice, List<Setting> left, BiFunction<String, String, List<String>> words) {
        List<String> arguments = new ArrayList<>(command);
        choice.forEach(one -> arguments.addAll(words.apply(one.setting(), one.value())));
        List<Varied> varied = choice.stream()
                .filter(one -> left.stream()
                        .anyMatch(setting -> setting.name().equals(one.setting())
                                && setting.values().size() > 1))
                .toList();
        return new PlannedRun(name(varied), varied, arguments);
    }

    /** What sets it apart; where that does not do for a file, with a digest of it, so that no two are alike. */
    private static String name(List<Varied> varied) {
        if (varied.isEmpty()) {
            return "run";
        }
        String said =
                varied.stream().map(one -> one.setting() + "=" + one.value()).collect(Collectors.joining(","));
        String plain = said.replace(':', '~'); // which no file on Windows has
        String fit = UNFIT.matcher(plain).replaceAll("-");
        boolean same =
                fit.equals(plain) && said.indexOf('~') < 0 && fit.length() <= LONGEST_NAME && !fit.startsWith(".");
        return same ? fit : fit.substring(0, Math.min(fit.length(), LONGEST_NAME)) + "-" + digest(said);
    }

    private static String digest(String text) {
        try {
            byte[] sha = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(sha, DIGEST / 2));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
