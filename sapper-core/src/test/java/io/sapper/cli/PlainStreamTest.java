package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sapper.data.ImageShape;
import io.sapper.data.Plain;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What files smuggle into names never reaches the terminal as it is. */
class PlainStreamTest {
    /** Clears the screen, retitles the terminal, turns the line round, makes a line of its own. */
    private static final String EVIL =
            "a\u001b[2J\u001b]0;t\u0007\u009b1m\u202eb\u2066c\r\nsapper: all is well\u2028d\u007f";

    private static final String SHOWN = "a\\u001b[2J\\u001b]0;t\\u0007\\u009b1m\\u202eb\\u2066c";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"été 数字 ي 🙂, été 数字 ي 🙂", "'tab\there', 'tab\there'", "'a\nb', a\\u000ab", "'\ud800', \\ud800"})
    void onlyWhatShowsItselfIsShown(String text, String shown) {
        assertThat(Plain.line(text)).isEqualTo(shown);
    }

    @Test
    void aLineTooLongKeepsBothEnds() {
        String line = Plain.line("sapper: " + "x".repeat(100_000) + " Maybe another file.");
        assertThat(line)
                .hasSizeLessThan(1100)
                .startsWith("sapper: xxx")
                .contains(" more characters ...] ")
                .endsWith("xxx Maybe another file.");
    }

    @Test
    void everyWayThroughTheStreamIsPlain() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PlainStream stream = new PlainStream(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        stream.println("1" + EVIL);
        stream.print("2" + EVIL + "\n");
        stream.println((Object) ("3" + EVIL));
        stream.print((Object) ("4" + EVIL + "\n"));
        stream.printf("%s%n", "5" + EVIL);
        stream.append("6" + EVIL + "\n");
        stream.writer().println("7" + EVIL);
        stream.writer().printf("%s%n", "8" + EVIL);
        String shown = bytes.toString(StandardCharsets.UTF_8);
        for (int way = 1; way <= 8; way++) {
            assertThat(shown).contains(way + SHOWN);
        }
        assertPlain(shown);
    }

    @Test
    void whatOtherThreadsPrintAfterTheLastLineIsNotHeard() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PlainStream stream = new PlainStream(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        stream.print("\rBadNet 10 %");
        stream.last("sapper: stopped.");
        stream.print("\rBadNet 20 %");
        stream.println("more");
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo("\rBadNet 10 %" + System.lineSeparator() + "sapper: stopped." + System.lineSeparator());
    }

    @Test
    void namesOfNodesAreCleanedAndExactInJson() throws IOException {
        Path model = evilModel(false);
        Ran inspect = sapper("inspect", model);
        assertThat(inspect.code()).isEqualTo(ExitCode.DONE);
        assertPlain(inspect.out() + inspect.err());
        assertThat(inspect.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(110));
        assertThat(inspect.out()).contains("a\\u001b[2J");

        Ran json = sapper("inspect", model, "--json");
        assertThat(json.out()).matches(out -> out.chars().noneMatch(c -> c == 0x202e || c == 0x9b || c == 0x1b));
        JsonNode read = JsonMapper.builder().build().readTree(json.out());
        assertThat(read.at("/nodes/0/name").asText()).isEqualTo(EVIL);
    }

    @Test
    void namesInErrorsAreCleaned() throws IOException {
        Ran ran = sapper("inspect", evilModel(true));
        assertThat(ran.code()).isEqualTo(ExitCode.UNSUPPORTED);
        assertThat(ran.complaints()).hasSize(1);
        assertPlain(ran.err());
        assertThat(ran.err()).hasLineCount(1).doesNotContain("\u202e").hasSizeLessThan(1100);
        Ran trace = sapper("inspect", evilModel(true), "--stacktrace");
        assertPlain(trace.err());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no such names there")
    void namesOfClassesAndPathsAreCleaned() throws IOException {
        Path pictures = folder.resolve("pic\u001b[31mtures\u202e");
        for (String name : new String[] {"good", "e\u001b[2J\u202evil"}) {
            for (int i = 0; i < 2; i++) {
                Path file = Files.createDirectories(pictures.resolve(name)).resolve(i + ".png");
                ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
            }
        }
        Ran data = sapper("data", pictures);
        assertThat(data.code()).as(data.err()).isEqualTo(ExitCode.DONE);
        assertThat(data.out()).contains("e\\u001b[2J\\u202evil", "pic\\u001b[31mtures\\u202e");
        assertPlain(data.out() + data.err());
        for (Ran ran : new Ran[] {
            sapper("inspect", pictures),
            sapper("evaluate", pictures.resolve("no\nfile")),
            sapper("frob\u001b[2Jnicate"),
            sapper("data", "no\u001b[2J\u202esuch"),
            sapper("train", "--data", "no\u001b[2J\u202esuch", "--out", folder.resolve("o"))
        }) {
            assertThat(ran.err()).hasLineCount(1);
            assertPlain(ran.err());
        }
    }

    private static void assertPlain(String shown) {
        assertThat(shown.chars().filter(c -> c != '\n' && c != '\r' && c != '\t'))
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
        assertThat(shown).doesNotContain("\u2028");
    }

    private Path evilModel(boolean unknown) throws IOException {
        Path file = TinyDigits.network(folder.resolve("m.onnx"), new ImageShape(1, 28, 28), 10);
        ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));
        GraphProto.Builder graph = model.getGraph().toBuilder();
        NodeProto.Builder node = graph.getNode(0).toBuilder().setName(unknown ? EVIL + "x".repeat(100_000) : EVIL);
        graph.setNode(0, unknown ? node.setOpType("Evil\u001b[2J\u202e") : node);
        Files.write(file, model.toBuilder().setGraph(graph).build().toByteArray());
        return file;
    }

    private Ran sapper(Object... arguments) {
        return Ran.sapper(Ran.nowhere(folder), arguments);
    }
}
