package io.sapper.cli;

/** What the process says at its end. */
final class ExitCode {
    static final int DONE = 0;
    static final int NOT_GOOD_ENOUGH = 1;
    static final int MALFORMED = 2;
    static final int UNSUPPORTED = 3;
    static final int USAGE = 64;

    private ExitCode() {}
}
