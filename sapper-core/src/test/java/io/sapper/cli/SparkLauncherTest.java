package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What {@code sapper-on-spark} hands to Spark, with a script in Spark's place. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it is a shell script")
class SparkLauncherTest {
    @TempDir
    Path folder;

    private Path launcher;

    /** With a jar that is newer than what it is made of, so that nothing is built. */
    @BeforeEach
    void copy() throws IOException {
        Path original = Path.of("..", "sapper-on-spark");
        assumeTrue(Files.isRegularFile(original), "The launcher lies above the module.");
        launcher = Files.copy(original, folder.resolve("sapper-on-spark"));
        Files.createFile(folder.resolve("pom.xml"));
        for (String module : List.of("sapper-core", "sapper-spark")) {
            Files.createDirectories(folder.resolve(module).resolve("src/main"));
            Files.createFile(folder.resolve(module).resolve("pom.xml"));
        }
        Path target = Files.createDirectories(folder.resolve("sapper-spark/target/lib"))
                .getParent();
        Files.createFile(target.resolve("lib/a.jar"));
        Files.createFile(target.resolve("lib/b.jar"));
        Path jar = Files.createFile(target.resolve("sapper-spark-0.1.0-SNAPSHOT.jar"));
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));
    }

    @Test
    void theSweepGoesToSparkWithAllJars() throws Exception {
        Path submit = Files.createDirectories(folder.resolve("spark/bin")).resolve("spark-submit");
        Files.writeString(
                submit,
                "#!/bin/sh\nfor word in \"$@\"; do echo \"$word\"; done\necho $MALLOC_TRIM_THRESHOLD_\nexit 7\n");
        assertThat(submit.toFile().setExecutable(true)).isTrue();
        Ran ran = run(folder.resolve("spark"), "local-cluster[2,1,4096]", "my grid.yaml", "--out", "x");
        assertThat(ran.code()).as("Spark's own").isEqualTo(7);
        assertThat(ran.out().lines())
                .containsSubsequence("--master", "local-cluster[2,1,4096]", "--class", "io.sapper.spark.SparkSweep")
                .anyMatch(word -> word.endsWith("/lib/a.jar," + folder.resolve("sapper-spark/target/lib/b.jar")))
                .endsWith("my grid.yaml", "--out", "x", "67108864");
    }

    @Test
    void whatIsMissingIsOneLine() throws Exception {
        assertThat(run(folder, "local[1]", "grid.yaml").err())
                .isEqualTo("sapper: There is no Spark at '" + folder + "'. Unpack Apache Spark 4 and set SPARK_HOME to"
                        + " its folder.\n");
        assertThat(run(folder, "local[1]", "grid.yaml").code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(run(folder).code()).isEqualTo(ExitCode.USAGE);
        assertThat(run(folder, "--out", "x").err())
                .contains("The first word is the cluster")
                .hasLineCount(1);
    }

    private Ran run(Path spark, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", launcher.toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("SPARK_HOME", spark.toString());
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ran(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
