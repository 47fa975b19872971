package io.sapper.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * A YAML file of names with texts, lists of texts and maps of texts. Every word stays a text ({@code no} is no boolean,
 * {@code 030} no number), and nothing in it makes an object.
 *
 * @param file that it was read from
 * @param values by name
 */
public record YamlText(Path file, Map<?, ?> values) {
    private static final int MOST_BYTES = 1 << 20;
    private static final int DEEPEST = 20;

    /** Whether a line of the file begins with this name. */
    public static boolean hasKey(Path file, String key) throws IOException {
        return Files.size(file) <= MOST_BYTES
                && TextLines.of(file).stream().anyMatch(line -> line.startsWith(key + ":"));
    }

    /**
     * Reads it.
     *
     * @param example of what belongs into it, for messages
     * @throws MalformedFileException if it is no YAML, or no names with values
     */
    public static YamlText read(Path file, String example) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new MalformedFileException(file, "", "It is longer than 1 MB, too long for a few names.");
        }
        String text = String.join("\n", TextLines.of(file));
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new FailsafeSchema())
                .setTagConstructors(Map.of(Tag.NULL, node -> ""))
                .setCodePointLimit(MOST_BYTES)
                .build();
        try {
            checkDepth(file, new Parse(settings).parseString(text));
            @Nullable Object read = new Load(settings).loadFromString(text);
            if (read instanceof Map<?, ?> values) {
                return new YamlText(file, values);
            }
        } catch (MarkedYamlEngineException e) {
            String where = e.getProblemMark()
                    .map(mark -> "line " + (mark.getLine() + 1))
                    .orElse("");
            throw new MalformedFileException(file, where, "This is no YAML that can be read: " + e.getProblem() + ".");
        } catch (YamlEngineException e) {
            throw new MalformedFileException(file, "", "This is no YAML that can be read: " + e.getMessage() + ".");
        }
        throw new MalformedFileException(file, "", "Expected names with values, such as " + example + ".");
    }

    /** The parser keeps its own stack; what builds values from it would use Java's. */
    private static void checkDepth(Path file, Iterable<Event> events) throws MalformedFileException {
        int depth = 0;
        for (Event event : events) {
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            if (depth > DEEPEST) {
                throw new MalformedFileException(file, "", "Lists stand in lists more than " + DEEPEST + " deep.");
            }
        }
    }

    /** One text; empty where there is none. */
    public Optional<String> text(String key) throws MalformedFileException {
        @Nullable Object value = values.get(key);
        return value == null ? Optional.empty() : Optional.of(one(key, value)).filter(text -> !isNothing(text));
    }

    /** A list of texts, or the only one; empty where there is none. */
    public List<String> texts(String key) throws MalformedFileException {
        if (!(values.get(key) instanceof List<?> several)) {
            return text(key).map(List::of).orElse(List.of());
        }
        String[] texts = new String[several.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = present(key, several.get(i));
        }
        return List.of(texts);
    }

    /** Whether names with values stand under a name. */
    public boolean isMap(String key) {
        return values.get(key) instanceof Map;
    }

    /** Texts by text, in their order. */
    public Map<String, String> map(String key) throws MalformedFileException {
        Map<String, String> texts = new LinkedHashMap<>();
        if (values.get(key) instanceof Map<?, ?> several) {
            for (Map.Entry<?, ?> entry : several.entrySet()) {
                texts.put(present(key, entry.getKey()), present(key, entry.getValue()));
            }
        }
        return texts;
    }

    /** Names with values, under a name; without any where it is not there. */
    public YamlText part(String key) throws MalformedFileException {
        @Nullable Object value = values.get(key);
        if (value == null || value.equals("")) {
            return new YamlText(file, Map.of());
        }
        if (value instanceof Map<?, ?> several) {
            return new YamlText(file, several);
        }
        throw malformed(key, "Expected names with values.");
    }

    /** All names, in their order. */
    public List<String> keys() throws MalformedFileException {
        List<String> keys = new ArrayList<>();
        for (Object key : values.keySet()) {
            keys.add(present("a name", key));
        }
        return keys;
    }

    /** What is wrong, and where. */
    public MalformedFileException malformed(String key, String problem) {
        return new MalformedFileException(file, key, problem);
    }

    private String present(String key, @Nullable Object value) throws MalformedFileException {
        String text = value == null ? "" : one(key, value);
        if (text.isEmpty()) {
            throw malformed(key, "An entry is empty.");
        }
        return text;
    }

    private String one(String key, Object value) throws MalformedFileException {
        if (value instanceof String text) {
            return text.strip();
        }
        throw malformed(key, "Expected a text, found " + (value instanceof List ? "a list." : "names with values."));
    }

    /** What YAML has for nothing. */
    private static boolean isNothing(String text) {
        return text.isEmpty() || text.equals("~") || text.equals("null");
    }
}
