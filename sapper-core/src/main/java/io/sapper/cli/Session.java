package io.sapper.cli;

import io.sapper.data.Once;
import io.sapper.data.Surroundings;
import io.sapper.experiment.Setup;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a command is run in: typed by somebody, or one of many in a sweep.
 *
 * @param surroundings where data come from
 * @param out what is printed, results first of all
 * @param console makes what shows how it goes on
 * @param told warnings that the console has shown, which no summary repeats
 * @param loaded data that stay in memory for the commands that come after
 * @param networks that runs begin with, for the commands that come after
 * @param runners where the runs of a sweep run; empty: in this process
 * @param sweep what sets a run of a sweep apart; empty where somebody typed the command
 */
record Session(
        Supplier<Surroundings> surroundings,
        PrintStream out,
        Supplier<Console> console,
        Set<String> told,
        LoadedData loaded,
        Once networks,
        Optional<Runners> runners,
        Optional<InSweep> sweep) {
    /**
     * One run of a sweep.
     *
     * @param commandLine its words, as its result tells them
     */
    record InSweep(List<String> commandLine) {}

    /** Of somebody who typed a command; prints on the streams of this process as they are now. */
    static Session typed(Supplier<Surroundings> surroundings) {
        Set<String> told = new HashSet<>();
        return new Session(
                surroundings,
                System.out,
                () -> new Console(told),
                told,
                LoadedData.NONE,
                new Once(Setup.MOST_NETWORKS),
                Optional.empty(),
                Optional.empty());
    }

    /** Where words are only parsed: nothing is run, and what holds for the process stays. */
    static Session parsing() {
        return new Session(
                () -> {
                    throw new IllegalStateException("Here, words are only parsed.");
                },
                System.out,
                Console::new,
                Set.of(),
                LoadedData.NONE,
                new Once(0),
                Optional.empty(),
                Optional.of(new InSweep(List.of())));
    }

    /** The same, whose sweeps run elsewhere. */
    Session withRunners(Runners elsewhere) {
        return new Session(surroundings, out, console, told, loaded, networks, Optional.of(elsewhere), sweep);
    }

    /** Whether a page is drawn of each result: not in a sweep, which has one of all. */
    boolean pages() {
        return sweep.isEmpty();
    }
}
