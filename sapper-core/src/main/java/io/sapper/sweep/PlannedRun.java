package io.sapper.sweep;

import java.io.Serializable;
import java.util.List;

/**
 * One run of a sweep: a command line, which does the same when it is typed.
 *
 * @param name unlike any other in the sweep, and fit for a file
 * @param varied the settings that set it apart, in order
 * @param arguments the words of the command, from its verb on, without where to write
 */
public record PlannedRun(String name, List<Varied> varied, List<String> arguments) implements Serializable {
    public PlannedRun {
        varied = List.copyOf(varied);
        arguments = List.copyOf(arguments);
    }

    /** Whether these words are its own, in whatever order. */
    boolean says(List<String> words) {
        return arguments.stream()
                .sorted()
                .toList()
                .equals(words.stream().sorted().toList());
    }

    /**
     * One of the settings that set a run apart.
     *
     * @param setting its name
     * @param value its value in this run
     */
    public record Varied(String setting, String value) implements Serializable {}
}
