package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.sapper.data.Surroundings;
import io.sapper.training.Passes;
import io.sapper.training.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is seen of downloads and training, on a terminal and elsewhere. */
class ConsoleTest {
    private static final List<String> FILES = List.of(
            "train-images-idx3-ubyte.gz",
            "train-labels-idx1-ubyte.gz",
            "t10k-images-idx3-ubyte.gz",
            "t10k-labels-idx1-ubyte.gz");

    @TempDir
    Path folder;

    private HttpServer server;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        System.clearProperty("sapper.terminal");
    }

    /** Whether or not the server says how long a file is. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void elsewhereADownloadIsALinePerFile(boolean lengthKnown) {
        Ran ran = Ran.sapper(mirror(lengthKnown), "data", "mnist");
        assertThat(ran.err().lines().filter(line -> line.contains(".gz: ")))
                .startsWith(FILES.stream().map(file -> file + ": 1.5 MB").toArray(String[]::new));
        assertThat(ran.err()).doesNotContain("\r");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void onATerminalADownloadIsABar(boolean lengthKnown) {
        System.setProperty("sapper.terminal", "true");
        Ran ran = Ran.sapper(mirror(lengthKnown), "data", "mnist");
        List<String> bars = ran.err()
                .lines()
                .flatMap(line -> List.of(line.split("\r")).stream())
                .toList();
        for (String file : FILES) {
            assertThat(bars).anySatisfy(bar -> assertThat(bar)
                    .startsWith(file + " 100 % [===")
                    .contains("=] 1.5 MB, ", " MB/s, in 0:0")
                    .hasSizeLessThan(80));
        }
        assertThat(ran.err()).containsPattern("in \\d:\\d\\d\\R"); // what comes next has its own line
    }

    /** Damaged on the way: said, nothing kept, and nothing used instead. */
    @Test
    void aDownloadOfOtherContentsLeavesNothing() {
        Ran ran = Ran.sapper(mirror(true), "data", "mnist");
        assertThat(ran.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(ran.err().lines().filter(line -> line.startsWith("WARNING: ")))
                .satisfiesExactly(line -> assertThat(line).contains("expected SHA-256 ba891046"));
        assertThat(ran.complaints()).singleElement().asString().contains("MNIST could be had from nowhere");
        assertThat(ran.out()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anErrorPageIsNoDownload() {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(404, 9);
            exchange.getResponseBody().write("not found".getBytes(StandardCharsets.US_ASCII));
            exchange.close();
        });
        Ran ran = Ran.sapper(surroundings(), "data", "mnist");
        assertThat(ran.err()).contains("the server answered 404").doesNotContain(".gz: 0 kB");
    }

    @Test
    void trainingIsALinePerEpochOrOneBarForAll() {
        train(new Console(stream(), false, 80).training("BadNet"));
        assertThat(said().lines().map(line -> line.replaceFirst(", [\\d.]+ images/s", "")))
                .containsExactly("BadNet: epoch 1 of 2, loss 0.5000", "BadNet: epoch 2 of 2, loss 0.2500");
        bytes.reset();
        train(new Console(stream(), true, 80).training("BadNet"));
        assertThat(said().lines()).last().asString().contains("BadNet 100 % [=").endsWith("epoch 2/2, loss 0.250");
        assertThat(said()).endsWith(System.lineSeparator());
    }

    /** Training that fails leaves its bar open; whoever prints next must not print into it, nor the bar over that. */
    @Test
    void anOpenBarEndsBeforeAnythingElseIsPrinted() throws InterruptedException {
        Console console = new Console(stream(), true, 80);
        console.training("BadNet").step(1, 10);
        console.warning("seen");
        Thread.sleep(500); // two of the bar's updates
        assertThat(said()).endsWith(System.lineSeparator() + "WARNING: seen" + System.lineSeparator());
        console.training("BadNet").step(2, 10);
        console.close();
        assertThat(said()).endsWith(System.lineSeparator());
    }

    /** Fine-pruning tries several learning rates under one name; one that diverges ends somewhere in the middle. */
    @Test
    void anAttemptThatStartsAnewHasItsOwnBar() {
        try (Console console = new Console(stream(), true, 80)) {
            Progress progress = console.training("fine-pruning");
            progress.step(7, 10);
            progress.step(1, 10);
        }
        assertThat(said().split("\n")) // not lines(), which end at each update's carriage return too
                .satisfiesExactly(one -> assertThat(one).contains(" 70 %"), two -> assertThat(two)
                        .contains(" 10 %"));
    }

    /** A step is a line; under it a bar that ends with the step, on a terminal. Elsewhere the line is enough. */
    @Test
    void aStepIsALineAndMeasuringABar() {
        Console elsewhere = new Console(stream(), false, 80);
        elsewhere.step(2, 10, "measure BadNet");
        measure(elsewhere.measuring("measure BadNet"));
        assertThat(said()).isEqualTo("Step 2 of 10: measure BadNet" + System.lineSeparator());
        bytes.reset();
        Console console = new Console(stream(), true, 80);
        console.step(2, 10, "measure BadNet");
        measure(console.measuring("measure BadNet"));
        console.step(3, 10, "fine-prune");
        assertThat(said().split("\n"))
                .satisfiesExactly(
                        one -> assertThat(one).isEqualTo("Step 2 of 10: measure BadNet"),
                        two -> assertThat(List.of(two.split("\r")))
                                .last()
                                .asString()
                                .startsWith("measure BadNet 100 % [=")
                                .hasSizeLessThan(80),
                        three -> assertThat(three).isEqualTo("Step 3 of 10: fine-prune"));
    }

    /** A part of training that trains nothing has a bar of its own, which ends before training begins. */
    @Test
    void aPartOfTrainingHasItsOwnBar() {
        Console elsewhere = new Console(stream(), false, 80);
        measure(elsewhere.training("fine-pruning").part("pruning"));
        assertThat(said()).isEmpty();
        try (Console console = new Console(stream(), true, 80)) {
            Progress progress = console.training("fine-pruning");
            measure(progress.part("pruning"));
            progress.step(1, 10);
        }
        assertThat(said().split("\n"))
                .satisfiesExactly(
                        one -> assertThat(List.of(one.split("\r")))
                                .last()
                                .asString()
                                .startsWith("fine-pruning, pruning 100 % [="),
                        two -> assertThat(two).contains("fine-pruning  10 %"));
    }

    /** Of several passes one bar is made. */
    @Test
    void passesAddUp() {
        List<String> heard = new ArrayList<>();
        Passes passes = new Passes(
                new Progress() {
                    @Override
                    public void step(long done, long total) {
                        heard.add(done + " of " + total);
                    }
                },
                9);
        Progress first = passes.next(4);
        Progress second = passes.next(5);
        first.step(3, 4);
        first.step(4, 4);
        second.step(5, 5);
        assertThat(heard).containsExactly("3 of 9", "4 of 9", "9 of 9");
    }

    private static void measure(Progress progress) {
        progress.step(5, 10);
        progress.step(10, 10);
    }

    private static void train(Progress progress) {
        progress.step(5, 10);
        progress.epoch(1, 2, 0.5, 1000);
        progress.step(10, 10);
        progress.epoch(2, 2, 0.25, 1000);
    }

    private PrintStream stream() {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private String said() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private Surroundings mirror(boolean lengthKnown) {
        byte[] contents = new byte[1_500_000];
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, lengthKnown ? contents.length : 0); // 0: in chunks
            exchange.getResponseBody().write(contents);
            exchange.close();
        });
        return surroundings();
    }

    private Surroundings surroundings() {
        String address = InetAddress.getLoopbackAddress().getHostAddress();
        URI mirror = URI.create("http://" + address + ":" + server.getAddress().getPort() + "/");
        return new Surroundings(
                Optional.empty(), folder.resolve("cache"), List.of(mirror), List.of(), Duration.ofSeconds(20));
    }
}
