package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sapper.data.ImageShape;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the launcher tells Java, seen by a script in Java's place; and, with the real Java, what it makes of it. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a shell script")
@Timeout(120)
class LauncherTest {
    @TempDir
    Path folder;

    private Path launcher;
    private Path home;

    /** The launcher with a jar beside it that is newer than what it is made of, so that nothing is built. */
    @BeforeEach
    void copy() throws IOException {
        Path original = Path.of("..", "sapper");
        assumeTrue(Files.isRegularFile(original), "The launcher lies above the module.");
        launcher = Files.copy(original, folder.resolve("sapper"));
        Path module = Files.createDirectories(folder.resolve("sapper-core"));
        Files.createDirectories(module.resolve("src").resolve("main"));
        for (Path pom : List.of(folder.resolve("pom.xml"), module.resolve("pom.xml"))) {
            Files.createFile(pom);
        }
        Path jar = Files.createDirectories(module.resolve("target")).resolve("sapper-0.1.0-SNAPSHOT.jar");
        jar(jar);
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));
        home = folder.resolve("java");
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xx_XX.UTF-8", "C", "POSIX", ""})
    void aLocaleWithoutLettersBecomesOneWithThem(String locale) throws Exception {
        assumeTrue(hasUtf8(), "This system has no C.UTF-8.");
        for (String variable : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
            assertThat(run(script("echo \"LC_ALL=$LC_ALL\""), Map.of(variable, locale))
                            .out())
                    .as(variable)
                    .contains("LC_ALL=C.UTF-8");
        }
    }

    @Test
    void anotherLocaleStays() throws Exception {
        assumeTrue(hasUtf8(), "This system has no C.UTF-8.");
        Path java = script("echo \"LANG=$LANG LC_ALL=${LC_ALL-none}\"");
        assertThat(run(java, Map.of("LANG", "C.UTF-8")).out()).contains("LANG=C.UTF-8 LC_ALL=none");
    }

    /** The real Java names a file with other letters, whatever the locale. */
    @Test
    void otherLettersWorkInALocaleThatIsNotGenerated() throws Exception {
        assumeTrue(hasUtf8(), "This system has no C.UTF-8.");
        Path model = folder.resolve("modèle é 数.onnx");
        TinyDigits.network(model, new ImageShape(1, 28, 28), 10);
        for (String locale : List.of("xx_XX.UTF-8", "C")) {
            Ran ran = run(java(), Map.of("LC_ALL", locale), "inspect", model.toString(), "--json");
            assertThat(ran.code()).as(ran.err()).isZero();
            assertThat(ran.out()).contains("modèle é 数.onnx");
        }
    }

    /** Java's own code for this would be 1, which says that a network is suspicious. */
    @ParameterizedTest
    @CsvSource({
        "SAPPER_JAVA_OPTS, -Xnonsense, 64, -Xnonsense",
        "SAPPER_JAVA_OPTS, -Xmx1x, 64, Invalid maximum heap size",
        "SAPPER_JAVA_OPTS, -XX:+Nonsense, 64, Unrecognized VM option 'Nonsense'",
        "SAPPER_JAVA_OPTS, words, 64, words",
        "SAPPER_JAVA_OPTS, -Xmx900000g, 64, reserve",
        "JAVA_TOOL_OPTIONS, -XX:+Nonsense, 2, Unrecognized VM option 'Nonsense'",
    })
    void anOptionThatJavaDoesNotKnowIsNoVerdict(String variable, String value, int code, String said) throws Exception {
        Ran ran = run(java(), Map.of(variable, value), "--version");
        assertThat(ran.code()).as(ran.err()).isEqualTo(code);
        assertThat(ran.err())
                .startsWith("sapper: Java does not start: ")
                .contains(said)
                .hasLineCount(1);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void anOptionThatJavaKnowsIsGiven() throws Exception {
        Ran ran = run(java(), Map.of("SAPPER_JAVA_OPTS", "-Xmx300m -Dx=y"), "doctor");
        assertThat(ran.out()).contains("heap at most 2").doesNotContain("heap at most 1024");
    }

    @Test
    void homeIsToldToJava() throws Exception {
        Path java = script("for a; do echo \"$a\"; done");
        assertThat(run(java, Map.of("HOME", "/some where")).out()).contains("-Duser.home=/some where\n");
        assertThat(run(java, Map.of("HOME", "")).out()).doesNotContain("user.home");
    }

    @Test
    void largeBlocksStayWithTheProcessUnlessTheUserSaysOtherwise() throws Exception {
        Path java = script("echo \"$MALLOC_MMAP_THRESHOLD_ $MALLOC_TRIM_THRESHOLD_\"");
        assertThat(run(java, Map.of()).out()).contains("33554432 67108864");
        assertThat(run(java, Map.of("MALLOC_TRIM_THRESHOLD_", "1")).out()).contains("33554432 1\n");
    }

    private static boolean hasUtf8() throws IOException, InterruptedException {
        ProcessBuilder locale = new ProcessBuilder("locale", "charmap");
        locale.environment().put("LC_ALL", "C.UTF-8");
        try {
            Process process = locale.start();
            String charmap = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return process.waitFor() == 0 && charmap.strip().equals("UTF-8");
        } catch (IOException e) {
            return false; // no such tool
        }
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** A jar that only names the classes under test. */
    private static void jar(Path file) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.MAIN_CLASS, Sapper.class.getName());
        String classes = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" "));
        main.put(Attributes.Name.CLASS_PATH, classes);
        new JarOutputStream(Files.newOutputStream(file), manifest).close();
    }

    /** Stands for Java. */
    private Path script(String text) throws IOException {
        Path java = Files.writeString(home.resolve("bin").resolve("java"), "#!/bin/sh\n" + text + "\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        return java;
    }

    private Ran run(Path java, Map<String, String> variables, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = new TreeMap<>(Map.of(
                "PATH",
                System.getenv("PATH"),
                "JAVA_HOME",
                java.getParent().getParent().toString()));
        environment.putAll(variables);
        builder.environment().clear();
        builder.environment().putAll(environment);
        File out = folder.resolve("out").toFile();
        File err = folder.resolve("err").toFile();
        Process process = builder.redirectOutput(out).redirectError(err).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
    }
}
