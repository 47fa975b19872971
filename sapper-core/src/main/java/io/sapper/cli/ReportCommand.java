package io.sapper.cli;

import io.sapper.report.Report;
import io.sapper.result.Results;
import io.sapper.result.RunResult;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "report", mixinStandardHelpOptions = true, description = "Draws the report of a result.json again.")
final class ReportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RESULT", description = "A result.json.")
    Path result = Path.of(".");

    @Option(names = "--out", paramLabel = "FILE", description = "Default: report.html beside the result.")
    Optional<Path> out = Optional.empty();

    @Option(names = "--stacktrace", description = "Show where a failure came from.")
    boolean stacktrace;

    @Override
    public Integer call() throws Exception {
        RunResult read = Results.read(result);
        Path html = out.orElse(result.toAbsolutePath().resolveSibling("report.html"));
        Report.write(read, html);
        System.out.println("Report: " + html);
        return ExitCode.DONE;
    }
}
