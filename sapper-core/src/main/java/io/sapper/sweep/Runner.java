package io.sapper.sweep;

import java.io.IOException;
import java.util.List;

/** Runs many runs: on this machine ({@link LocalRunner}) or on others. */
@FunctionalInterface
public interface Runner {
    /** Takes what is there, one at a time. */
    @FunctionalInterface
    interface Finished {
        /**
         * Keeps what came of a run.
         *
         * @throws IOException if it cannot be kept; then nothing further is begun
         */
        void take(RunOutcome outcome) throws IOException;
    }

    /**
     * Runs all, in any order, and hands over each as soon as it is there.
     *
     * @throws IOException if a result cannot be kept, or whoever is to run them is not there
     * @throws InterruptedException if the calling thread is asked to stop; runs that go on are stopped
     */
    void run(List<PlannedRun> runs, Finished finished) throws IOException, InterruptedException;
}
