package io.sapper.cli;

import io.sapper.experiment.Host;
import io.sapper.experiment.Reproduction;
import io.sapper.experiment.Scale;
import io.sapper.experiment.SceneReproduction;
import io.sapper.sweep.Grid;
import io.sapper.sweep.Plan;
import io.sapper.sweep.PlannedRun;
import io.sapper.sweep.Setting;
import java.util.List;
import java.util.stream.LongStream;

/** From a grid to all its runs, each checked as far as words can be. */
final class SweepPlan {
    private static final String REPRODUCE = "reproduce";
    private static final String SEED = "seed";
    private static final String SEEDS = "seeds";
    private static final String PART = "part";
    private static final String USUAL_SEEDS = "5";

    private SweepPlan() {}

    /**
     * All runs.
     *
     * @param networks whether the networks that they write are kept
     * @throws IllegalArgumentException if the command is not one that a sweep runs, or a setting is none of it
     */
    static Plan of(Grid grid, boolean networks) {
        SweptCommand swept =
                SweptCommand.of(grid.command().isEmpty() ? "" : grid.command().get(0));
        Grid whole = swept.spec().name().equals(REPRODUCE) ? experiment(grid) : grid;
        if (whole.values("threads").isEmpty()) {
            whole = whole.with(new Setting("threads", List.of("1"))); // many runs share the machine
        }
        List<PlannedRun> runs = whole.runs(swept::words);
        runs.forEach(run -> swept.check(run.arguments()));
        return new Plan(Host.version(), grid.command(), runs, networks);
    }

    /** A run for each seed and each part. */
    private static Grid experiment(Grid grid) {
        List<String> seeds = grid.values(SEEDS);
        Grid seeded = grid;
        if (grid.values(SEED).size() < 2 || !seeds.isEmpty()) {
            seeded = grid.with(new Setting(SEED, seeds(grid.values(SEED), seeds)));
        }
        seeded = seeded.without(SEEDS).with(new Setting(SEEDS, List.of("1")));
        List<String> parts = parts(grid);
        return parts.isEmpty() || !grid.values(PART).isEmpty() ? seeded : seeded.with(new Setting(PART, parts));
    }

    private static List<String> seeds(List<String> seed, List<String> seeds) {
        if (seed.size() > 1 || seeds.size() > 1) {
            throw new IllegalArgumentException("The settings 'seed' and 'seeds' contradict each other: of an"
                    + " experiment, say how many seeds there are (seeds: 5), or which (seed: {1..5}).");
        }
        long first = number(SEED, seed.isEmpty() ? "1" : seed.get(0));
        long count = number(SEEDS, seeds.isEmpty() ? (seed.isEmpty() ? USUAL_SEEDS : "1") : seeds.get(0));
        if (count < 1 || count > Grid.MOST_RUNS) {
            throw new IllegalArgumentException("'seeds' must be 1 to " + Grid.MOST_RUNS + ", not " + count + ".");
        }
        return LongStream.range(first, first + count).mapToObj(String::valueOf).toList();
    }

    private static long number(String name, String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("The setting '" + name + "' is a number, not '" + text + "'.", e);
        }
    }

    private static List<String> parts(Grid grid) {
        if (grid.command().size() != 2
                || SceneReproduction.named(grid.command().get(1)).isPresent()) {
            return List.of();
        }
        List<String> scale = grid.values("scale");
        return Reproduction.of(grid.command().get(1)).parts(scale.size() == 1 ? Scale.of(scale.get(0)) : Scale.SMALL);
    }
}
