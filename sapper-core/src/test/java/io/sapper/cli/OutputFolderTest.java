package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sapper.data.ImageShape;
import io.sapper.network.OnnxReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run writes, and what it must not. */
class OutputFolderTest {
    @TempDir
    Path folder;

    private Path digits;
    private Path out;
    private Path mounted;

    @BeforeEach
    void write() throws IOException {
        digits = TinyDigits.write(folder.resolve("digits"));
        out = folder.resolve("out");
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        if (mounted != null) {
            assertThat(run("umount", mounted.toString())).isZero();
        }
    }

    @Test
    void twoRunsIntoOneFolderAreRefused() throws IOException {
        try (OutputFolder first = OutputFolder.open(out, "train", List.of("model.onnx"), List.of())) {
            Ran second = train();
            assertThat(second.code()).isEqualTo(ExitCode.MALFORMED);
            assertThat(second.complaints()).singleElement().asString().contains("Another run is writing into");
            assertThat(first.path()).isEqualTo(out);
        }
        assertThat(train().code()).as("after the first is done").isEqualTo(ExitCode.DONE);
    }

    /** Killed while it wrote; what others write stays. */
    @Test
    void whatAKilledRunLeftHalfWrittenIsRemoved() throws IOException {
        Files.createDirectories(out);
        for (String name : List.of(".model.onnx.4711-3.part", ".result.json.12-1.part", ".notes.txt.4711-1.part")) {
            Files.write(out.resolve(name), new byte[10]);
        }
        OutputFolder.open(out, "train", List.of("model.onnx", "result.json"), List.of())
                .close();
        assertThat(names(out)).containsExactly(".notes.txt.4711-1.part", ".sapper", ".sapper.lock");
    }

    @Test
    void theSameCommandReplacesItsOwnResult() throws IOException {
        assertThat(train().code()).isEqualTo(ExitCode.DONE);
        assertThat(names(out)).containsExactly(".sapper", ".sapper.lock", "model.onnx", "report.html", "result.json");
        assertThat(train("--seed", "2").code()).isEqualTo(ExitCode.DONE);
        assertThat(out.resolve("result.json")).content().contains("\"seed\" : 2");
    }

    @Test
    void anotherCommandsResultIsKept() throws IOException {
        assertThat(train().code()).isEqualTo(ExitCode.DONE);
        byte[] before = Files.readAllBytes(out.resolve("result.json"));
        Path model = out.resolve("model.onnx");
        for (Ran ran : List.of(
                sapper("repair", model, "--data", digits, "--out", out),
                sapper("evaluate", model, "--data", digits, "--out", out),
                sapper("attack", "--data", digits, "--epochs", 1, "--out", out))) {
            assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
            assertThat(ran.complaints())
                    .singleElement()
                    .asString()
                    .contains("would replace", "result.json, which 'train' wrote. Maybe another folder with --out.");
        }
        assertThat(sapper("attack", "--data", digits, "--preview", "--out", out).code())
                .as("a file of another name")
                .isEqualTo(ExitCode.DONE);
        assertThat(sapper(
                                "attack",
                                "--data",
                                digits,
                                "--epochs",
                                1,
                                "--min-accuracy",
                                0,
                                "--min-attack-success",
                                0,
                                "--out",
                                out)
                        .code())
                .as("also when it has written something else there")
                .isEqualTo(ExitCode.USAGE);
        assertThat(out.resolve("result.json")).hasBinaryContent(before);
    }

