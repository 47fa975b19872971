package io.sapper.sweep;

import java.util.List;

/**
 * A run without a result, as its folder keeps it.
 *
 * @param name of the run
 * @param arguments what was run
 * @param exitCode as of the command
 * @param reason one line
 * @param attempts how often it was tried
 */
public record Failure(String name, List<String> arguments, int exitCode, String reason, int attempts) {
    public Failure {
        arguments = List.copyOf(arguments);
    }
}
