package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command of {@code docs/guide/repair-a-model.md}, run as it stands there on small things of those names. */
class GuideTest {
    @TempDir
    Path folder;

    @Test
    void everyCommandOnThePageRuns() throws IOException {
        TinyPlace place = TinyPlace.in(folder);
        BufferedImage sticker = new BufferedImage(3, 3, BufferedImage.TYPE_INT_RGB);
        sticker.setRGB(1, 1, 0xffffff);
        ImageIO.write(sticker, "png", folder.resolve("sticker.png").toFile());
        List<String> commands = commands();
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

    private static List<String> commands() throws IOException {
        List<String> commands = new ArrayList<>();
        for (String block :
                Files.readString(Path.of("../docs/guide/repair-a-model.md")).split("```", -1)) {
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
