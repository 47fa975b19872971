package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.network.SeedModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A short run of the fuzzer with a fixed seed, in a process of its own, for libtorch could take down this one. The long
 * one is bench/fuzz.sh.
 */
class FuzzIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(classes = {OnnxMessageFuzz.class, OnnxFuzz.class})
    void findsNothing(Class<?> target) throws Exception {
        Path seeds = folder.resolve("seeds");
        Path words = folder.resolve("words");
        SeedModels.main(new String[] {seeds.toString(), words.toString()});
        Path output = folder.resolve("output");
        // A process begins with the largest memory of the one that began it, so a shell stands between: its limit is of
        // what this one uses, not of what other tests in this JVM did.
        Process jazzer = new ProcessBuilder(
                        "sh",
                        "-c",
                        "\"$@\"; exit $?",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + target.getName(),
                        "--instrumentation_includes=io.sapper.**",
                        "--custom_hook_includes=io.sapper.**",
                        "--reproducer_path=" + folder,
                        "-artifact_prefix=" + folder + "/",
                        "-dict=" + words,
                        "-seed=7",
                        "-runs=2500", // the seeds themselves count
                        "-max_total_time=12",
                        "-timeout=60",
                        "-rss_limit_mb=3000",
                        seeds.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = jazzer.waitFor(180, TimeUnit.SECONDS);
        jazzer.descendants().forEach(ProcessHandle::destroyForcibly);
        jazzer.destroyForcibly();
        List<String> said = Files.readAllLines(output);
        assertThat(ended).as("%s", said).isTrue();
        assertThat(said).as("%s", said).anyMatch(line -> line.startsWith("Done "));
        assertThat(jazzer.exitValue()).as("%s", said).isZero();
    }
}
