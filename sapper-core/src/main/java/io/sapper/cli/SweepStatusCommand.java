package io.sapper.cli;

import io.sapper.sweep.Failure;
import io.sapper.sweep.PlannedRun;
import io.sapper.sweep.SweepFolder;
import io.sapper.sweep.SweepResult;
import java.io.IOException;
import java.io.PrintStream;
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
        name = "status",
        description = "Says how far a sweep is: how many runs are there, which failed and why. Changes nothing.",
        footer = {"", "For example: sapper sweep status pairs"})
final class SweepStatusCommand implements Callable<Integer> {
    @Mixin
    HelpOptions help = new HelpOptions();

    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Folder of a sweep.")
    Path folder = Path.of(".");

    @Option(names = "--json", description = "Print it as JSON on standard output.")
    boolean json;

    /** What {@code --json} prints. */
    private record Status(
            String command,
            int runs,
            int finished,
            List<Failure> failed,
            List<String> left,
            List<String> broken,
            List<String> changed,
            List<String> gone) {}

    @Override
    public Integer call() throws IOException {
        SweepFolder.State state = state(folder);
        if (json) {
            Json.print(new Status(
                    String.join(" ", state.plan().command()),
                    state.plan().runs().size(),
                    state.finished().size(),
                    List.copyOf(state.failed().values()),
                    state.left().stream().map(PlannedRun::name).toList(),
                    state.broken(),
                    state.changed(),
                    state.gone()));
        } else {
            print(state, System.out);
        }
        return state.failed().isEmpty() ? ExitCode.DONE : ExitCode.NOT_GOOD_ENOUGH;
    }

    /** What a folder holds. */
    static SweepFolder.State state(Path folder) throws IOException {
        SweepFolder sweep = new SweepFolder(folder);
        return sweep.state(sweep.plan()
                .orElseThrow(() -> new IOException(
                        folder + " holds no sweep. Maybe another folder is meant: the --out" + " of 'sapper sweep'.")));
    }

    private void print(SweepFolder.State state, PrintStream out) {
        out.println(String.join(" ", state.plan().command()) + ": " + new SweepResult(state).sentence());
        state.failed()
                .values()
                .forEach(failure -> out.println("  failed: " + failure.name() + ": " + failure.reason()
                        + (failure.attempts() > 1 ? " (tried " + failure.attempts() + " times)" : "")));
        state.broken().forEach(problem -> out.println("  not whole, will be run again: " + problem));
        state.changed().forEach(sentence -> out.println("  " + sentence + " The same sweep does."));
        state.gone().forEach(sentence -> out.println("  " + sentence));
        if (!state.failed().isEmpty()) {
            out.println("Try what failed again: the same sweep with --retry.");
        }
        if (!state.left().isEmpty()) {
            out.println(
                    "Go on: the same sweep. A page of what is there: sapper sweep report " + folder + " --out page");
        }
    }
}
