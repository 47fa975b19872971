package io.sapper.sweep;

/** Whoever runs one run of a sweep, wherever that is; several at once, from several threads. */
@FunctionalInterface
public interface OneRun {
    /** Runs it to its end. What goes wrong in it is its outcome. */
    RunOutcome run(PlannedRun run);
}
