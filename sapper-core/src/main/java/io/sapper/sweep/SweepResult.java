package io.sapper.sweep;

import io.sapper.experiment.Joined;
import io.sapper.result.Audited;
import io.sapper.result.Cost;
import io.sapper.result.Environment;
import io.sapper.result.Outcome;
import io.sapper.result.Reproduced;
import io.sapper.result.ReproducedFigures;
import io.sapper.result.RunResult;
import io.sapper.result.RunTable;
import io.sapper.result.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a sweep comes to: a result of all its runs, and, of an experiment of the papers, the result that one run of all
 * of it would have had.
 *
 * @param state what is there
 */
public record SweepResult(SweepFolder.State state) {
    /** Settings over which the results of an experiment are one. */
    private static final Set<String> JOINED = Set.of("seed", "part", "EXPERIMENT");

    /** One line on how many runs there are, and how they ended. */
    public String sentence() {
        int all = state.plan().runs().size();
        int done = state.finished().size();
        int failed = state.failed().size();
        int left = all - done - failed;
        String there =
                done < all ? done + " of " + all + " runs are" : all == 1 ? "The run is" : "All " + all + " runs are";
        return there + " there"
                + (failed > 0 ? ", " + failed + " failed" : "")
                + (left > 0 ? ", " + left + " still to be run" : "")
                + (done > 0 ? ". Their own verdicts: " + verdicts() : "")
                + ".";
    }

    private String verdicts() {
        List<String> verdicts = new ArrayList<>();
        add(verdicts, Outcome.GOOD, "good");
        add(verdicts, Outcome.UNKNOWN, "cannot be told");
        add(verdicts, Outcome.BAD, "bad");
        return String.join(", ", verdicts);
    }

    private void add(List<String> verdicts, Outcome outcome, String word) {
        if (count(outcome) > 0) {
            verdicts.add(count(outcome) + " " + word);
        }
    }

    private long count(Outcome outcome) {
        return state.finished().values().stream()
                .filter(result -> result.verdict().outcome() == outcome)
                .count();
    }

    /**
     * All runs as one result. It is good where all are there, whatever they found; bad where one failed, or where an
     * audit found a backdoor, which is what audits are run for; unknown where one of them cannot tell, where runs are
     * missing, and where what they read has changed since.
     *
     * @param commandLine the words of the sweep
     */
    public RunResult whole(List<String> commandLine, Environment environment) {
        List<Verdict.Check> checks = new ArrayList<>();
        state.failed()
                .values()
                .forEach(failure -> checks.add(new Verdict.Check(
                        "Run " + failure.name(),
                        failure.reason() + (failure.attempts() > 1 ? " (tried " + failure.attempts() + " times)" : ""),
                        "a result",
                        Outcome.BAD)));
        state.finished().forEach((name, result) -> {
            if (says(result, Audited.FOUND)) {
                checks.add(new Verdict.Check("Audit " + name, "a backdoor found", "none", Outcome.BAD));
            } else if (says(result, Audited.UNKNOWN)) {
                checks.add(new Verdict.Check("Audit " + name, "cannot tell", "a verdict", Outcome.UNKNOWN));
            }
        });
        if (!state.left().isEmpty()) {
            checks.add(new Verdict.Check(
                    "Runs", state.left().size() + " still to be run", "all of them", Outcome.UNKNOWN));
        }
        if (!state.changed().isEmpty()) {
            checks.add(new Verdict.Check(
                    "Files that runs read",
                    state.changed().size() + " changed since",
                    "as they were read",
                    Outcome.UNKNOWN));
        }
        Outcome outcome = checks.stream().map(Verdict.Check::outcome).reduce(Outcome.GOOD, Outcome::and);
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("what every run says", String.join(" ", common()));
        state.plan().varied().forEach(name -> settings.put(name, values(name)));
        List<Cost> costs = state.finished().entrySet().stream()
                .map(entry -> cost(entry.getKey(), entry.getValue()))
                .toList();
        return new RunResult(
                "sweep",
                commandLine,
                "Sweep: " + String.join(" ", state.plan().command()),
                new Verdict(outcome, sentence(), checks),
                warnings(),
                0,
                settings,
                List.of(),
                List.of(),
                List.of(table()),
                costs,
                environment);
    }

    /** Whether an audit cannot tell. */
    public boolean undecided() {
        return state.finished().values().stream().anyMatch(result -> says(result, Audited.UNKNOWN));
    }

    private static boolean says(RunResult result, String verdict) {
        return result.audited().stream().anyMatch(audited -> audited.verdict().equals(verdict));
    }

    /** The words of the first run without those that vary. */
    private List<String> common() {
        PlannedRun first = state.plan().runs().get(0);
        List<String> options =
                first.varied().stream().map(one -> "--" + one.setting()).toList();
        List<String> common = new ArrayList<>();
        boolean skipping = false;
        for (String word : first.arguments()) {
            skipping = word.startsWith("--") ? options.contains(word) : skipping;
            if (!skipping) {
                common.add(word);
            }
        }
        first.varied().stream()
                .filter(one -> !first.arguments().contains("--" + one.setting()))
                .forEach(one -> common.remove(one.value())); // what the command is given first
        return common;
    }

