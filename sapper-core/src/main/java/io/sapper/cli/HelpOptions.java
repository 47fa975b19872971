package io.sapper.cli;

import picocli.CommandLine.Option;

/** Options that every command has. */
final class HelpOptions {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    boolean help;

    @Option(names = "--stacktrace", description = "Show where a failure came from.")
    boolean stacktrace;
}
