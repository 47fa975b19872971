package io.sapper.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Downloads ask the proxy that the environment names; a proxy of a few lines hears what it is asked. */
@Timeout(60)
class ProxiesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private ServerSocket proxy;
    private final List<String> asked = new ArrayList<>();

    /** Wants to know who asks, and then lets nobody through. */
    @BeforeEach
    void start() throws IOException {
        proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
    }

    private void serve() {
        while (!proxy.isClosed()) {
            try (Socket client = proxy.accept()) {
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
                String request = in.readLine();
                String login = "";
                for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                    if (line.startsWith("Proxy-Authorization: ")) {
                        login = " " + line.substring(line.indexOf(' ') + 1);
                    }
                }
                synchronized (asked) {
                    asked.add(request + login);
                }
                String answer =
                        login.isEmpty() ? "407 Who\r\nProxy-Authenticate: Basic realm=\"p\"" : "403 Not through here";
                client.getOutputStream()
                        .write(("HTTP/1.1 " + answer + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // the test is over
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"})
    void httpsGoesThroughTheProxy(String variable) {
        assertThatThrownBy(() -> fetch("https://mirror.invalid/mnist/", Map.of(variable, address(""))))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("train-images-idx3-ubyte.gz: ");
        assertThat(asked).first().asString().isEqualTo("CONNECT mirror.invalid:443 HTTP/1.1");
    }

    @Test
    void httpGoesThroughTheProxyToo() {
        assertThatThrownBy(() -> fetch("http://mirror.invalid/mnist/", Map.of("http_proxy", address(""))))
                .hasMessageContaining("the proxy asks for a user and password (407). Maybe give them in HTTPS_PROXY");
        assertThat(asked).containsExactly("GET http://mirror.invalid/mnist/train-images-idx3-ubyte.gz HTTP/1.1");
    }

    /** The password is percent-encoded in the address, as in every address. */
    @ParameterizedTest
    @CsvSource({"https, CONNECT mirror.invalid:443", "http, GET http://mirror.invalid/mnist/train-images-idx3-ubyte.gz"
    })
    void userAndPasswordAreGivenToTheProxyAndToNobodyElse(String scheme, String request) {
        Map<String, String> environment = Map.of(scheme + "_proxy", address("anna:s%40fe+1@"));
        Throwable failure = org.assertj.core.api.Assertions.catchThrowable(
                () -> fetch(scheme + "://mirror.invalid/mnist/", environment));
        String login = Base64.getEncoder().encodeToString("anna:s@fe+1".getBytes(StandardCharsets.US_ASCII));
        assertThat(asked).contains(request + " HTTP/1.1 Basic " + login);
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertThat(String.valueOf(cause)).doesNotContain("s%40fe", "s@fe", login);
        }
        assertThat(new Proxies(environment).toString()).doesNotContain("s%40fe", "anna");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mirror.invalid",
                "*",
                ".invalid",
                "invalid",
                "*.invalid",
                "a.b, MIRROR.invalid",
                "mirror.invalid:443",
                "a.b mirror.invalid"
            })
    void exceptionsAreAskedDirectly(String except) throws IOException {
        Map<String, String> environment = Map.of("HTTPS_PROXY", address(""), "NO_PROXY", except);
        assertThat(new Proxies(environment).of(URI.create("https://mirror.invalid/x")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"''", "irror.invalid", "mirror.invalid.org", "mirror.invalid:80", "mirror", "other, ,"})
    void othersAreNot(String except) throws IOException {
        Map<String, String> environment = Map.of("HTTPS_PROXY", address(""), "NO_PROXY", String.valueOf(except));
        assertThat(new Proxies(environment).of(URI.create("https://mirror.invalid/x")))
                .map(Proxies.Proxy::toString)
                .contains("127.0.0.1:" + proxy.getLocalPort());
    }

    @Test
    void smallLettersGoFirstAndNothingIsNoProxy() throws IOException {
        URI address = URI.create("https://mirror.invalid/");
        assertThat(new Proxies(Map.of("HTTPS_PROXY", "http://b:2", "https_proxy", "a:1")).of(address))
                .map(Proxies.Proxy::toString)
                .contains("a:1");
        assertThat(new Proxies(Map.of("HTTPS_PROXY", " ")).of(address)).isEmpty();
        assertThat(new Proxies(Map.of("HTTP_PROXY", "http://b:2")).of(address)).isEmpty();
        assertThat(new Proxies(Map.of("HTTPS_PROXY", "http://b:2")).of(URI.create("https://localhost/")))
                .isEmpty();
        assertThat(Proxies.NONE.describe()).isEqualTo("none");
        assertThat(new Proxies(Map.of("HTTPS_PROXY", "http://u:secret@b:2")).describe())
                .isEqualTo("b:2 (HTTPS_PROXY)");
    }

    /** Refused in one line, never tried in another way, and without the password. */
    @ParameterizedTest
    @CsvSource({
        "socks5://u:secret@h:1, of the kind 'socks5'",
        "https://u:secret@h:1, of the kind 'https'",
        "http://u:secret@, no address of a proxy",
        "http://u:sec ret@h:1, no address of a proxy",
        "http://u:secret@h:port, no address of a proxy",
        "http://u:secret@h:65536, no address of a proxy",
        "u:secret, no address of a proxy",
        "http://u:secret, no address of a proxy",
    })
    void whatIsNoProxyIsSaid(String value, String said) {
        assertThatThrownBy(() -> fetch("https://mirror.invalid/", Map.of("HTTPS_PROXY", value)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("HTTPS_PROXY ")
                .hasMessageContaining(said)
                .hasMessageContaining("Maybe http://HOST:PORT.")
                .hasMessageNotContaining("secret");
    }

    /** Names what is wrong as it is, but for what may be a password. */
    @ParameterizedTest
    @CsvSource({
        "garbage, garbage",
        "on, on",
        "http://, http://",
        "http://h:65536, http://h:65536",
        "http://h h:1, http://h h:1",
        "socks5://u:secret@h:1, socks5://h:1",
        "u:se://cret@x@h h:1, h h:1",
        "http://u:secret, http://u:..."
    })
    void theValueIsShown(String value, String shown) {
        Proxies proxies = new Proxies(Map.of("https_proxy", value));
        assertThat(proxies.describe())
                .startsWith("https_proxy is '" + shown + "', ")
                .endsWith(" Maybe http://HOST:PORT.");
        assertThat(proxies.blamed(URI.create("https://x.y/"))).contains("https_proxy is '" + shown + "'");
    }

    @Test
    void aProxyThatTellsNothingIsNamed() throws IOException {
        Map<String, String> dead = Map.of("HTTPS_PROXY", "http://u:secret@no-such-host.invalid:3128");
        assertThatThrownBy(() -> fetch("https://mirror.invalid/", dead))
                .hasMessage("train-images-idx3-ubyte.gz: cannot connect (no host of that name is known)"
                        + " (through the proxy no-such-host.invalid:3128, HTTPS_PROXY).");
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String place = "127.0.0.1:" + silent.getLocalPort();
            MnistSource source = new MirrorSource(
                    URI.create("https://mirror.invalid/"),
                    Duration.ofMillis(300),
                    new Proxies(Map.of("ALL_PROXY", place)));
            assertThatThrownBy(() -> source.fetch(Listener.SILENT))
                    .hasMessage("train-images-idx3-ubyte.gz: no answer after 0.3 s (through the proxy " + place
                            + ", ALL_PROXY).");
        }
    }

    private String address(String login) {
        return "http://" + login + "127.0.0.1:" + proxy.getLocalPort();
    }

    private static Optional<Contents> fetch(String mirror, Map<String, String> environment) throws IOException {
        MnistSource source = new MirrorSource(URI.create(mirror), PATIENCE, new Proxies(environment));
        return Optional.ofNullable(source.fetch(Listener.SILENT).get(MnistFile.TEST_LABELS));
    }
}
