package io.sapper.spark;

import io.sapper.cli.Sapper;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/**
 * {@code sapper sweep} on an Apache Spark cluster: the same grid, folder, words and results, but the runs go to
 * executors. The folder lies on the machine that calls it; data and models lie on every machine at the same place, for
 * {@code SAPPER_DATA} is handed on.
 */
public final class SparkSweep {
    private static final String MASTER = "spark.master";
    private static final Pattern STANDALONE = Pattern.compile("spark://(.+)");

    /** As the launcher of {@code sapper} says for a process of its own (docs/decisions/0079), and no busy waiting. */
    private static final Map<String, String> EXECUTOR = Map.of(
            "OMP_WAIT_POLICY", "PASSIVE",
            "MALLOC_MMAP_THRESHOLD_", "33554432",
            "MALLOC_TRIM_THRESHOLD_", "67108864");

    private static final int PATIENCE_MILLISECONDS = 10_000;

    private SparkSweep() {}

    /**
     * Runs a sweep and exits with its code.
     *
     * @param arguments {@code --master URL} unless {@code spark-submit} says it, then the words of {@code sapper sweep}
     */
    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        System.exit(run(arguments));
    }

    /** Runs a sweep; returns the exit code. */
    static int run(String... arguments) {
        List<String> words = new ArrayList<>(List.of("sweep"));
        words.addAll(Arrays.asList(arguments));
        SparkConf conf = new SparkConf();
        int at = words.indexOf("--master");
        if (at >= 0 && at + 1 < words.size()) {
            conf.set(MASTER, words.remove(at + 1));
            words.remove(at);
        }
        return Sapper.run(
                networks -> {
                    checkThere(conf);
                    return new SparkRunner(usual(conf, System.getenv()), networks);
                },
                words.toArray(String[]::new));
    }

    /** Before anything is begun: Spark itself asks for a minute and says little. */
    private static void checkThere(SparkConf conf) throws IOException {
        if (!conf.contains(MASTER)) {
            throw new IllegalArgumentException("Say which cluster, for example --master local[*], --master"
                    + " 'local-cluster[2,1,4096]' or --master spark://HOST:7077.");
        }
        String master = conf.get(MASTER);
        Matcher standalone = STANDALONE.matcher(master);
        if (!standalone.matches()) {
            return;
        }
        List<String> silent = new ArrayList<>();
        for (String place : standalone.group(1).split(",", -1)) {
            Optional<String> why = silence(place);
            if (why.isEmpty()) {
                return;
            }
            silent.add(why.get());
        }
        throw new IOException("There is no Spark master at " + master + " (" + String.join("; ", silent)
                + "). Maybe start it, or mend --master.");
    }

    private static Optional<String> silence(String place) {
        int colon = place.lastIndexOf(':');
        try (Socket socket = new Socket()) {
            int port = colon < 0 ? 7077 : Integer.parseInt(place.substring(colon + 1));
            String host = colon < 0 ? place : place.substring(0, colon);
            socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLISECONDS);
            return Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.of(place + " has no port");
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** What a sweep wants of Spark where nobody says otherwise. */
    static SparkConf usual(SparkConf conf, Map<String, String> environment) {
        conf.setIfMissing("spark.app.name", "Sapper");
        conf.setIfMissing("spark.ui.enabled", "false");
        conf.setIfMissing("spark.ui.showConsoleProgress", "false"); // the sweep has its own
        conf.setIfMissing("spark.log.level", "ERROR");
        // A run that fails is a result; what fails here are machines, and each may be lost more than once.
        conf.setIfMissing("spark.task.maxFailures", "100");
        EXECUTOR.forEach(
                (name, value) -> conf.setIfMissing("spark.executorEnv." + name, environment.getOrDefault(name, value)));
        for (String name : List.of("SAPPER_DATA", "SAPPER_CACHE")) {
            Optional.ofNullable(environment.get(name))
                    .filter(value -> !value.isBlank())
                    .ifPresent(value -> conf.setIfMissing("spark.executorEnv." + name, absolute(value)));
        }
        String master = conf.get(MASTER);
        if (master.startsWith("local-cluster")) { // on this machine, so its files are there
            conf.setIfMissing(
                    "spark.executor.extraClassPath", classPath().collect(Collectors.joining(File.pathSeparator)));
        } else if (!master.startsWith("local") && !conf.contains("spark.jars")) {
            conf.set("spark.jars", jars());
        }
        return conf;
    }

    private static String absolute(String path) {
        return new File(path).getAbsolutePath();
    }

    /** All of the class path that is a file: executors fetch it once. */
    private static String jars() {
        return classPath().filter(entry -> entry.endsWith(".jar")).collect(Collectors.joining(","));
    }

    private static Stream<String> classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator), -1))
                .map(SparkSweep::absolute);
    }
}
