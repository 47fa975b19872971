package io.sapper.cli;

/** What the process says at its end. */
final class ExitCode {
    /** Done; what was measured is clean or good. */
    static final int DONE = 0;

    /** A network is suspicious, or a repair was not good enough. */
    static final int NOT_GOOD_ENOUGH = 1;

    /** Input is malformed, or the run failed: training diverged, disk or memory full, natives missing. */
    static final int MALFORMED = 2;

    /** An audit cannot tell. */
    static final int INCONCLUSIVE = 2;

    /** The network uses something that Sapper does not run. */
    static final int UNSUPPORTED = 3;

    /** The command was called wrongly. */
    static final int USAGE = 64;

    private ExitCode() {}
}