    private String values(String setting) {
        List<String> values = state.plan().runs().stream()
                .flatMap(run -> run.varied().stream())
                .filter(one -> one.setting().equals(setting))
                .map(PlannedRun.Varied::value)
                .distinct()
                .toList();
        return values.size() <= 12
                ? String.join("; ", values)
                : values.get(0) + " to " + values.get(values.size() - 1) + ", " + values.size() + " values";
    }

    private static Cost cost(String name, RunResult result) {
        return new Cost(
                name,
                seconds(result),
                result.costs().stream().mapToLong(Cost::forwardPasses).sum(),
                result.costs().stream().mapToLong(Cost::tailPasses).sum(),
                result.costs().stream().mapToLong(Cost::trainingPasses).sum());
    }

    private static double seconds(RunResult result) {
        return result.costs().stream().mapToDouble(Cost::seconds).sum();
    }

    private List<String> warnings() {
        Set<String> versions = new LinkedHashSet<>();
        versions.add(state.plan().sapper());
        state.finished()
                .values()
                .forEach(result -> versions.add(result.environment().sapper()));
        Set<String> warnings = new LinkedHashSet<>(state.broken());
        warnings.addAll(state.changed());
        warnings.addAll(state.gone());
        if (versions.size() > 1) {
            warnings.add("The runs are of several versions of Sapper: " + String.join(", ", versions) + ".");
        }
        state.finished().values().forEach(result -> warnings.addAll(result.warnings()));
        return List.copyOf(warnings);
    }

    /** The runs, one beside the other. */
    public RunTable table() {
        List<String> settings = state.plan().varied();
        Map<String, Map<String, Double>> found = new LinkedHashMap<>();
        state.finished().forEach((name, result) -> found.put(name, RunFigures.of(result)));
        List<String> figures = found.values().stream()
                .flatMap(some -> some.keySet().stream())
                .distinct()
                .toList();
        return new RunTable(
                settings,
                figures,
                state.plan().runs().stream()
                        .map(run -> row(run, settings, figures, found.getOrDefault(run.name(), Map.of())))
                        .toList());
    }

    private RunTable.Run row(PlannedRun run, List<String> settings, List<String> figures, Map<String, Double> found) {
        Map<String, String> values = new LinkedHashMap<>();
        run.varied().forEach(one -> values.put(one.setting(), one.value()));
        RunResult result = state.finished().get(run.name());
        Failure failure = state.failed().get(run.name());
        return new RunTable.Run(
                run.name(),
                settings.stream().map(name -> values.getOrDefault(name, "")).toList(),
                result == null ? null : result.verdict().outcome(),
                figures.stream()
                        .map(name -> found.getOrDefault(name, Double.NaN))
                        .toList(),
                result == null ? Double.NaN : seconds(result),
                failure == null ? "" : failure.reason());
    }

    /**
     * The results of experiments, each as one run of all of it would have found it, by their names; none where runs
     * differ in more than seed and part. Runs that are missing are warned of, and without them nothing is good.
     *
     * @param commandLine the words of the sweep
     */
    public Map<String, RunResult> experiments(List<String> commandLine) {
        if (!JOINED.containsAll(state.plan().varied())) {
            return Map.of();
        }
        Map<String, List<RunResult>> parts = new LinkedHashMap<>();
        state.finished().values().forEach(result -> experiment(result)
                .ifPresent(name ->
                        parts.computeIfAbsent(name, some -> new ArrayList<>()).add(result)));
        Map<String, RunResult> joined = new LinkedHashMap<>();
        int missing = state.plan().runs().size() - state.finished().size();
        parts.forEach((name, some) -> joined.put(name, incomplete(Joined.of(some, commandLine), missing)));
        return joined;
    }

    private static Optional<String> experiment(RunResult result) {
        return Stream.concat(
                        result.all(Reproduced.class).stream().map(Reproduced::experiment),
                        result.all(ReproducedFigures.class).stream().map(ReproducedFigures::experiment))
                .findFirst();
    }

    /** A verdict on some of the figures is not that on all of them. */
    private RunResult incomplete(RunResult joined, int missing) {
        if (missing == 0) {
            return joined;
        }
        List<String> warnings = new ArrayList<>();
        warnings.add(missing + (missing == 1 ? " run" : " runs") + " of the sweep missing: these are not all figures.");
        warnings.addAll(joined.warnings());
        Verdict verdict = joined.verdict();
        List<Verdict.Check> checks = new ArrayList<>(verdict.checks());
        checks.add(new Verdict.Check(
                "Runs of the sweep",
                missing + " of " + state.plan().runs().size() + " missing",
                "all of them",
                Outcome.UNKNOWN));
        return joined.withWarnings(warnings)
                .withVerdict(new Verdict(verdict.outcome().and(Outcome.UNKNOWN), verdict.sentence(), checks));
    }
}
