package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.result.Results;
import io.sapper.result.RunResult;
import io.sapper.result.RunTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A sweep that is killed goes on, and ends in what it would have been. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
@Timeout(300)
class SweepIT {
    private static final int KILLED = 128 + 9;
    private static final int TERMINATED = 128 + 15;
    private static final int RUNS = 6;

    @TempDir
    Path folder;

    private Path digits;

    @BeforeEach
    void write() throws IOException {
        digits = TinyDigits.write(folder.resolve("digits"));
    }

    @Test
    void killedAtRandomMomentsItEndsInTheSameTable() throws Exception {
        Ran first = run("whole");
        assertThat(first.code()).as(first.err()).isZero();
        RunTable whole = table("whole");
        assertThat(whole.runs()).hasSize(RUNS).allMatch(RunTable.Run::isFinished);

        Random random = new Random(7);
        for (int kill = 0; kill < 2; kill++) {
            Process process = start("killed");
            boolean over = process.waitFor(1_200 + random.nextInt(1_500), TimeUnit.MILLISECONDS);
            process.destroyForcibly();
            process.waitFor();
            assertThat(process.exitValue()).isEqualTo(over ? 0 : KILLED);
        }
        long before = finished("killed");
        Ran ran = run("killed");
        assertThat(ran.code()).as(ran.err()).isZero();
        if (before > 0) {
            assertThat(ran.err()).contains(RUNS + " runs, " + before + " there already.");
        }
        assertThat(untimed(table("killed"))).isEqualTo(untimed(whole));
        assertThat(finished("killed")).isEqualTo(RUNS);
    }

    /** As Ctrl-C does. */
    @Test
    void stoppedItSaysWhatIsKept() throws Exception {
        Process process = start("stopped");
        Path err = folder.resolve("stopped.err");
        while (process.isAlive() && !Files.readString(err).contains("[1/")) {
            Thread.sleep(20);
        }
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(TERMINATED);
        assertThat(Files.readString(err))
                .endsWith("sapper: stopped. The runs that are finished are kept in " + folder.resolve("stopped")
                        + ". The same command goes on from there.\n");
        assertThat(finished("stopped")).isBetween(1L, RUNS - 1L);
        assertThat(folder.resolve("stopped/failed")).isEmptyDirectory();
    }

    private static List<Object> untimed(RunTable table) {
        List<Object> said = new ArrayList<>(List.of(table.settings(), table.figures()));
        table.runs().forEach(run -> said.addAll(List.of(run.name(), run.values(), run.figures(), run.problem())));
        return said;
    }

    private RunTable table(String out) throws IOException {
        RunResult result = Results.read(folder.resolve(out).resolve("result.json"));
        return result.first(RunTable.class).orElseThrow();
    }

    private long finished(String out) throws IOException {
        Path runs = folder.resolve(out).resolve("runs");
        if (!Files.isDirectory(runs)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(runs)) {
            return files.filter(file -> file.toString().endsWith(".json")
                            && !file.getFileName().toString().startsWith("."))
                    .count();
        }
    }

    private Ran run(String out) throws Exception {
        Process process = start(out);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Ran(process.exitValue(), "", Files.readString(folder.resolve(out + ".err")));
    }

    private Process start(String out) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-XX:-UsePerfData", "-Xmx1g"));
        command.addAll(LauncherOptions.ofThisJava());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Sapper.class.getName()));
        command.addAll(List.of("sweep", "--run", "train", "--set", "data=" + digits, "--set", "epochs=10"));
        command.addAll(List.of("--set", "min-accuracy=0", "--set", "seed={1.." + RUNS + "}", "--workers", "2"));
        command.addAll(List.of("--out", folder.resolve(out).toString()));
        return new ProcessBuilder(command)
                .redirectOutput(folder.resolve(out + ".out").toFile())
                .redirectError(folder.resolve(out + ".err").toFile())
                .start();
    }
}
