package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sapper.data.ImageShape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
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
        Path pictures = folder.resolve("pictures");
        for (int i = 0; i < 10; i++) {
            Path file = Files.createDirectories(pictures.resolve(i < 5 ? "cat" : "dog"))
                    .resolve(i + ".png");
            ImageIO.write(new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
        }
        Files.writeString(pictures.resolve("cat/11.heic"), "no matter");
        Path model = TinyDigits.network(folder.resolve("m.onnx"), new ImageShape(1, 28, 28), 2);
        Ran ran = Ran.sapper(Ran.nowhere(folder), "evaluate", model, "--data", pictures, "--json");
        assertThat(ran.complaints()).isEmpty();
        JsonNode result = JSON.readTree(ran.out());
        assertThat(result.get("warnings").toString()).contains("1 ending in .heic (cat/11.heic)");
        assertThat(ran.err().lines().filter(line -> line.startsWith("WARNING: ")))
                .hasSize(1);
        assertThat(ran.err()).contains("28x28 (rows x columns), as the network reads them; 10 pictures stretched");
        assertThat(result.at("/backdoored/cleanAccuracy/total").asInt()).isEqualTo(2);
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
        JsonNode data = json("data", digits);
        assertThat(data.at("/classes/9").toString())
                .isEqualTo("{\"number\":9,\"name\":\"9\",\"training\":6,\"test\":2}");
        assertThat(data.at("/training/images").asInt()).isEqualTo(60);
        assertThat(json("data").at("/0/name").asText()).isEqualTo("mnist");
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
