package io.sapper.cli;

import io.sapper.sweep.SweepFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "report",
        description = "Draws the pages of what is there of a sweep, also while it goes on.",
        footer = {"", "For example: sapper sweep report pairs --out so-far"})
final class SweepReportCommand implements Callable<Integer> {
    @Mixin
    HelpOptions help = new HelpOptions();

    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Folder of a sweep.")
    Path folder = Path.of(".");

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "Where to write result.json, report.html and the pages of experiments.")
    Path out = Path.of(".");

    @Option(names = "--json", description = "Print the result of the sweep as JSON on standard output.")
    boolean json;

    @Override
    public Integer call() throws IOException {
        SweepFolder.State state = SweepStatusCommand.state(folder);
        if (spec == null) {
            throw new IllegalStateException("These options belong to a command.");
        }
        try (OutputFolder opened =
                OutputFolder.open(out, "sweep-report", SweepCommand.pages(state.plan()), List.of())) {
            return SweepCommand.write(state, opened.path(), SweepCommand.commandLine(spec), json, Sapper.session(spec));
        }
    }
}