    @Test
    void aForeignModelIsKept() throws IOException {
        Files.createDirectories(out);
        Path theirs = Files.writeString(out.resolve("model.onnx"), "theirs");
        Ran ran = train();
        assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.complaints()).singleElement().asString().contains("model.onnx, which it did not write");
        assertThat(theirs).hasContent("theirs");
    }

    @Test
    void repairNeverWritesOverWhatItReads() throws IOException {
        Path model = TinyDigits.network(folder.resolve("m.onnx"), new ImageShape(1, 28, 28), 10);
        assertThat(sapper(
                                "repair",
                                model,
                                "--data",
                                digits,
                                "--min-accuracy",
                                0,
                                "--accept-weak-evidence",
                                "--out",
                                out)
                        .code())
                .isEqualTo(ExitCode.DONE);
        Path repaired = out.resolve("repaired.onnx");
        byte[] before = Files.readAllBytes(repaired);
        for (Path named : List.of(repaired, out.resolve("..").resolve("out").resolve("repaired.onnx"))) {
            Ran ran = sapper("repair", named, "--data", digits, "--out", out);
            assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
            assertThat(ran.complaints()).singleElement().asString().contains("would write over what it reads");
            assertThat(repaired).hasBinaryContent(before);
        }
    }

    @Test
    void aModelBesideTheOutputIsLeftAlone() throws IOException {
        Files.createDirectories(out);
        Path model = TinyDigits.network(out.resolve("received.onnx"), new ImageShape(1, 28, 28), 10);
        byte[] before = Files.readAllBytes(model);
        assertThat(sapper(
                                "repair",
                                model,
                                "--data",
                                digits,
                                "--min-accuracy",
                                0,
                                "--accept-weak-evidence",
                                "--out",
                                out)
                        .code())
                .isEqualTo(ExitCode.DONE);
        assertThat(model).hasBinaryContent(before);
        assertThat(names(out))
                .containsExactly(
                        ".sapper", ".sapper.lock", "received.onnx", "repaired.onnx", "report.html", "result.json");
    }

    @Test
    void aReportReplacesOnlyReports() throws IOException {
        assertThat(train().code()).isEqualTo(ExitCode.DONE);
        Path result = out.resolve("result.json");
        byte[] before = Files.readAllBytes(result);
        for (Path wrong : List.of(result, out.resolve("model.onnx"), out)) {
            Ran ran = sapper("report", result, "--out", wrong);
            assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
            assertThat(ran.complaints()).singleElement().asString().contains("is there already and is no report");
        }
        assertThat(result).hasBinaryContent(before);
        Files.writeString(out.resolve("report.html"), "<!DOCTYPE html>old");
        assertThat(sapper("report", result).code()).isEqualTo(ExitCode.DONE);
        assertThat(Files.size(out.resolve("report.html"))).isGreaterThan(100_000);
        Path other = folder.resolve("new").resolve("page.html");
        assertThat(sapper("report", result, "--out", other).code()).isEqualTo(ExitCode.DONE);
        assertThat(other).isNotEmptyFile();
    }

    @Test
    void aFileInTheWayIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        out = file;
        assertThat(train().complaints()).singleElement().asString().contains("is a file, not a folder");
        out = file.resolve("below");
        assertThat(train().complaints()).singleElement().asString().contains("Cannot write into");
        assertThat(file).hasContent("x");
    }

    /** Permissions do not bind root; there nobody can make a folder. */
    @ParameterizedTest
    @ValueSource(strings = {"/proc/sapper-test/out", "/sys/sapper-test"})
    void aFolderThatNobodyCanMakeIsRefused(String path) {
        assumeTrue(Files.isDirectory(Path.of(path.substring(0, 5))), "Only Linux has such folders.");
        out = Path.of(path);
        Ran ran = train();
        assertThat(ran.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(ran.complaints())
                .singleElement()
                .asString()
                .contains("Cannot write into " + path)
                .doesNotContain("Exception");
    }

    @Test
    void aReadOnlyFolderIsRefused() throws Exception {
        mount("ro");
        out = mounted.resolve("out");
        assertThat(train().complaints())
                .singleElement()
                .asString()
                .contains("Cannot write into " + out)
                .containsIgnoringCase("read-only")
                .endsWith("). Maybe another folder with --out.");
        out = mounted;
        assertThat(train().code()).isEqualTo(ExitCode.MALFORMED);
    }

    /** Full before there is anything to keep. */
    @Test
    void aFullDiskIsSaidAndCostsNothing() throws Exception {
        mount("size=200k");
        Path earlier = Files.writeString(mounted.resolve("earlier.txt"), "kept");
        out = mounted.resolve("out");
        assertDiskFull(train());
        assertThat(earlier).hasContent("kept");
        assertThat(out).doesNotExist();
        assertThat(run("mount", "-o", "remount,size=8m", mounted.toString())).isZero();
        assertThat(train().code()).as("once there is room").isEqualTo(ExitCode.DONE);
    }

    /** Full between the network and the report. */
    @Test
    void whatWasWrittenBeforeTheDiskWasFullIsWhole() throws Exception {
        Path model = TinyDigits.network(folder.resolve("m.onnx"), new ImageShape(1, 28, 28), 10);
        mount("size=1400k");
        out = mounted.resolve("out");
        assertDiskFull(sapper("repair", model, "--data", digits, "--out", out, "--accept-weak-evidence"));
        assertThat(names(out)).containsExactly(".sapper", ".sapper.lock", "repaired.onnx", "result.json");
        assertThat(OnnxReader.read(out.resolve("repaired.onnx")).classCount()).isEqualTo(10);
    }

    private void assertDiskFull(Ran ran) {
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.MALFORMED);
        assertThat(ran.complaints())
                .singleElement()
                .asString()
                .contains("The disk is full: " + out + " could not be written", "Maybe free some room");
    }

    /** Not even room for the mark. */
    @Test
    void aDiskWithoutAnyRoomIsSaidBeforeTheWorkBegins() throws Exception {
        mount("size=64k");
        try (OutputStream filling = Files.newOutputStream(mounted.resolve("filling"))) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100; i++) {
                            filling.write(new byte[1024]);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        out = mounted.resolve("out");
        Ran ran = train();
        assertThat(ran.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(ran.complaints()).singleElement().asString().contains("The disk is full: " + out);
        assertThat(ran.err()).doesNotContain("epoch");
        assertThat(out).doesNotExist();
    }

    @Test
    void aFullDiskDoesNotCostTheReportThatIsThere() throws Exception {
        assertThat(train().code()).isEqualTo(ExitCode.DONE);
        mount("size=300k");
        Path report = Files.writeString(mounted.resolve("report.html"), "<!doctype html>old");
        Ran ran = sapper("report", out.resolve("result.json"), "--out", report);
        assertThat(ran.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(ran.complaints()).singleElement().asString().contains("The disk is full: " + mounted);
        assertThat(report).hasContent("<!doctype html>old");
        assertThat(names(mounted)).containsExactly("report.html");
    }

    /** Also where no test can mount anything. */
    @Test
    void otherFailuresAreNotTakenForAFullDisk() {
        assertThat(DiskFull.explained(new IOException("No space left on device"), folder))
                .hasMessageStartingWith("The disk is full: " + folder);
        assertThat(DiskFull.explained(new IOException("Disk quota exceeded"), folder))
                .hasMessageContaining("(Disk quota exceeded)");
        IOException other = new IOException("Input/output error");
        assertThat(DiskFull.explained(other, folder)).isSameAs(other);
        assertThat(DiskFull.explained(other, folder.resolve("gone"))).isSameAs(other);
    }

    @Test
    void aFailedRunLeavesNoNewFolder() {
        assertThat(sapper("train", "--data", "nowhere", "--out", out).code()).isEqualTo(ExitCode.USAGE);
        assertThat(out).doesNotExist();
    }

    /** The mark is what tells later runs whose result is there, so that it must stay when a run fails half-way. */
    @Test
    void whatAFailedRunWroteMayBeReplacedByTheSameCommand() throws IOException {
        try (OutputFolder half = OutputFolder.open(out, "demo", List.of("badnet.onnx"), List.of())) {
            Files.writeString(half.path().resolve("badnet.onnx"), "written before it failed");
        }
        assertThat(names(out)).containsExactly(".sapper", ".sapper.lock", "badnet.onnx");
        OutputFolder.open(out, "demo", List.of("badnet.onnx"), List.of()).close();
        assertThatThrownBy(() -> OutputFolder.open(out, "attack", List.of("badnet.onnx"), List.of()))
                .hasMessageContaining("which 'demo' wrote");
    }

    private Ran train(String... more) {
        return sapper(Stream.concat(
                        Stream.of("train", "--data", digits, "--epochs", 1, "--min-accuracy", 0, "--out", out),
                        Stream.of(more))
                .toArray());
    }

    private Ran sapper(Object... arguments) {
        return Ran.sapper(Ran.nowhere(folder), arguments);
    }

    private void mount(String options) throws IOException, InterruptedException {
        Path at = Files.createDirectories(folder.resolve("mounted"));
        boolean linux = System.getProperty("os.name").equals("Linux");
        assumeTrue(
                linux && run("mount", "-t", "tmpfs", "-o", options, "none", at.toString()) == 0,
                "Only root on Linux may mount a small file system, and not in every container.");
        mounted = at;
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
