package io.sapper.signing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A part of a JSON text that nobody trusts: a name that stands twice, what follows the end and what lies too deep are
 * refused, and whatever is not as expected is said with its place.
 *
 * @param file that it was read from
 * @param where the place in it; empty for the whole
 * @param node what stands there
 */
record JsonPart(Path file, String where, JsonNode node) {
    private static final int DEEPEST = 32;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(Bundle.MOST_BYTES)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    /** @param what for messages, for example {@code a signature bundle} */
    static JsonPart read(Path file, byte[] text, String what) throws IOException {
        try {
            // As text, so that what is no UTF-8 is refused and no other encoding is guessed.
            JsonNode node = JSON.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text))
                    .toString());
            if (node == null || !node.isObject()) {
                throw new MalformedFileException(file, "", "this is not " + what + ": it is no JSON object.");
            }
            return new JsonPart(file, "", node);
        } catch (JsonProcessingException e) {
            String line =
                    e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr();
            throw new MalformedFileException(file, line, "this is not " + what + " (" + e.getOriginalMessage() + ").");
        } catch (CharacterCodingException e) {
            throw new MalformedFileException(file, "", "this is not " + what + ": it is no UTF-8 text.");
        }
    }

    boolean has(String name) {
        return node.hasNonNull(name);
    }

    /** What stands under a name. */
    JsonPart part(String name) throws MalformedFileException {
        JsonPart part = new JsonPart(file, at(name), node.path(name));
        if (!part.node.isObject()) {
            throw part.malformed("expected an object, found " + part.found());
        }
        return part;
    }

    /** A text. */
    String text(String name) throws MalformedFileException {
        JsonNode value = node.path(name);
        if (!value.isTextual()) {
            throw new JsonPart(file, at(name), value).malformed("expected a text, found " + kind(value));
        }
        return value.asText();
    }

    /** Bytes, in Base64. */
    byte[] bytes(String name) throws MalformedFileException {
        try {
            return Base64.getDecoder().decode(text(name));
        } catch (IllegalArgumentException e) {
            throw new JsonPart(file, at(name), node.path(name)).malformed("expected Base64 (" + e.getMessage() + ")");
        }
    }

    /** A list of objects. */
    List<JsonPart> parts(String name) throws MalformedFileException {
        List<JsonPart> parts = new ArrayList<>();
        for (JsonPart part : list(name)) {
            if (!part.node.isObject()) {
                throw part.malformed("expected an object, found " + part.found());
            }
            parts.add(part);
        }
        return parts;
    }

    /** A list of texts; empty where there is none. */
    List<String> texts(String name) throws MalformedFileException {
        List<String> texts = new ArrayList<>();
        for (JsonPart part : has(name) ? list(name) : List.<JsonPart>of()) {
            if (!part.node.isTextual()) {
                throw part.malformed("expected a text, found " + part.found());
            }
            texts.add(part.node.asText());
        }
        return texts;
    }

    private List<JsonPart> list(String name) throws MalformedFileException {
        JsonNode value = node.path(name);
        String at = at(name);
        if (!value.isArray()) {
            throw new JsonPart(file, at, value).malformed("expected a list, found " + kind(value));
        }
        List<JsonPart> parts = new ArrayList<>();
        for (JsonNode one : value) {
            parts.add(new JsonPart(file, at + "[" + parts.size() + "]", one));
        }
        return parts;
    }

    /** A whole number above 0, which may be written with a point: protobuf's JSON has no other numbers. */
    long count(String name) throws MalformedFileException {
        double value = node.path(name).asDouble(0);
        if (!node.path(name).isNumber() || value < 1 || value != Math.rint(value) || value > 1L << 52) {
            throw malformed(name + " is no whole number above 0");
        }
        return (long) value;
    }

    boolean flag(String name) throws MalformedFileException {
        if (!node.path(name).isBoolean()) {
            throw malformed("expected true or false under " + name + ", found " + kind(node.path(name)));
        }
        return node.path(name).asBoolean();
    }

    /** A text, if there is one. */
    Optional<String> maybe(String name) throws MalformedFileException {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    MalformedFileException malformed(String problem) {
        return new MalformedFileException(file, where, problem + ". Maybe the file is damaged, or another is meant.");
    }

    private String at(String name) {
        return where.isEmpty() ? name : where + "." + name;
    }

    private String found() {
        return kind(node);
    }

    private static String kind(JsonNode node) {
        return node.isMissingNode() ? "nothing" : node.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
