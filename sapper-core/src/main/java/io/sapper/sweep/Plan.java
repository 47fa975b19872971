package io.sapper.sweep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All runs of a sweep, as its folder keeps them.
 *
 * @param sapper version that planned it
 * @param command the verb and what stands behind it
 * @param runs in order
 * @param networks whether the networks that they write are kept
 * @param files that they read, as they were when they were looked at last
 */
public record Plan(String sapper, List<String> command, List<PlannedRun> runs, boolean networks, List<ReadFile> files) {
    /** Before its files were looked at. */
    public Plan(String sapper, List<String> command, List<PlannedRun> runs, boolean networks) {
        this(sapper, command, runs, networks, List.of());
    }

    /**
     * Checks that there is something to run, and that no two runs share a name.
     *
     * @throws IllegalArgumentException if there is none, or two share a name
     */
    public Plan {
        command = List.copyOf(command);
        runs = List.copyOf(runs);
        files = (Object) files == null
                ? List.of()
                : List.copyOf(files); // a folder of before files were looked at has none
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
     * The same with the files that its runs read as they are now.
     *
     * @param earlier files as they were before; of one that is gone, this stays what is known of it, unless what named
     *     it has changed, and may name another now
     */
    Plan reading(List<ReadFile> earlier) throws IOException {
        List<String> words = runs.stream()
                .flatMap(run -> run.arguments().stream().skip(1))
                .distinct()
                .toList();
        List<ReadFile> now = new ArrayList<>();
        for (String word : words) {
            now.addAll(ReadFile.named(word, earlier));
        }
        Set<String> there = now.stream().map(ReadFile::file).collect(Collectors.toSet());
        Set<String> changed = now.stream()
                .filter(file -> earlier.stream().anyMatch(file::differs))
                .map(ReadFile::word)
                .collect(Collectors.toSet());
        earlier.stream()
                .filter(file -> !there.contains(file.file()) && !changed.contains(file.word()))
                .forEach(now::add);
        return new Plan(sapper, command, runs, networks, now);
    }

    /** The files that are others than they were, each with what became of it. */
    Map<ReadFile, String> changes(List<ReadFile> earlier) {
        Map<ReadFile, String> changes = new LinkedHashMap<>();
        for (ReadFile now : files) {
            earlier.stream()
                    .filter(now::differs)
                    .findFirst()
                    .ifPresent(before -> changes.put(now, now.changed(before)));
        }
        return changes;
    }

    /** The files that are there no more. */
    List<ReadFile> gone() {
        return files.stream().filter(ReadFile::gone).toList();
    }

    /** The runs that read a file. */
    List<PlannedRun> reading(ReadFile file) {
        return runs.stream()
                .filter(run -> run.arguments().contains(file.word()))
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
