package io.sapper.sweep;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All runs of a sweep, as its folder keeps them.
 *
 * @param sapper version that planned it
 * @param command the verb and what stands behind it
 * @param runs in order
 * @param networks whether the networks that they write are kept
 */
public record Plan(String sapper, List<String> command, List<PlannedRun> runs, boolean networks) {
    /**
     * Checks that there is something to run, and that no two runs share a name.
     *
     * @throws IllegalArgumentException if there is none, or two share a name
     */
    public Plan {
        command = List.copyOf(command);
        runs = List.copyOf(runs);
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("There is nothing to run.");
        }
        Map<String, Long> names = runs.stream().collect(Collectors.groupingBy(PlannedRun::name, Collectors.counting()));
        names.forEach((name, count) -> {
            if (count > 1) {
                throw new IllegalArgumentException(count + " runs are named " + name + ".");
            }
        });
    }

    /** The names of the settings that set runs apart, in order. */
    public List<String> varied() {
        return runs.stream()
                .flatMap(run -> run.varied().stream())
                .map(PlannedRun.Varied::setting)
                .distinct()
                .toList();
    }

    /**
     * Checks that this plan goes on with an earlier one: all runs of that are in it, unchanged.
     *
     * @param folder that has the earlier one, for the message
     * @throws IllegalArgumentException naming the first run that is not
     */
    void checkGoesOnWith(Plan earlier, String folder) {
        Map<String, PlannedRun> here = runs.stream().collect(Collectors.toMap(PlannedRun::name, Function.identity()));
        for (PlannedRun run : earlier.runs()) {
            PlannedRun same = here.get(run.name());
            if (same == null || !same.says(run.arguments())) {
                throw new IllegalArgumentException(folder + " holds another sweep: "
                        + (same == null
                                ? "its run " + run.name() + " is not in this grid"
                                : "there, " + run.name() + " is '" + String.join(" ", run.arguments()) + "', here '"
                                        + String.join(" ", same.arguments()) + "'")
                        + ". Maybe another folder with --out; a grid may only grow.");
            }
        }
        if (earlier.networks() != networks) {
            throw new IllegalArgumentException(folder + " holds a sweep that "
                    + (earlier.networks() ? "keeps" : "does not keep") + " its networks. "
                    + (earlier.networks() ? "Add" : "Leave out") + " --keep-networks, or another folder with --out.");
        }
    }
}
