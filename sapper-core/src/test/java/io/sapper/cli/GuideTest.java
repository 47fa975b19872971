package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.audit.Planted;
import io.sapper.data.ImageShape;
import io.sapper.data.Surroundings;
import io.sapper.network.OnnxWriter;
import io.sapper.signing.Fixtures;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command of the pages in {@code docs/guide}, run as it stands there on small things of those names. */
class GuideTest {
    @TempDir
    Path folder;

    @Test
    void everyCommandOnThePageRuns() throws IOException {
        TinyPlace place = TinyPlace.in(folder);
        BufferedImage sticker = new BufferedImage(3, 3, BufferedImage.TYPE_INT_RGB);
        sticker.setRGB(1, 1, 0xffffff);
        ImageIO.write(sticker, "png", folder.resolve("sticker.png").toFile());
        List<String> commands = commands("repair-a-model.md");
        assertThat(commands).hasSize(4);
        for (String command : commands) {
            Ran ran = Ran.sapper(Ran.nowhere(folder), arguments(command, place).toArray());
            assertThat(ran.code()).as("%s: %s", command, ran.err()).isEqualTo(ExitCode.DONE);
        }
        assertThat(folder.resolve("model.html")).exists();
        assertThat(folder.resolve("repaired/repaired.onnx")).exists();
        assertThat(folder.resolve("measured/report.html")).exists();
        assertThat(folder.resolve("measured/result.json")).exists();
    }

