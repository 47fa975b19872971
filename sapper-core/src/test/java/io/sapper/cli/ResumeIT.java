package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.data.IdxFiles;
import io.sapper.data.SharedData;
import io.sapper.data.synthetic.SyntheticDigits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command line is killed while it trains, and goes on with {@code --resume}. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
@Timeout(300)
class ResumeIT {
    private static final int KILLED = 128 + 9;
    private static final int TERMINATED = 128 + 15;

    @TempDir
    Path folder;

    @BeforeEach
    void writeData() throws IOException {
        IdxFiles.write(SyntheticDigits.generate(3000, 100, 5), folder.resolve("digits"));
    }

    @Test
    void trainingEndsInTheSameBytesHoweverOftenItWasStopped() throws Exception {
        assertThat(run(train("whole")).code).isZero();

        stop(start(train("stopped")), "stopped", 0, KILLED);
        Map<String, FileTime> checkpoint = checkpoint("stopped");

        Ended anew = run(train("stopped"));
        assertThat(anew.code).isEqualTo(ExitCode.USAGE);
        assertThat(anew.complaint()).contains("unfinished run", "--resume");
        Ended faster = run(train("stopped", "--resume", "--learning-rate", "0.2"));
        assertThat(faster.code).isEqualTo(ExitCode.USAGE);
        assertThat(faster.complaint()).contains("learning rate (0.02 there, 0.2 here). Maybe");
        assertThat(checkpoint("stopped")).as("nothing lost").isEqualTo(checkpoint);

        // As Ctrl-C does.
        stop(start(train("stopped", "--resume")), "stopped", newest("stopped"), TERMINATED);
        assertThat(said())
                .last()
                .asString()
                .startsWith("sapper: stopped. The checkpoint in stopped/checkpoint is kept (")
                .contains(" of 3 epochs")
                .endsWith("). Go on with: sapper train --data=digits --out=stopped --threads=2 --epochs=3 --resume");

        assertThat(run(train("stopped", "--resume")).code).isZero();
        assertSame("model.onnx");
    }

    @Test
    void anAttackEndsInTheSameBytesToo() throws Exception {
        assertThat(run(attack("whole")).code).isLessThan(ExitCode.MALFORMED);
        stop(start(attack("stopped")), "stopped", 0, KILLED);
        assertThat(run(attack("stopped", "--resume")).code).isLessThan(ExitCode.MALFORMED);
        assertSame("badnet.onnx");
    }

    /** Before there is anything to keep, and where nothing can go on. */
    @Test
    void whatIsKeptIsSaid() throws Exception {
        Process early = start(train("early", "--batch=1"));
        awaitLine("Step 1 of 2");
        early.destroy();
        assertThat(early.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(early.exitValue()).isEqualTo(TERMINATED);
        assertThat(said()).last().isEqualTo("sapper: stopped. Nothing new was written; the same command begins anew.");

        Process rows = start("reproduce badnets.baseline --epochs=1 --seeds=9 --data=digits --threads=2"
                .concat(" --out=rows")
                .split(" "));
        while (!Files.exists(folder.resolve("rows").resolve("badnets.baseline.html"))) {
            assertThat(rows.isAlive()).isTrue();
            Thread.sleep(5);
        }
        rows.destroy();
        assertThat(rows.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said())
                .last()
                .isEqualTo("sapper: stopped. Whole and kept: rows/badnets.baseline.html, rows/badnets.baseline.json;"
                        + " the same command begins anew.");
    }

    /** Of several trainings in a row, with {@code --trained}. */
    @Test
    void whatAnExperimentTrainedIsKept() throws Exception {
        Path data = SharedData.folder("road-sign-detection"); // skips where there is none
        Path trained = folder.resolve("trained");
        Process process = start(
                Map.of("SAPPER_DATA", data.resolveSibling("").toString()),
                ("reproduce badnets.signs-random --scale=smoke --epochs=9 --seeds=1 --threads=2 --out=output"
                                + " --trained=trained")
                        .split(" "));
        while (!anyCheckpoint(trained)) {
            assertThat(process.isAlive()).isTrue();
            Thread.sleep(5);
        }
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said())
                .last()
                .asString()
                .startsWith("sapper: stopped. What was trained is kept in trained (honest-network-seed-1-")
                .contains(" of 9 epochs")
                .endsWith("). The same command goes on from there.");
    }

