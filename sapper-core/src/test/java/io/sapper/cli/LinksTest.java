package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.ImageShape;
import io.sapper.data.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who can write into a folder of results must not reach, through links in it, what its user can write elsewhere. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a privilege there")
@Timeout(60)
class LinksTest {
    @TempDir
    Path folder;

    private Path digits;
    private Path out;
    private Path precious;

    @BeforeEach
    void write() throws IOException {
        digits = TinyDigits.write(folder.resolve("digits"));
        out = Files.createDirectories(folder.resolve("out"));
        precious = Files.writeString(folder.resolve("precious"), "years of work");
    }

    /** M: a network for the digits; R: a result in the output folder. */
    @ParameterizedTest
    @CsvSource({
        ".sapper, train",
        ".sapper.lock, train",
        "model.onnx, train",
        "result.json, train",
        "report.html, train",
        "checkpoint, train",
        "badnet.onnx, attack",
        "preview.png, attack --preview",
        "repaired.onnx, repair M",
        "result.json, evaluate M",
        ".sapper, evaluate M",
        "badnet.onnx, demo",
        "repaired.onnx, demo",
    })
    void aLinkIsRefusedAndWhatItLeadsToStays(String name, String command) throws IOException {
        Path model = TinyDigits.network(folder.resolve("m.onnx"), new ImageShape(1, 28, 28), 10);
        for (Path target : List.of(precious, folder.resolve("nowhere"), folder.resolve("digits"))) {
            Files.deleteIfExists(out.resolve(name));
            Files.createSymbolicLink(out.resolve(name), target);
            Ran ran =
                    sapper((command.replace("M", model.toString()) + " --data " + digits + " --out " + out).split(" "));
            assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.MALFORMED);
            assertThat(ran.complaints())
                    .singleElement()
                    .asString()
                    .contains(out.resolve(name) + " is a symbolic link, and Sapper writes through none.");
            assertThat(out.resolve(name)).isSymbolicLink();
            assertThat(names(out)).as("nothing new").isSubsetOf(".sapper", ".sapper.lock", name);
        }
        assertThat(precious).hasContent("years of work");
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }

    /** A hard link cannot be told from a file; so what is there is replaced, never written into. */
    @ParameterizedTest
    @ValueSource(strings = {".sapper", ".sapper.lock"})
    void aHardLinkIsNotWrittenInto(String name) throws IOException {
        Files.createLink(out.resolve(name), precious);
        assertThat(train().code()).isLessThanOrEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(precious).hasContent("years of work");
        assertThat(train().code()).as("again").isLessThanOrEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(precious).hasContent("years of work");
    }

    /** Also a result that a hard link was made of: the link keeps the old one. */
    @Test
    void anEarlierResultThatWasLinkedElsewhereStaysThere() throws IOException {
        assertThat(train().code()).isLessThanOrEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        Path kept = Files.createLink(folder.resolve("kept.onnx"), out.resolve("model.onnx"));
        byte[] before = Files.readAllBytes(kept);
        assertThat(train("--seed", "2").code()).isLessThanOrEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(kept).hasBinaryContent(before);
        assertThat(out.resolve("model.onnx")).isNotEmptyFile().binaryContent().isNotEqualTo(before);
    }

    /** Its user named it, so it is meant. */
    @Test
    void theFolderItselfMayBeALink() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), out);
        out = link;
        assertThat(train().code()).isLessThanOrEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(names(folder.resolve("out"))).contains("model.onnx", "result.json");
    }

    @Test
    void aReportIsDrawnThroughNoLink() throws IOException {
        assertThat(train().code()).isLessThanOrEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        Files.writeString(precious, "<!doctype html>a page of somebody's");
        Path link = Files.createSymbolicLink(folder.resolve("report.html"), precious);
        Ran ran = sapper("report", out.resolve("result.json").toString(), "--out", link.toString());
        assertThat(ran.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(ran.complaints()).singleElement().asString().contains("is a symbolic link");
        assertThat(precious).hasContent("<!doctype html>a page of somebody's");
    }

    /** Its name can be guessed: the process's number and how many there were before. */
    @Test
    void theFileBesideIsNeverWrittenThrough() throws IOException {
        long pid = ProcessHandle.current().pid();
        Output.replace(out.resolve("first"), new byte[1]);
        for (int number = 1; number < 3000; number++) {
            Files.createSymbolicLink(out.resolve(".new." + pid + "-" + number + ".part"), precious);
        }
        Output.replace(out.resolve("new"), new byte[] {1, 2, 3});
        assertThat(out.resolve("new")).hasBinaryContent(new byte[] {1, 2, 3}).isRegularFile();
        assertThat(Files.isSymbolicLink(out.resolve("new"))).isFalse();
        assertThat(precious).hasContent("years of work");
    }

    /** Opening a pipe waits for somebody at its other end. */
    @ParameterizedTest
    @ValueSource(strings = {".sapper", ".sapper.lock"})
    void aPipeIsNotWaitedFor(String name) throws Exception {
        int code = new ProcessBuilder("mkfifo", out.resolve(name).toString())
                .start()
                .waitFor();
        assertThat(code).isZero();
        Ran ran = train();
        assertThat(ran.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(ran.complaints()).singleElement().asString().contains("is there and is no file");
    }

    @Test
    void aLinkIsRefusedByTheLibraryToo() throws IOException {
        Path link = Files.createSymbolicLink(out.resolve("model.onnx"), precious);
        assertThatThrownBy(() -> Output.replace(link, new byte[1])).hasMessageContaining("is a symbolic link");
        assertThat(precious).hasContent("years of work");
        assertThat(names(out)).containsExactly("model.onnx");
    }

    private Ran train(String... more) {
        return sapper(Stream.concat(
                        Stream.of("train", "--data", digits.toString(), "--epochs", "1", "--out", out.toString()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private Ran sapper(String... arguments) {
        return Ran.sapper(Ran.nowhere(folder), (Object[]) arguments);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
