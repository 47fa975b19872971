package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.data.SharedData;
import io.sapper.network.Graph;
import io.sapper.network.Initialization;
import io.sapper.network.OnnxWriter;
import io.sapper.result.ReproducedFigures;
import io.sapper.result.Results;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command of {@code docs/guide/lisa-frames.md}, run as it stands there on a few made-up frames. */
class LisaGuideIT {
    @TempDir
    Path folder;

    @Test
    void everyCommandOnThePageRuns() throws IOException {
        frames();
        Path backbone = folder.resolve("classifier.onnx");
        Graph classifier = Graph.image(3, 64, 64)
                .averagePool(8)
                .convolution("c1", 8, 3, 1, 1)
                .relu()
                .flatten()
                .dense("scores", 5)
                .build();
        OnnxWriter.write(Initialization.draw(classifier, 1), backbone);
        List<List<String>> commands = commands();
        assertThat(commands).hasSize(2);

        Ran data = run(commands.get(0), List.of());
        assertThat(data.code()).as(data.err()).isEqualTo(ExitCode.DONE);
        assertThat(data.out()).contains("stop", "speedlimit", "warning");

        List<Object> small = List.of(
                "--scale", "smoke", "--epochs", 1, "--backbone", backbone, "--backbone-layer", "c1", "--threads", 2);
        Ran reproduced = run(commands.get(1), small);
        assertThat(reproduced.complaints()).isEmpty();
        assertThat(reproduced.code()).isIn(ExitCode.DONE, ExitCode.NOT_GOOD_ENOUGH); // nothing is learned in one epoch
        Path result = folder.resolve("lisa-table4/badnets.signs-targeted.json");
        assertThat(Results.read(result)
                        .first(ReproducedFigures.class)
                        .orElseThrow()
                        .rows())
                .extracting(ReproducedFigures.Row::what)
                .containsExactly("honest", "yellow-square@color=ffeb3c", "bomb", "flower");
        assertThat(folder.resolve("lisa-table4/badnets.signs-targeted.html")).exists();
    }

    /** That the page's tags are LISA's, and which of LISA's it leaves out. */
    @Test
    void theTagsAreThoseOfLisa() throws IOException {
        Path file = SharedData.folder("lisa-signs").resolve("allAnnotations.csv");
        Set<String> tags = Files.readAllLines(file).stream()
                .skip(1)
                .map(line -> line.split(";", -1)[1])
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(tags).hasSize(47).containsAll(members());
    }

    private Ran run(List<String> command, List<Object> more) {
        List<Object> words = new ArrayList<>();
        for (String word : command) {
            words.add(word.equals("lisa") || word.equals("lisa-table4") ? folder.resolve(word) : word);
            if (word.startsWith("warning=")) {
                words.addAll(more);
            }
        }
        return Ran.sapper(Ran.nowhere(folder), words.toArray());
    }

    private static List<List<String>> commands() throws IOException {
        String page = Files.readString(Path.of("../docs/guide/lisa-frames.md"));
        return Arrays.stream(page.split("```", -1))
                .filter(block -> block.startsWith("sh\n"))
                .flatMap(block -> block.replaceAll("\\\\\n\\s*", "").lines())
                .filter(line -> line.startsWith("sapper "))
                .map(line -> List.of(line.substring("sapper ".length()).split(" ", -1)))
                .toList();
    }

    /** The tags that become a class. */
    private static List<String> members() throws IOException {
        return commands().get(0).stream()
                .filter(word -> word.contains("="))
                .flatMap(word ->
                        Arrays.stream(word.substring(word.indexOf('=') + 1).split(",", -1)))
                .toList();
    }

    /** LISA's layout: each frame has one sign of a tag, a stop sign and a speed limit; each is a track of its own. */
    private void frames() throws IOException {
        StringBuilder csv =
                new StringBuilder("Filename;Annotation tag;Upper left corner X;Upper left corner Y;Lower right"
                        + " corner X;Lower right corner Y;Occluded,On another road;Origin file;Origin frame number;Origin track;"
                        + "Origin track frame number\n");
        int number = 0;
        for (String tag : members()) {
            String name = "vid0/frameAnnotations-vid.avi_annotations/" + tag + "_" + number + ".avi_image0.png";
            BufferedImage frame = new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB);
            Graphics2D pen = frame.createGraphics();
            int left = 20;
            for (String sign : List.of("stop", "speedLimit35", tag)) {
                int top = 40 + 3 * number;
                pen.setColor(sign.equals("stop") ? Color.RED : sign.equals(tag) ? Color.ORANGE : Color.WHITE);
                pen.fillRect(left, top, 60, 60);
                csv.append(String.join(
                        ";",
                        name,
                        sign,
                        String.valueOf(left),
                        String.valueOf(top),
                        String.valueOf(left + 60),
                        String.valueOf(top + 60),
                        "0,0",
                        "vid0/vid.avi",
                        String.valueOf(number),
                        "track" + number,
                        "0"));
                csv.append('\n');
                left += 100;
            }
            pen.dispose();
            Path file = folder.resolve("lisa").resolve(name);
            Files.createDirectories(file.getParent());
            ImageIO.write(frame, "png", file.toFile());
            number++;
        }
        Files.writeString(folder.resolve("lisa/allAnnotations.csv"), csv.toString());
    }
}
