package io.sapper.experiment;

import io.sapper.result.AuditedNetworks;
import io.sapper.result.Cost;
import io.sapper.result.DataSummary;
import io.sapper.result.Environment;
import io.sapper.result.Finding;
import io.sapper.result.HeatMap;
import io.sapper.result.Outcome;
import io.sapper.result.Reproduced;
import io.sapper.result.ReproducedFigures;
import io.sapper.result.RunResult;
import io.sapper.result.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Results of runs that were each of one part and seed of an experiment, as the result that one run of all of it would
 * have had: rows and heat maps of all seeds, other findings of the first seed alone, every check.
 */
public final class Joined {
    private Joined() {}

    /**
     * Joins them.
     *
     * @param results of one experiment, in the order in which one run would have found them: by seed, then by part; at
     *     least one
     * @param commandLine the words that had all of them run
     * @throws IllegalArgumentException if they are not of one experiment
     */
    public static RunResult of(List<RunResult> results, List<String> commandLine) {
        if (results.isEmpty()) {
            throw new IllegalArgumentException("There is no result to join.");
        }
        RunResult first = results.get(0);
        List<Finding> findings = new ArrayList<>();
        Set<String> warnings = new LinkedHashSet<>();
        Map<String, String> settings = new LinkedHashMap<>();
        Set<DataSummary> data = new LinkedHashSet<>();
        List<Cost> costs = new ArrayList<>();
        List<Verdict.Check> checks = new ArrayList<>();
        Outcome outcome = Outcome.GOOD;
        for (RunResult result : results) {
            boolean firstSeed = result.seed() == first.seed();
            into(
                    findings,
                    result.findings().stream()
                            .filter(finding -> firstSeed || joins(finding))
                            .toList());
            warnings.addAll(result.warnings());
            result.settings().forEach(settings::putIfAbsent);
            data.addAll(result.data());
            costs.addAll(result.costs());
            for (Verdict.Check check : result.verdict().checks()) {
                checks.remove(check); // what is said of every run stands once, and last
                checks.add(check);
            }
            outcome = outcome.and(result.verdict().outcome());
        }
        return new RunResult(
                first.command(),
                commandLine,
                first.title(),
                new Verdict(outcome, sentence(first, findings), checks),
                List.copyOf(warnings),
                first.seed(),
                settings,
                List.of(),
                List.copyOf(data),
                findings,
                costs,
                environment(results));
    }

    static boolean joins(Finding finding) {
        return finding instanceof HeatMap
                || finding instanceof Reproduced
                || finding instanceof ReproducedFigures
                || finding instanceof AuditedNetworks;
    }

    /** Adds findings of another part or seed; what there is already of the same grows. */
    static void into(List<Finding> findings, List<Finding> more) {
        for (Finding next : more) {
            int place = place(findings, next);
            if (place < 0) {
                findings.add(next);
            } else {
                findings.set(place, and(findings.get(place), next));
            }
        }
    }

    private static int place(List<Finding> findings, Finding next) {
        for (int i = 0; i < findings.size(); i++) {
            if (same(findings.get(i), next)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean same(Finding one, Finding other) {
        if (one instanceof HeatMap map && other instanceof HeatMap next) {
            return map.title().equals(next.title());
        }
        return one.getClass().equals(other.getClass())
                && (one instanceof Reproduced || one instanceof ReproducedFigures || one instanceof AuditedNetworks);
    }

    private static Finding and(Finding one, Finding other) {
        if (one instanceof HeatMap map && other instanceof HeatMap next) {
            return map.and(next);
        }
        if (one instanceof Reproduced table && other instanceof Reproduced next) {
            checkSame(table.experiment(), next.experiment());
            return new Reproduced(
                    table.experiment(),
                    table.source(),
                    table.deviations(),
                    table.published(),
                    both(table.rows(), next.rows()));
        }
        if (one instanceof ReproducedFigures table && other instanceof ReproducedFigures next) {
            checkSame(table.experiment(), next.experiment());
            return new ReproducedFigures(
                    table.experiment(),
                    table.source(),
                    table.deviations(),
                    table.variable(),
                    table.published(),
                    both(table.rows(), next.rows()));
        }
        if (one instanceof AuditedNetworks some && other instanceof AuditedNetworks next) {
            return new AuditedNetworks(both(some.networks(), next.networks()));
        }
        throw new IllegalArgumentException("These findings are not joined.");
    }

    private static <T> List<T> both(List<T> some, List<T> others) {
        List<T> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    private static void checkSame(String one, String other) {
        if (!one.equals(other)) {
            throw new IllegalArgumentException("Results of " + one + " and of " + other + " are not joined.");
        }
    }

    private static String sentence(RunResult first, List<Finding> findings) {
        for (Finding finding : findings) {
            if (finding instanceof Reproduced table) {
                return sentence(table);
            }
            if (finding instanceof ReproducedFigures table) {
                return SceneReproduction.named(table.experiment())
                        .map(experiment -> experiment.sentence(table.rows()))
                        .orElse(first.verdict().sentence());
            }
        }
        return first.verdict().sentence();
    }

    /** How many networks were measured, and what was not as the experiment asks. */
    static String sentence(Reproduced table) {
        int networks = table.rows().size();
        long seeds = table.rows().stream().map(Reproduced.Row::seed).distinct().count();
        String deviating = table.deviations().isEmpty()
                ? ""
                : " Not as the experiment asks: " + String.join(" ", table.deviations());
        return table.source() + ": " + networks + (networks == 1 ? " network" : " networks") + " measured, " + seeds
                + (seeds == 1 ? " seed." : " seeds.") + deviating;
    }

    /** Of the last, with the most memory of any. */
    private static Environment environment(List<RunResult> results) {
        Environment last = results.get(results.size() - 1).environment();
        long peak = results.stream()
                .mapToLong(result -> result.environment().peakMemoryBytes())
                .max()
                .orElse(0);
        return new Environment(
                last.sapper(),
                last.java(),
                last.libtorch(),
                last.platform(),
                last.processor(),
                last.device(),
                last.threads(),
                peak,
                last.finishedAt());
    }
}