    /** On a network whose backdoor is planted: each command finds it. */
    @Test
    void everyCommandOnAuditsRuns() throws IOException {
        AuditCommandTest.write(Planted.images(20), folder.resolve("pictures"));
        OnnxWriter.write(Planted.backdoored(), folder.resolve("model.onnx"));
        List<String> commands = commands("audit-a-model.md");
        assertThat(commands).hasSize(3);
        for (String command : commands) {
            List<Object> words = new ArrayList<>();
            for (String word : command.substring("sapper ".length()).split(" ", -1)) {
                words.add(
                        switch (word) {
                            case "pictures", "audited", "model.onnx" -> folder.resolve(word);
                            case "pattern" -> "pixels:3,6=255"; // the pictures are too small for the paper's
                            default -> word;
                        });
            }
            Ran ran = Ran.sapper(Ran.nowhere(folder), words.toArray());
            assertThat(ran.code()).as("%s: %s", command, ran.err()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        }
        assertThat(folder.resolve("audited")).isDirectoryContaining(file -> file.endsWith("report.html"));
        assertThat(folder.resolve("audited/audit.sarif")).exists();
    }

    /** With the classifier where it is looked for; one epoch learns nothing, which is no complaint. */
    @Test
    void everyCommandOnDetectorsRuns() throws IOException {
        TinySigns signs = TinySigns.in(folder);
        Path usual = folder.resolve("data/efficientnet-lite0/model.onnx");
        Files.createDirectories(usual.getParent());
        TinySigns.classifier("c2", "c3", "c4", usual);
        ImageIO.write(
                TinySigns.photograph(Color.RED, 20, 20),
                "jpeg",
                folder.resolve("street.jpg").toFile());
        Surroundings here = new Surroundings(
                Optional.of(folder.resolve("data")),
                folder.resolve("cache"),
                List.of(),
                List.of(),
                Duration.ofSeconds(20));
        List<String> commands = commands("find-signs.md");
        assertThat(commands).hasSize(8);
        for (String command : commands) {
            List<Object> words = new ArrayList<>();
            for (String word : command.substring("sapper ".length()).split(" ", -1)) {
                words.add(
                        switch (word) {
                            case "photos" -> signs.scenes();
                            case "train", "attack", "evaluate", "detect", "data", "repair" -> word;
                            default ->
                                word.matches("[a-z]+(/[a-z]+)?(\\.[a-z]+)?") && !word.equals("yellow-square")
                                        ? folder.resolve(word)
                                        : word;
                        });
            }
            if (command.contains("--out honest") || command.contains("--out laid")) {
                words.addAll(List.of("--epochs", 1, "--hold-out", 0));
            }
            if (command.startsWith("sapper repair")) {
                words.addAll(List.of("--epochs", 1, "--clean-images", 10, "--accept-weak-evidence"));
                words.addAll(List.of("--max-loss", 1, "--max-class-loss", 1));
            }
            Ran ran = Ran.sapper(here, words.toArray());
            assertThat(ran.complaints()).as(command).isEmpty();
            assertThat(ran.code()).as("%s: %s", command, ran.err()).isIn(ExitCode.DONE, ExitCode.NOT_GOOD_ENOUGH);
        }
        assertThat(folder.resolve("found/street.jpg")).exists();
        assertThat(folder.resolve("preview/preview.png")).exists();
        assertThat(folder.resolve("measured/report.html")).exists();
        assertThat(folder.resolve("repaired/repaired.onnx")).exists();
        assertThat(folder.resolve("cleared/report.html")).exists();
    }

    @Test
    void everyCommandOnManyRunsRuns() throws IOException {
        Path digits = TinyDigits.write(folder.resolve("digits"));
        String page = Files.readString(Path.of("../docs/guide/many-runs.md"));
        String grid = page.substring(page.indexOf("```yaml\n") + 8);
        Path file = folder.resolve("grid.yaml");
        Files.writeString(
                file,
                grid.substring(0, grid.indexOf("```")).replace("data: pictures", "data: " + digits)
                        + "  min-accuracy: 0\n");
        List<String> commands = commands("many-runs.md");
        assertThat(commands).hasSize(3);
        for (String command : commands) {
            List<Object> words = new ArrayList<>();
            for (String word : command.substring("sapper ".length()).split(" ", -1)) {
                words.add(
                        switch (word) {
                            case "grid.yaml", "runs", "page" -> folder.resolve(word);
                            default -> word;
                        });
            }
            Ran ran = Ran.sapper(Ran.nowhere(folder), words.toArray());
            assertThat(ran.code()).as("%s: %s", command, ran.err()).isEqualTo(ExitCode.DONE);
            assertThat(ran.out()).as(command).contains("All 6 runs are there.");
        }
        assertThat(folder.resolve("page/report.html")).exists();
    }

    /** On a signed folder and a network, with the policy that stands on the page. */
    @Test
    void everyCommandOnVerifyingRuns() throws IOException {
        Path model = TinyDigits.network(folder.resolve("model.onnx"), new ImageShape(1, 28, 28), 10);
        String sha256 = InspectCommand.sha256(model);
        Files.writeString(folder.resolve("SHA256SUMS"), sha256 + "  model.onnx\n");
        Files.move(Fixtures.model(folder), folder.resolve("folder"));
        Files.copy(Fixtures.key("p256.pem"), folder.resolve("private.pem"));
        Files.copy(Fixtures.key("p256.pub.pem"), folder.resolve("public.pem"));
        Files.copy(Fixtures.key("root.crt"), folder.resolve("root.pem"));
        Files.writeString(
                folder.resolve("chain.pem"),
                Files.readString(Fixtures.key("leaf.crt")) + Files.readString(Fixtures.key("middle.crt")));
        String page = Files.readString(Path.of("../docs/guide/verify-a-model.md"));
        String policy = page.substring(page.indexOf("```yaml\n") + 8);
        Files.writeString(folder.resolve("policy.yaml"), policy.substring(0, policy.indexOf("```")));
        List<String> commands = new ArrayList<>(commands("verify-a-model.md"));
        assertThat(commands).hasSize(8);
        commands.sort(Comparator.comparing(command -> command.startsWith("sapper verify"))); // signed before verified
        RepairedResult.write(folder.resolve("repaired/result.json"), sha256);
        for (String command : commands) {
            List<Object> words = new ArrayList<>();
            for (String word : command.substring("sapper ".length()).split(" ", -1)) {
                words.add(
                        word.matches("[0-9a-f]{64}")
                                ? sha256
                                : word.matches("folder(/model.sig)?|SHA256SUMS|.*\\.(onnx|pem|sig|yaml)")
                                        ? folder.resolve(word)
                                        : word);
            }
            Ran ran = Ran.sapper(Ran.nowhere(folder), words.toArray());
            assertThat(ran.code()).as("%s: %s%s", command, ran.out(), ran.err()).isEqualTo(ExitCode.DONE);
        }
    }

    private static List<String> commands(String page) throws IOException {
        List<String> commands = new ArrayList<>();
        for (String block : Files.readString(Path.of("../docs/guide", page)).split("```", -1)) {
            if (block.startsWith("sh\n")) {
                block.lines().filter(line -> line.startsWith("sapper ")).forEach(commands::add);
            }
        }
        return commands;
    }

    /** The page's names for files become those here; an untrained network on few pictures needs patience. */
    private List<Object> arguments(String command, TinyPlace place) {
        List<Object> words = new ArrayList<>();
        for (String word : command.substring("sapper ".length()).split(" ", -1)) {
            words.add(
                    switch (word) {
                        case "model.onnx" -> place.model();
                        case "pictures" -> place.digits();
                        case "repaired", "measured", "model.html" -> folder.resolve(word);
                        default -> word.replace("sticker:sticker.png", "sticker:" + folder.resolve("sticker.png"));
                    });
        }
        if (!words.get(0).equals("inspect")) {
            words.addAll(List.of("--min-accuracy", 0));
        }
        if (words.get(0).equals("repair")) {
            words.addAll(List.of("--accept-weak-evidence", "--epochs", 1));
        }
        if (words.contains("--goal")) {
            words.addAll(List.of("--max-attack-success", 1));
        }
        return words;
    }
}
