package io.sapper.data;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which proxy downloads go through, as the environment says it to every other tool: {@code HTTPS_PROXY},
 * {@code HTTP_PROXY}, {@code ALL_PROXY} and {@code NO_PROXY}, in small letters too. What the user told Java itself
 * ({@code -Dhttps.proxyHost}) goes before that. No password is ever in a message.
 *
 * @param environment its variables
 */
public record Proxies(Map<String, String> environment) {
    private static final int USUAL_PORT = 80;
    private static final int MOST_PORT = 65_535;
    /** What somebody takes for a switch, such as {@code on}: a host in the same network has a port. */
    private static final Pattern WORD = Pattern.compile("[^:/.@]*");

    static {
        // Java asks a proxy for no name and password in front of HTTPS unless told to, once, before its first client.
        if (System.getProperty("jdk.http.auth.tunneling.disabledSchemes") == null) {
            System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
        }
    }

    /** The environment names none. */
    static final Proxies NONE = new Proxies(Map.of());

    public Proxies {
        environment = Map.copyOf(environment);
    }

    /** Has downloads from an address go through its proxy, if there is one. */
    void configure(HttpClient.Builder client, URI address) throws IOException {
        if (isJavas(address)) {
            return; // Java's own choice is what the client takes without being told
        }
        Optional<Proxy> proxy = of(address);
        client.proxy(proxy.map(Proxy::selector).orElse(HttpClient.Builder.NO_PROXY));
        proxy.flatMap(Proxy::authenticator).ifPresent(client::authenticator);
    }

    /** Which proxy a failure met, to be put behind its reason; empty if there is none to blame. */
    String blamed(URI address) {
        if (isJavas(address)) {
            return " (through the proxy that Java was told, https.proxyHost)";
        }
        try {
            return of(address)
                    .map(proxy -> " (through the proxy " + proxy + ", " + proxy.variable() + ")")
                    .orElse("");
        } catch (IOException e) {
            return " " + Reason.inBrackets(e);
        }
    }

    /** What to do about the proxy where nothing could be had; empty where there is none. */
    String wayOut(URI address) {
        if (isJavas(address)) {
            return " Maybe mend or leave out -Dhttps.proxyHost.";
        }
        return named(address)
                .map(named -> " Maybe mend or unset " + named.getKey() + ".")
                .orElse("");
    }

    /** What is set, for people. */
    public String describe() {
        if (isJavas(URI.create("https://x"))) {
            return "as Java was told (https.proxyHost)";
        }
        try {
            return of(URI.create("https://any.host"))
                    .map(proxy -> proxy.host() + ":" + proxy.port() + " (" + proxy.variable() + ")")
                    .orElse("none");
        } catch (IOException e) {
            return Reason.of(e);
        }
    }

    /** Without passwords, which the environment holds. */
    @Override
    public String toString() {
        return describe();
    }

    private static boolean isJavas(URI address) {
        return System.getProperty(address.getScheme() + ".proxyHost") != null
                || System.getProperty("socksProxyHost") != null
                || Boolean.getBoolean("java.net.useSystemProxies");
    }

    /** @throws IOException if what the environment names is no proxy that can be used */
    Optional<Proxy> of(URI address) throws IOException {
        Map.Entry<String, String> named = named(address).orElse(null);
        return named == null ? Optional.empty() : Optional.of(Proxy.parse(named.getKey(), named.getValue()));
    }

    /** The variable that names the proxy for an address, and what it says. */
    private Optional<Map.Entry<String, String>> named(URI address) {
        String scheme = address.getScheme().toLowerCase(Locale.ROOT);
        for (String name : List.of(scheme + "_proxy", "all_proxy")) {
            for (String variable : List.of(name, name.toUpperCase(Locale.ROOT))) {
                String value = environment.getOrDefault(variable, "").strip();
                if (!value.isEmpty()) {
                    return isDirect(address) ? Optional.empty() : Optional.of(Map.entry(variable, value));
                }
            }
        }
        return Optional.empty();
    }

