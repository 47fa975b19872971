package io.sapper.cli;

import io.sapper.experiment.Host;
import io.sapper.experiment.Reproduction;
import io.sapper.experiment.SceneReproduction;
import io.sapper.network.Compute;
import io.sapper.network.Engine;
import io.sapper.report.Report;
import io.sapper.result.Outcome;
import io.sapper.result.Results;
import io.sapper.result.RunResult;
import io.sapper.sweep.Grid;
import io.sapper.sweep.GridFile;
import io.sapper.sweep.LocalRunner;
import io.sapper.sweep.Plan;
import io.sapper.sweep.Runner;
import io.sapper.sweep.Sweep;
import io.sapper.sweep.SweepFolder;
import io.sapper.sweep.SweepResult;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

@Command(
        name = "sweep",
        description = {
            "Runs a command with every choice among several settings, many runs at once, and keeps each as soon as it"
                    + " is there: the same sweep goes on where it was stopped. Writes runs/NAME.json, failed/NAME.json,"
                    + " result.json and report.html; of an experiment of the papers also EXPERIMENT.json and"
                    + " EXPERIMENT.html."
        },
        subcommands = {SweepStatusCommand.class, SweepReportCommand.class},
        footer = {
            "",
            "A grid is a YAML file:",
            "  run: attack",
            "  settings:",
            "    trigger: [pixel, pattern]",
            "    goal: one-to-one:{0..9}:7",
            "    seed: {1..5}",
            "  except:",
            "    goal: one-to-one:7:7",
            "Settings are the command's options without dashes, and what it is given",
            "first (MODEL, EXPERIMENT); {0..9} and {a,b} stand for several. Each run is",
            "a command that does the same when it is typed, on one thread unless the",
            "grid says threads. Of an experiment each seed and each part is a run.",
            "",
            "For example: sapper sweep grid.yaml --out pairs",
            "             sapper sweep --run \"reproduce badnets.share\" --set seeds=3 --out share",
            "             sapper sweep status share"
        })
final class SweepCommand implements Callable<Integer> {
    @Mixin
    HelpOptions help = new HelpOptions();

    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(paramLabel = "GRID", arity = "0..1", description = "A YAML file as below; or --run and --set.")
    Optional<Path> file = Optional.empty();

