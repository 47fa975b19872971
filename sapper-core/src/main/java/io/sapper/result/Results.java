package io.sapper.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.sapper.data.MalformedFileException;
import io.sapper.data.Output;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Results to and from JSON. Undefined rates (NaN) are written as null, never as a number. */
public final class Results {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new SimpleModule("NaN")
                    .addSerializer(double.class, new FiniteOrNull())
                    .addSerializer(Double.class, new FiniteOrNull())
                    .addSerializer(float.class, new FiniteOrNull())
                    .addSerializer(Float.class, new FiniteOrNull())
                    .addDeserializer(double.class, new FiniteOrNull.Reader())
                    .addDeserializer(Double.class, new FiniteOrNull.Reader())
                    .addDeserializer(Float.class, new FiniteOrNull.FloatReader()))
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final String WAY_OUT =
            "Maybe it was cut off or edited, or another file is meant: the result.json that a command wrote.";

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

    /**
     * Reads any result record. Fields that it does not know are left out, so that a newer file can be read.
     *
     * @throws MalformedFileException if it is not JSON, or a part that must be there is not
     */
    public static <T> T read(Path file, Class<T> type) throws IOException {
        byte[] text = Files.readAllBytes(file);
        if (new String(text, StandardCharsets.UTF_8).isBlank()) {
            throw malformed(file, "", "it is empty");
        }
        try {
            T result = JSON.readValue(text, type);
            if (result == null) {
                throw malformed(file, "", "it says null");
            }
            return result;
        } catch (JsonProcessingException e) {
            JsonProblem problem = new JsonProblem(e);
            throw malformed(file, problem.where(), problem.words());
        } catch (CharConversionException e) {
            throw malformed(file, "", "it is not UTF-8 text");
        }
    }

    private static MalformedFileException malformed(Path file, String where, String problem) {
        return new MalformedFileException(file, where, "not a result of Sapper (" + problem + "). " + WAY_OUT);
    }
}
