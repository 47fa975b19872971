package io.sapper.sweep;

/** Hears how a sweep goes on. */
public interface SweepListener {
    /** Before it begins: a file that runs have read is another now, or there no more; in a sentence. */
    default void changed(String sentence) {}

    /**
     * It begins, or goes on.
     *
     * @param state what is there
     * @param pending how many are run now
     */
    void begins(SweepFolder.State state, int pending);

    /** A run is there, and kept. */
    void finished(PlannedRun run, RunOutcome outcome);
}
