package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sapper.data.ImageShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures that only a process of its own can have: no memory, no natives, no room, another language. */
class SapperProcessIT {
    @TempDir
    Path folder;

    private Path digits;
    private Path model;

    @BeforeEach
    void write() throws IOException {
        digits = TinyDigits.write(folder.resolve("digits"));
        model = TinyDigits.network(folder.resolve("m.onnx"), new ImageShape(1, 28, 28), 10);
    }

    @Test
    void tooLittleMemoryIsOneLineWithTheWayOut() throws Exception {
        Ran ran = java(List.of("-Xmx24m"), "data", "synthetic-digits");
        assertThat(ran.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(ran.err())
                .startsWith("sapper: Java ran out of memory (Java heap space; its heap is at most ")
                .contains("SAPPER_JAVA_OPTS=-Xmx4g")
                .hasLineCount(1);
        assertThat(java(List.of("-Xmx24m"), "data", "synthetic-digits", "--stacktrace")
                        .err())
                .contains("java.lang.OutOfMemoryError", "\tat io.sapper.data.");
    }

    @Test
    void missingNativesAreOneLineWithTheWayOut() throws Exception {
        List<String> elsewhere = List.of("-Dorg.bytedeco.javacpp.platform=none");
        Path out = folder.resolve("out");
        for (Ran ran : List.of(
                java(elsewhere, "evaluate", model, "--data", digits),
                java(elsewhere, "train", "--data", digits, "--out", out))) {
            assertThat(ran.code()).isEqualTo(ExitCode.MALFORMED);
            assertThat(ran.err())
                    .startsWith("sapper: A library cannot be loaded (no jni")
                    .contains("build it again on this one", "cachedir")
                    .hasLineCount(1);
        }
        assertThat(out).doesNotExist();
        Ran doctor = java(elsewhere, "doctor");
        assertThat(doctor.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(doctor.out()).contains("libtorch   A library cannot be loaded", "Java  ", "Cache  ");
    }

    /** The limit on the size of a file binds root too, in every container. */
    @Test
    void aReportThatFindsNoRoomLeavesTheOldOne() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "There is no shell here.");
        Path run = folder.resolve("run");
        assertThat(java(List.of(), "evaluate", model, "--data", digits, "--min-accuracy", "0", "--out", run)
                        .code())
                .isZero();
        Path report = run.resolve("report.html");
        byte[] before = Files.readAllBytes(report);
        assertThat(before).hasSizeGreaterThan(200_000);
        List<String> limited = new ArrayList<>(List.of("/bin/sh", "-c", "ulimit -f 100; exec \"$@\"", "sh"));
        limited.addAll(command(List.of(), "report", run.resolve("result.json")));
        Ran ran = start(limited);
        assertThat(ran.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(ran.err())
                .startsWith("sapper: The disk is full: " + run + " could not")
                .hasLineCount(1);
        assertThat(report).hasBinaryContent(before);
        try (Stream<Path> files = Files.list(run)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(".sapper", ".sapper.lock", "result.json", "report.html");
        }
    }

    /** Every command, text or JSON: a script must not go on with half an output and code 0. */
    @Test
    void outputThatCannotBePrintedIsAFailure() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "Only Linux has a device that is always full.");
        String[] commands = {
            "inspect M",
            "inspect M --json",
            "doctor",
            "data D",
            "data",
            "evaluate M --data D",
            "evaluate M --data D --json",
            "--help",
            "train --help",
            "--version",
            "report R"
        };
        assertThat(java(List.of(), "evaluate", model, "--data", digits, "--out", folder.resolve("run"))
                        .code())
                .isLessThan(2);
        for (String words : commands) {
            Object[] arguments = Arrays.stream(words.split(" "))
                    .map(word -> Map.of("M", model, "D", digits, "R", folder.resolve("run/result.json"))
                            .getOrDefault(word, Path.of(word)))
                    .toArray();
            List<String> full = new ArrayList<>(List.of("/bin/sh", "-c", "exec \"$@\" > /dev/full", "sh"));
            full.addAll(command(List.of(), arguments));
            Ran ran = start(full);
            assertThat(ran.code()).as(words).isEqualTo(ExitCode.MALFORMED);
            assertThat(ran.complaints())
                    .as(words)
                    .containsExactly("sapper: Standard output could not be written. Maybe its disk is full, or the"
                            + " program that reads it ended early.");
            assertThat(ran.err()).doesNotContain("Exception");
        }
    }

    /** As {@code sapper inspect model.onnx | head -1} has it. */
    @Test
    void aReaderThatEndsEarlyIsNoStackTrace() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "There is no shell here.");
        List<String> piped = new ArrayList<>(List.of("/bin/sh", "-c", "{ \"$@\"; echo code $? >&2; } | true", "sh"));
        piped.addAll(command(List.of(), "inspect", model));
        Ran ran = start(piped);
        assertThat(ran.err())
                .startsWith("sapper: Standard output could not be written.")
                .contains("code 2");
        assertThat(ran.err()).hasLineCount(2);
    }

    @Test
    void theLanguageOfTheMachineChangesNothing() throws Exception {
        List<String> arabic = List.of(
                "-Duser.language=ar", "-Duser.country=EG", "-Duser.extensions=u-nu-arab", "-Dfile.encoding=UTF-8");
        for (List<String> command : List.of(
                List.of("inspect", model.toString()),
                List.of("data", digits.toString()),
                List.of("evaluate", model.toString(), "--data", digits.toString()))) {
            Ran there = java(arabic, command.toArray());
            assertThat(there.code()).as(there.err()).isLessThan(ExitCode.MALFORMED);
            assertThat(there.out()).isEqualTo(java(List.of(), command.toArray()).out());
        }
    }

    private Ran java(List<String> options, Object... arguments) throws IOException, InterruptedException {
        return start(command(options, arguments));
    }

    private static List<String> command(List<String> options, Object... arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-XX:-UsePerfData", "-Xmx1g"));
        command.addAll(LauncherOptions.ofThisJava());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Sapper.class.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return command;
    }

    private Ran start(List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
