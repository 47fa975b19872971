package io.sapper.sweep;

import io.sapper.data.MalformedFileException;
import io.sapper.data.Output;
import io.sapper.result.Audited;
import io.sapper.result.DetectionRates;
import io.sapper.result.Rates;
import io.sapper.result.Reproduced;
import io.sapper.result.ReproducedFigures;
import io.sapper.result.Results;
import io.sapper.result.RunResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a sweep keeps: {@code plan.json}, {@code runs/NAME.json} of each run that is finished, {@code failed/NAME.json}
 * of each that is not, and {@code runs/NAME/} with networks. Each file is there whole or not at all; a run without
 * either is still to be run.
 *
 * @param path the folder
 */
public record SweepFolder(Path path) {
    /** All that a sweep writes into it by itself. */
    public static final List<String> NAMES = List.of("plan.json", "runs", "failed", SweepFolder.SCRATCH);

    /** What runs leave while they go on; removed at the end, and at the beginning of the next sweep. */
    public static final String SCRATCH = "scratch";

    private static final Pattern FIT = Pattern.compile("[A-Za-z0-9_=,~-][A-Za-z0-9._=,~-]*");

    /**
     * What of a plan is there.
     *
     * @param plan all runs
     * @param finished results by the names of their runs, in order
     * @param failed the others that were tried, in order
     * @param broken what is wrong with results that are there and not whole: those runs are still to be run
     * @param changed files that have changed since they were read, each in a sentence: what read them is to be run
     *     again
     * @param gone files that are there no more, each in a sentence
     */
    public record State(
            Plan plan,
            Map<String, RunResult> finished,
            Map<String, Failure> failed,
            List<String> broken,
            List<String> changed,
            List<String> gone) {
        /** What is still to be run. */
        public List<PlannedRun> left() {
            return plan.runs().stream()
                    .filter(run -> !finished.containsKey(run.name()) && !failed.containsKey(run.name()))
                    .toList();
        }
    }

    private Path planFile() {
        return path.resolve(NAMES.get(0));
    }

    private Path runs() {
        return path.resolve(NAMES.get(1));
    }

    private Path failed() {
        return path.resolve(NAMES.get(2));
    }

    /** Whether it holds a sweep. */
    public boolean isSweep() {
        return Files.isRegularFile(planFile());
    }

    /**
     * The plan that it holds, if any.
     *
     * @throws MalformedFileException if that is no plan
     */
    public Optional<Plan> plan() throws IOException {
        if (!isSweep()) {
            return Optional.empty();
        }
        Plan plan;
        try {
            plan = Results.read(planFile(), Plan.class);
        } catch (MalformedFileException e) {
            throw new MalformedFileException(
                    planFile(),
                    "",
                    "This is no plan of a sweep. Maybe it was edited."
                            + " Remove the folder, or take another with --out.");
        }
        for (PlannedRun run : plan.runs()) {
            if (!FIT.matcher(run.name()).matches()) {
                throw new MalformedFileException(
                        planFile(),
                        "",
                        "A run is named '" + run.name()
                                + "', which no sweep names so. Remove the folder, or take another with --out.");
            }
        }
        return Optional.of(plan);
    }

    /**
     * Takes the folder for a plan, or goes on with the one that it holds. What was kept of runs that read a file which
     * has changed since is removed, so that they are run again.
     *
     * @return those files, each in a sentence, and those that are there no more
     * @throws IllegalArgumentException if it holds another sweep
     */
    public List<String> take(Plan plan) throws IOException {
        Optional<Plan> earlier = plan();
        if (earlier.isPresent()) {
            plan.checkGoesOnWith(earlier.get(), path.toString());
        }
        for (PlannedRun run : plan.runs()) {
            if (!FIT.matcher(run.name()).matches()) {
                throw new IllegalArgumentException("A run cannot be named '" + run.name() + "'.");
            }
        }
        clear();
        Files.createDirectories(runs());
        Files.createDirectories(failed());
        for (Path folder : List.of(runs(), failed())) {
            Output.refuseLink(folder);
            Output.removeParts(folder, Pattern.compile(".*\\.json"));
        }
        List<ReadFile> before = earlier.map(Plan::files).orElse(List.of());
        Plan noted = plan.reading(before);
        List<String> changed = changed(noted, before);
        for (ReadFile file : noted.changes(before).keySet()) {
            for (PlannedRun run : noted.reading(file)) {
                Files.deleteIfExists(result(run));
                Files.deleteIfExists(failure(run));
            }
        }
        if (earlier.isEmpty() || !earlier.get().equals(noted)) {
            Results.write(noted, planFile()); // last: if killed before, the next sweep sees the same changes
        }
        changed.addAll(gone(noted));
        return changed;
    }

