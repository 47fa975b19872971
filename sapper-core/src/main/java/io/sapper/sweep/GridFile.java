package io.sapper.sweep;

import io.sapper.data.MalformedFileException;
import io.sapper.data.YamlText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A grid as people write it, in YAML:
 *
 * <pre>
 * run: attack
 * settings:
 *   data: mnist
 *   trigger: [pixel, pattern]
 *   goal: one-to-one:{0..9}:7
 *   seed: {1..5}
 * except:
 *   goal: one-to-one:7:7
 * </pre>
 */
public final class GridFile {
    private static final String RUN = "run";
    private static final String SETTINGS = "settings";
    private static final String EXCEPT = "except";
    private static final List<String> KEYS = List.of(RUN, SETTINGS, EXCEPT);
    private static final String EXAMPLE = "run: attack";

    private GridFile() {}

    /**
     * Reads it.
     *
     * @throws MalformedFileException if it is no such file, says nothing to run, or has a name or value that says
     *     nothing
     */
    public static Grid read(Path file) throws IOException {
        YamlText yaml = YamlText.read(file, EXAMPLE);
        for (String key : yaml.keys()) {
            if (!KEYS.contains(key)) {
                throw yaml.malformed(
                        key,
                        "A grid has no such name. It has " + String.join(", ", KEYS) + "; options of the command"
                                + " stand under " + SETTINGS + ".");
            }
        }
        String run = yaml.text(RUN)
                .orElseThrow(() -> yaml.malformed(RUN, "A grid says what is run, for example " + EXAMPLE + "."));
        List<Setting> settings = new ArrayList<>();
        for (Map.Entry<String, List<String>> entry : values(yaml, SETTINGS).entrySet()) {
            settings.add(setting(yaml, entry.getKey(), entry.getValue()));
        }
        try {
            return new Grid(List.of(run.split("\\s+")), settings, values(yaml, EXCEPT));
        } catch (IllegalArgumentException e) {
            throw yaml.malformed("", String.valueOf(e.getMessage()));
        }
    }

    private static Setting setting(YamlText yaml, String name, List<String> values) throws MalformedFileException {
        try {
            return new Setting(name, values);
        } catch (IllegalArgumentException e) {
            throw yaml.malformed(SETTINGS, String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, List<String>> values(YamlText yaml, String key) throws MalformedFileException {
        YamlText part = yaml.part(key);
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String name : part.keys()) {
            try {
                values.put(name, expanded(texts(part, name)));
            } catch (IllegalArgumentException e) {
                throw yaml.malformed(key + ": " + name, String.valueOf(e.getMessage()));
            }
        }
        return values;
    }

    /** To YAML, braces at the beginning are names without values. */
    private static List<String> texts(YamlText part, String name) throws MalformedFileException {
        if (!part.isMap(name)) {
            return part.texts(name);
        }
        YamlText braces = part.part(name);
        for (String key : braces.keys()) {
            if (braces.text(key).isPresent()) {
                throw part.malformed(name, "Expected a value or a list of values, found names with values.");
            }
        }
        return List.of(braces.keys().stream().collect(Collectors.joining(",", "{", "}")));
    }

    private static List<String> expanded(List<String> texts) {
        return texts.stream()
                .flatMap(text -> Braces.expand(text, Grid.MOST_RUNS).stream())
                .toList();
    }

    /**
     * A grid from words, as flags say it.
     *
     * @param run the command
     * @param settings each {@code NAME=VALUE}, with braces; of one name several, too
     */
    public static Grid of(String run, List<String> settings) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            if (equals <= 0) {
                throw new IllegalArgumentException(
                        "'" + setting + "' sets nothing. Write NAME=VALUE, for example --set seed={1..5}.");
            }
            values.computeIfAbsent(setting.substring(0, equals), name -> new ArrayList<>())
                    .addAll(Braces.expand(setting.substring(equals + 1), Grid.MOST_RUNS));
        }
        return new Grid(
                List.of(run.strip().split("\\s+")),
                values.entrySet().stream()
                        .map(entry -> new Setting(entry.getKey(), entry.getValue()))
                        .toList(),
                Map.of());
    }
}
