package io.sapper.sweep;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Runs on this machine, in this process, so many at once.
 *
 * @param once runs one
 * @param workers how many at once
 */
public record LocalRunner(OneRun once, int workers) implements Runner {
    /** Native code that still works while the process ends would crash it. */
    private static final long PATIENCE_SECONDS = 10;

    public LocalRunner {
        if (workers < 1) {
            throw new IllegalArgumentException("There must be at least one worker, not " + workers + ".");
        }
    }

    @Override
    public void run(List<PlannedRun> runs, Finished finished) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(workers, Math.max(1, runs.size())), work -> {
            Thread thread = new Thread(work, "sweep");
            thread.setDaemon(true);
            return thread;
        });
        try {
            CompletionService<RunOutcome> outcomes = new ExecutorCompletionService<>(threads);
            runs.forEach(run -> outcomes.submit(() -> once.run(run)));
            for (int i = 0; i < runs.size(); i++) {
                finished.take(outcomes.take().get());
            }
        } catch (ExecutionException e) { // not a run that failed, but whoever runs them
            throw new IllegalStateException(e.getCause());
        } finally {
            stop(threads);
        }
    }

    private static void stop(ExecutorService threads) throws InterruptedException {
        threads.shutdownNow();
        boolean interrupted = Thread.interrupted();
        if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS) || interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
