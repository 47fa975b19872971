package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sapper.data.ImageShape;
import io.sapper.data.Surroundings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code --json} standard output is JSON and nothing else, whatever there is to warn of. */
class JsonOutputTest {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @TempDir
    Path folder;

    @Test
    void warningsAreInTheJsonAndOnStandardError() throws IOException {
        Path model = TinyDigits.network(folder.resolve("m.onnx"), new ImageShape(1, 28, 28), 10);
        Surroundings nothing = new Surroundings(
                Optional.of(folder.resolve("nowhere")),
                folder.resolve("cache"),
                List.of(),
                List.of(),
                Duration.ofSeconds(5));
        Ran ran = Ran.sapper(nothing, "evaluate", model, "--json", "--min-accuracy", 0);
        assertThat(ran.code()).isEqualTo(ExitCode.DONE);
        JsonNode result = JSON.readTree(ran.out());
        assertThat(result.get("warnings").toString()).contains("which is no folder", "SYNTHETIC DIGITS");
        assertThat(ran.err().lines().filter(line -> line.startsWith("WARNING: ")))
                .hasSize(2);
        assertThat(result.at("/backdoored/cleanAccuracy/total").asInt()).isEqualTo(4000);
        assertThat(result.at("/backdoored/attackSuccessRate/value").isNull()).isTrue();
    }

    @Test
    void everyCommandThatTakesItGivesIt() throws IOException {
        Path digits = TinyDigits.write(folder.resolve("digits"));
        Path out = folder.resolve("out");
        assertThat(json("train", "--data", digits, "--epochs", 1, "--out", out.resolve("t"))
                        .get("command")
                        .asText())
                .isEqualTo("train");
        JsonNode attack = json("attack", "--data", digits, "--epochs", 1, "--out", out.resolve("a"));
        assertThat(finding(attack, "attack").at("/poisoning/copies").asInt())
                .as("of 45 images")
                .isEqualTo(5);
        assertThat(json("attack", "--data", digits, "--preview", "--out", out.resolve("p"))
                        .get("preview")
                        .asText())
                .endsWith("preview.png");
        JsonNode repair = json("repair", out.resolve("a/badnet.onnx"), "--data", digits, "--out", out.resolve("r"));
        assertThat(repair.get("data").toString()).contains("\"size\":12", "\"size\":3");
    }

    private static JsonNode finding(JsonNode result, String kind) {
        for (JsonNode finding : result.get("findings")) {
            if (finding.path("kind").asText().equals(kind)) {
                return finding;
            }
        }
        throw new AssertionError("no " + kind + " in " + result.get("findings"));
    }

    private JsonNode json(Object... arguments) throws IOException {
        Object[] all = new Object[arguments.length + 1];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--json";
        Ran ran = Ran.sapper(Ran.nowhere(folder), all);
        assertThat(ran.complaints()).isEmpty();
        return JSON.readTree(ran.out());
    }
}