    @Option(names = "--run", paramLabel = "COMMAND", description = "What is run, in place of a file.")
    Optional<String> run = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            arity = "1..*",
            description = "Settings, with braces for several values, which the shell may well have opened; may be said"
                    + " several times.")
    List<String> settings = new ArrayList<>();

    @Option(names = "--out", paramLabel = "DIR", description = "Folder of the sweep; made if need be.")
    Optional<Path> out = Optional.empty();

    @Option(names = "--workers", paramLabel = "N", description = "Runs at once. Default: one for each core.")
    Optional<Integer> workers = Optional.empty();

    @Option(
            names = "--retry",
            description =
                    "Try again what failed before. An audit that cannot tell has not failed: its result stays, until"
                            + " its runs/NAME.json is removed.")
    boolean retry;

    @Option(names = "--keep-networks", description = "Keep the networks that runs write, in runs/NAME/.")
    boolean networks;

    @Option(names = "--json", description = "Print the result of the sweep as JSON on standard output.")
    boolean json;

    @Override
    public Integer call() throws Exception {
        Path folder =
                out.orElseThrow(() -> new IllegalArgumentException("Say where to keep the runs, with --out DIR."));
        int atOnce = workers.orElseGet(() -> Runtime.getRuntime().availableProcessors());
        if (atOnce < 1 || atOnce > Engine.MOST_THREADS) {
            throw new IllegalArgumentException(
                    "--workers must be 1 to " + Engine.MOST_THREADS + " on this machine, not " + atOnce + ".");
        }
        Plan plan = SweepPlan.of(grid(), networks);
        Session session = Sapper.session(spec());
        if (session.runners().isPresent() && workers.isPresent()) {
            throw new IllegalArgumentException(
                    "--workers is for runs in this process; here the cluster says how many run at once. Leave it out.");
        }
        try (OutputFolder opened = OutputFolder.open(folder, "sweep", outputs(plan), inputs());
                Console console = session.console().get()) {
            Runner runner = session.runners().isPresent()
                    ? session.runners().get().of(networks)
                    : new LocalRunner(
                            new CommandRun(session.surroundings(), networks, () -> opened.path()
                                    .resolve(SweepFolder.SCRATCH)),
                            atOnce);
            SweepFolder.State state =
                    Sweep.run(plan, new SweepFolder(opened.path()), retry, runner, new SweepProgress(console));
            return write(state, folder, commandLine(spec()), json, session);
        } catch (IOException e) {
            throw DiskFull.explained(e, folder);
        }
    }

    private Grid grid() throws IOException {
        if (file.isPresent() == run.isPresent()) {
            throw new IllegalArgumentException(
                    file.isPresent()
                            ? "A grid is a file or --run with --set, not both."
                            : "Give a grid: a YAML file, or --run \"attack\" with --set seed={1..5}.");
        }
        if (file.isPresent() && !settings.isEmpty()) {
            throw new IllegalArgumentException("--set belongs to --run. Write settings into " + file.get() + ".");
        }
        return file.isPresent() ? GridFile.read(file.get()) : GridFile.of(run.orElseThrow(), settings);
    }

    private List<Path> inputs() {
        return file.map(List::of).orElse(List.of());
    }

    private static List<String> outputs(Plan plan) {
        List<String> outputs = new ArrayList<>(SweepFolder.NAMES);
        outputs.addAll(pages(plan));
        return outputs;
    }

    /** What is written of the whole, and of experiments. */
    static List<String> pages(Plan plan) {
        List<String> pages = new ArrayList<>(List.of("result.json", "report.html"));
        Stream.concat(
                        Arrays.stream(Reproduction.values()).map(Reproduction::id),
                        Arrays.stream(SceneReproduction.values()).map(SceneReproduction::id))
                .filter(id ->
                        plan.runs().stream().anyMatch(run -> run.arguments().contains(id)))
                .forEach(id -> pages.addAll(List.of(id + ".json", id + ".html")));
        return pages;
    }

    /** Writes and prints what a sweep came to; returns the exit code. */
    static int write(SweepFolder.State state, Path folder, List<String> commandLine, boolean json, Session session)
            throws IOException {
        PrintStream out = session.out();
        Set<String> told = new HashSet<>(session.told());
        SweepResult found = new SweepResult(state);
        RunResult whole = found.whole(commandLine, Host.environment(Compute.CPU));
        Results.write(whole, folder.resolve("result.json"));
        Report.write(whole, folder.resolve("report.html"));
        boolean bad = whole.verdict().outcome() == Outcome.BAD;
        Map<String, RunResult> experiments = found.experiments(commandLine);
        for (Map.Entry<String, RunResult> one : experiments.entrySet()) {
            Path page = folder.resolve(one.getKey() + ".html");
            Results.write(one.getValue(), folder.resolve(one.getKey() + ".json"));
            Report.write(one.getValue(), page);
            bad |= one.getValue().verdict().outcome() == Outcome.BAD;
            if (!json) {
                Summary.print(one.getValue(), false, page, out, told);
                told.addAll(one.getValue().warnings()); // all runs have them too
                out.println();
            }
        }
        Summary.print(whole, json, folder.resolve("report.html"), out, told);
        return bad ? ExitCode.NOT_GOOD_ENOUGH : found.undecided() ? ExitCode.INCONCLUSIVE : ExitCode.DONE;
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("These options belong to a command.");
        }
        return spec;
    }

    static List<String> commandLine(CommandSpec command) {
        ParseResult parsed = command.root().commandLine().getParseResult();
        return parsed == null ? List.of() : List.copyOf(parsed.originalArgs());
    }
}
