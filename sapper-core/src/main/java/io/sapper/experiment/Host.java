package io.sapper.experiment;

import io.sapper.network.Compute;
import io.sapper.network.Engine;
import io.sapper.result.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

/** What is known of the machine and the versions. */
public final class Host {
    private Host() {}

    /** The environment of this process, now. */
    public static Environment environment(Compute compute) {
        return new Environment(
                version(),
                java(),
                Engine.version(),
                platform(),
                processor() + cores(),
                compute.id(),
                Engine.threads(),
                peakMemoryBytes(),
                now());
    }

    private static String java() {
        return System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")";
    }

    private static String platform() {
        return System.getProperty("os.name") + " " + System.getProperty("os.arch");
    }

    private static String cores() {
        return ", " + Runtime.getRuntime().availableProcessors() + " core(s)";
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The environment of this process, of a command that computes nothing: the natives are not loaded for it. */
    public static Environment withoutEngine() {
        return new Environment(
                version(),
                java(),
                "not used",
                platform(),
                processor() + cores(),
                Compute.CPU.id(),
                0,
                peakMemoryBytes(),
                now());
    }

    /** Sapper's version, from its jar. */
    public static String version() {
        return Objects.requireNonNullElse(Host.class.getPackage().getImplementationVersion(), "development");
    }

    /** Largest resident size of this process so far, in bytes; 0 where the system does not tell. */
    public static long peakMemoryBytes() {
        return lines("/proc/self/status").stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(kibibytes -> Long.parseLong(kibibytes) * 1024)
                .findFirst()
                .orElse(0);
    }

    private static String processor() {
        return lines("/proc/cpuinfo").stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown processor");
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (IOException e) {
            return List.of();
        }
    }
}
