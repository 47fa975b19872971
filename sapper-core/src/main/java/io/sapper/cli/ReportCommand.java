package io.sapper.cli;

import io.sapper.data.MalformedFileException;
import io.sapper.report.Report;
import io.sapper.result.Results;
import io.sapper.result.RunResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "report",
        description = "Draws the report of a result.json again.",
        footer = {"", "For example: sapper report sapper-out/demo/result.json"})
final class ReportCommand implements Callable<Integer> {
    @Mixin
    HelpOptions help = new HelpOptions();

    @Option(names = "--json", description = "Print where it is as JSON on standard output.")
    boolean json;

    @Parameters(paramLabel = "RESULT", description = "A result.json.")
    Path result = Path.of(".");

    @Option(names = "--out", paramLabel = "FILE", description = "Default: report.html beside the result.")
    Optional<Path> out = Optional.empty();

    @Override
    public Integer call() throws Exception {
        if (Files.isDirectory(result)) {
            throw new MalformedFileException(
                    result,
                    "",
                    "this is a folder, not a result. Maybe " + result.resolve("result.json") + " is meant.");
        }
        RunResult read = Results.read(result);
        Path html = out.orElse(beside(result));
        HtmlFile.check(html);
        HtmlFile.write(html, Report.render(read));
        if (json) {
            Json.print(Map.of("command", "report", "report", html.toString()));
        } else {
            System.out.println("Report: " + html);
        }
        return ExitCode.DONE;
    }

    /** {@code result.json} has its {@code report.html}, {@code X.json} its {@code X.html}. */
    private static Path beside(Path result) {
        String name = String.valueOf(result.getFileName());
        String page = name.equals("result.json") ? "report.html" : name.replaceFirst("(\\.json)?$", ".html");
        return result.toAbsolutePath().resolveSibling(page);
    }
}
