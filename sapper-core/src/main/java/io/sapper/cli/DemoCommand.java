package io.sapper.cli;

import io.sapper.experiment.Demo;
import io.sapper.result.RunResult;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Plants a BadNet in a digit classifier, measures it, clears it, and shows it all in a report.")
final class DemoCommand implements Callable<Integer> {
    @Mixin
    Common common = new Common();

    @Option(names = "--data", paramLabel = "DATA", defaultValue = "mnist", description = "Digits (${DEFAULT-VALUE}).")
    String data = "mnist";

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "sapper-out/demo",
            description = "Output folder (${DEFAULT-VALUE}).")
    Path out = Path.of("sapper-out/demo");

    @Override
    public Integer call() throws Exception {
        try (OutputFolder folder = OutputFolder.open(out)) {
            RunResult result = Demo.run(common.setup(data, new Console()), folder.path());
            folder.write(result);
            Summary.print(result, common.json, out);
            return result.good() ? ExitCode.DONE : ExitCode.NOT_GOOD_ENOUGH;
        }
    }
}