    /**
     * Files that runs of the sweep which it holds have read, and that are there no more, each in a sentence. What was
     * found with them stays.
     */
    private List<String> gone(Plan noted) {
        return noted.gone().stream()
                .map(file -> file.file() + " is there no more." + stays(noted.reading(file)))
                .toList();
    }

    /** What that means for the runs that read it. */
    private String stays(List<PlannedRun> readers) {
        long kept = readers.stream().filter(run -> Files.exists(result(run))).count();
        long left = readers.size() - kept;
        return (kept == 0
                        ? ""
                        : kept == 1
                                ? " The result of the run that read it stays."
                                : " The results of " + kept + " runs that read it stay.")
                + (left == 0
                        ? ""
                        : " For " + (left == 1 ? "a run" : left + " runs") + " without a result, put it back first.");
    }

    /** As far as something is kept of runs that read them. */
    private List<String> changed(Plan noted, List<ReadFile> before) {
        List<String> changed = new ArrayList<>();
        noted.changes(before).forEach((file, what) -> {
            long kept = noted.reading(file).stream()
                    .filter(run -> Files.exists(result(run)) || Files.exists(failure(run)))
                    .count();
            if (kept > 0) {
                changed.add(what + ", so " + (kept == 1 ? "the run that reads it is" : kept + " runs that read it are")
                        + " to be run again.");
            }
        });
        return changed;
    }

    /** Removes what runs left that were stopped. */
    void clear() throws IOException {
        Path scratch = path.resolve(SCRATCH);
        Output.refuseLink(scratch);
        Output.removeFolder(scratch);
    }

    /** What is there of the plan. Of runs that are no part of an experiment only the figures are kept in memory. */
    public State state(Plan plan) throws IOException {
        Map<String, RunResult> finished = new LinkedHashMap<>();
        Map<String, Failure> failures = new LinkedHashMap<>();
        List<String> broken = new ArrayList<>();
        for (PlannedRun run : plan.runs()) {
            Path result = result(run);
            try {
                if (Files.exists(result)) {
                    finished.put(run.name(), slim(checked(run, result)));
                } else if (Files.exists(failure(run))) {
                    failures.put(run.name(), Results.read(failure(run), Failure.class));
                }
            } catch (MalformedFileException e) {
                broken.add(String.valueOf(e.getMessage()));
            }
        }
        Plan now = plan.reading(plan.files()); // nothing is removed here
        return new State(plan, finished, failures, broken, changed(now, plan.files()), gone(now));
    }

    /** Pictures and curves of thousands of runs would fill the memory, and no table shows them. */
    private static RunResult slim(RunResult result) {
        boolean experiment = !result.all(Reproduced.class).isEmpty()
                || !result.all(ReproducedFigures.class).isEmpty();
        return experiment
                ? result
                : result.withFindings(result.findings().stream()
                        .filter(finding -> finding instanceof Rates
                                || finding instanceof DetectionRates
                                || finding instanceof Audited)
                        .map(finding -> finding instanceof Audited audited ? audited.withoutPictures() : finding)
                        .toList());
    }

    private static RunResult checked(PlannedRun run, Path file) throws IOException {
        RunResult result = Results.read(file);
        if (!run.says(result.commandLine())) {
            throw new MalformedFileException(
                    file,
                    "",
                    "This is the result of '" + String.join(" ", result.commandLine()) + "', not of '"
                            + String.join(" ", run.arguments()) + "'.");
        }
        return result;
    }

    /** Keeps what came of a run: first its networks, then what says that it is finished. */
    void keep(PlannedRun run, RunOutcome outcome) throws IOException {
        if (!outcome.finished()) {
            Results.write(
                    new Failure(run.name(), run.arguments(), outcome.exitCode(), outcome.reason(), attempts(run) + 1),
                    failure(run));
            return;
        }
        for (Map.Entry<String, byte[]> network : outcome.networks().entrySet()) {
            Output.replace(runs().resolve(run.name()).resolve(network.getKey()), network.getValue());
        }
        Output.replace(result(run), outcome.result().getBytes(StandardCharsets.UTF_8));
        Files.deleteIfExists(failure(run));
    }

    private int attempts(PlannedRun run) throws IOException {
        try {
            return Files.exists(failure(run))
                    ? Results.read(failure(run), Failure.class).attempts()
                    : 0;
        } catch (MalformedFileException e) {
            return 0; // it is replaced now
        }
    }

    private Path result(PlannedRun run) {
        return runs().resolve(run.name() + ".json");
    }

    private Path failure(PlannedRun run) {
        return failed().resolve(run.name() + ".json");
    }
}