    private static boolean anyCheckpoint(Path trained) throws IOException {
        if (!Files.isDirectory(trained)) {
            return false;
        }
        try (Stream<Path> all = Files.walk(trained)) {
            return all.anyMatch(file -> file.toString().endsWith(".state"));
        }
    }

    private void awaitLine(String beginning) throws Exception {
        while (said().stream().noneMatch(line -> line.startsWith(beginning))) {
            Thread.sleep(5);
        }
    }

    private List<String> said() throws IOException {
        return Files.readAllLines(folder.resolve("err"));
    }

    private void assertSame(String model) throws IOException {
        assertThat(folder.resolve("stopped").resolve(model))
                .hasSameBinaryContentAs(folder.resolve("whole").resolve(model));
        try (Stream<Path> left = Files.list(folder.resolve("stopped"))) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .as("no checkpoint, no half-written file")
                    .containsExactlyInAnyOrder(".sapper", ".sapper.lock", model, "result.json", "report.html");
        }
        assertThat(folder).isDirectoryNotContaining("glob:**hs_err*");
    }

    private String[] train(String out, String... more) {
        return arguments("train", out, "--epochs=3", more);
    }

    private String[] attack(String out, String... more) {
        return arguments("attack", out, "--epochs=2 --hold-out=0 --goal=all-to-one:3", more);
    }

    private String[] arguments(String verb, String out, String options, String... more) {
        List<String> all = new ArrayList<>(List.of(verb, "--data=digits", "--out=" + out, "--threads=2"));
        all.addAll(List.of(options.split(" ")));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    /** Stops a process as soon as it has saved itself later than {@code after}. */
    private void stop(Process process, String out, long after, int code) throws Exception {
        try {
            while (newest(out) <= after) {
                assertThat(process.isAlive())
                        .as("must not end before it is stopped")
                        .isTrue();
                Thread.sleep(5);
            }
        } finally {
            if (code == KILLED) {
                process.destroyForcibly();
            } else {
                process.destroy();
            }
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(code);
        assertThat(newest(out)).isGreaterThan(after);
        assertThat(folder.resolve(out)).isDirectoryNotContaining("glob:**.onnx");
    }

    private record Ended(int code, String err) {
        /** What is said of a mistake: one line. */
        String complaint() {
            assertThat(err.lines().filter(line -> line.startsWith("sapper: "))).hasSize(1);
            assertThat(err).doesNotContain("\tat ");
            return err;
        }
    }

    private Ended run(String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        try {
            int code = process.waitFor();
            return new Ended(code, Files.readString(folder.resolve("err"), StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(String... arguments) throws IOException {
        return start(Map.of(), arguments);
    }

    private Process start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                Sapper.class.getName()));
        command.addAll(1, LauncherOptions.ofThisJava());
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return builder.directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    /** The files of a checkpoint, and when each was written. */
    private Map<String, FileTime> checkpoint(String out) throws IOException {
        Map<String, FileTime> files = new TreeMap<>();
        for (String name : names(out)) {
            files.put(
                    name,
                    Files.getLastModifiedTime(
                            folder.resolve(out).resolve("checkpoint").resolve(name)));
        }
        return files;
    }

    /** How many steps the newest checkpoint holds. */
    private long newest(String out) throws IOException {
        return names(out).stream()
                .filter(name -> name.matches("\\d{9}\\.state"))
                .mapToLong(name -> Long.parseLong(name.substring(0, 9)))
                .max()
                .orElse(0);
    }

    private List<String> names(String out) throws IOException {
        Path checkpoint = folder.resolve(out).resolve("checkpoint");
        if (!Files.isDirectory(checkpoint)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(checkpoint)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
