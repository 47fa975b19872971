package io.sapper.report;

import io.sapper.result.RunResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words of a command as a shell would take them again. Public for the templates. */
public final class CommandLine {
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_@%+=:,./-]+");

    private CommandLine() {}

    /** Empty where the library was called. */
    public static String of(RunResult result) {
        return result.commandLine().isEmpty()
                ? ""
                : Stream.concat(Stream.of("sapper"), result.commandLine().stream())
                        .map(CommandLine::quoted)
                        .collect(Collectors.joining(" "));
    }

    /** In single quotes where a shell would make something else of it. */
    static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
