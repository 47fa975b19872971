package io.sapper.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.sapper.data.MalformedFileException;
import io.sapper.data.Output;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Results to and from JSON. Undefined rates (NaN) are written as null, never as a number. */
public final class Results {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new SimpleModule("NaN")
                    .addSerializer(double.class, new FiniteOrNull())
                    .addSerializer(Double.class, new FiniteOrNull()))
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Results() {}

    /** Any result record as JSON text. */
    public static String toJson(Object result) {
        try {
            return JSON.writeValueAsString(result) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("This result cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Writes a result beside its place, then moves it there. */
    public static void write(Object result, Path file) throws IOException {
        Output.replace(file, toJson(result).getBytes(StandardCharsets.UTF_8));
    }

    /** Reads a {@code result.json}. */
    public static RunResult read(Path file) throws IOException {
        return read(file, RunResult.class);
    }

    /** Reads any result record. */
    public static <T> T read(Path file, Class<T> type) throws IOException {
        byte[] text = Files.readAllBytes(file);
        try {
            return JSON.readValue(text, type);
        } catch (JsonProcessingException e) {
            String where =
                    e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr();
            throw new MalformedFileException(file, where, "not a result of Sapper (" + firstLine(e) + ").");
        }
    }

    private static String firstLine(JsonProcessingException e) {
        return e.getOriginalMessage().lines().findFirst().orElse("unreadable");
    }
}