    private boolean isDirect(URI address) {
        String host = address.getHost().toLowerCase(Locale.ROOT);
        String except = environment.getOrDefault("no_proxy", environment.getOrDefault("NO_PROXY", ""));
        Stream<String> direct =
                Stream.concat(Stream.of("localhost", "127.0.0.1", "[::1]"), Arrays.stream(except.split("[,\\s]+", -1)));
        return direct.anyMatch(entry -> matches(entry.toLowerCase(Locale.ROOT), host, port(address)));
    }

    /** An entry is {@code *}, a host or the end of its name, with or without dot in front and port behind. */
    private static boolean matches(String entry, String host, int port) {
        String name = entry.replaceFirst("(?<=[^:]):\\d+$", "").replaceFirst("^\\*?\\.", "");
        boolean anyPort = !entry.matches(".*[^:]:\\d+") || entry.endsWith(":" + port);
        return entry.equals("*") || (!name.isEmpty() && anyPort && (host.equals(name) || host.endsWith("." + name)));
    }

    private static int port(URI address) {
        return address.getPort() >= 0 ? address.getPort() : address.getScheme().equals("https") ? 443 : 80;
    }

    /**
     * A proxy.
     *
     * @param variable that names it
     * @param login user and password, a colon between; empty for none
     */
    record Proxy(String variable, String host, int port, String login) {
        static Proxy parse(String variable, String value) throws IOException {
            URI uri;
            try {
                uri = new URI(value.contains("://") ? value : "http://" + value);
            } catch (URISyntaxException e) {
                throw unreadable(variable, value, "which is no address of a proxy");
            }
            if (!"http".equalsIgnoreCase(uri.getScheme())) {
                throw unreadable(
                        variable,
                        value,
                        "a proxy of the kind '" + uri.getScheme() + "', and only http:// ones can be used");
            }
            if (uri.getHost() == null
                    || uri.getPort() > MOST_PORT
                    || WORD.matcher(value).matches()) {
                throw unreadable(variable, value, "which is no address of a proxy");
            }
            return new Proxy(
                    variable,
                    uri.getHost(),
                    uri.getPort() < 0 ? USUAL_PORT : uri.getPort(),
                    uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo());
        }

        private static IOException unreadable(String variable, String value, String problem) {
            return new IOException(
                    variable + " is '" + withoutLogin(value) + "', " + problem + ". Maybe http://HOST:PORT.");
        }

        /** What no host and port can be made of may hold a password anywhere: what may be one is left out. */
        private static String withoutLogin(String value) {
            return value.replaceFirst("^([^:/@]*://)?.*@", "$1").replaceFirst("(:(?!//|\\d+/?$)).+", "$1...");
        }

        ProxySelector selector() {
            InetSocketAddress place = InetSocketAddress.createUnresolved(host, port);
            return new ProxySelector() {
                @Override
                public List<java.net.Proxy> select(URI address) {
                    return List.of(new java.net.Proxy(java.net.Proxy.Type.HTTP, place));
                }

                @Override
                public void connectFailed(URI address, SocketAddress tried, IOException failure) {
                    // The client tells it too.
                }
            };
        }

        Optional<Authenticator> authenticator() {
            if (login.isEmpty()) {
                return Optional.empty();
            }
            String user = decoded(login.replaceFirst(":.*", ""));
            String password = login.contains(":") ? decoded(login.substring(login.indexOf(':') + 1)) : "";
            return Optional.of(new Authenticator() {
                @Override
                protected PasswordAuthentication getPasswordAuthentication() {
                    return getRequestorType() == RequestorType.PROXY
                            ? new PasswordAuthentication(user, password.toCharArray())
                            : super.getPasswordAuthentication();
                }
            });
        }

        private static String decoded(String part) {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        }

        /** Without the password. */
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }
}
