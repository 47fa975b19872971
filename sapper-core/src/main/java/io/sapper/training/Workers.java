package io.sapper.training;

import io.sapper.network.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToDoubleFunction;

/**
 * Threads that do the parts of a step at the same time, each with one thread of libtorch. Whatever happens to one part,
 * all are over before the caller hears of it: a failure frees tensors, and native code that still reads them takes the
 * process down.
 */
final class Workers implements AutoCloseable {
    private final ExecutorService threads;

    /** @param parts of each step; the calling thread does the first */
    Workers(int parts) {
        threads = Executors.newFixedThreadPool(Math.max(1, parts - 1), tasks -> {
            Thread thread = new Thread(
                    () -> {
                        Engine.threads(1);
                        tasks.run();
                    },
                    "sapper-replica");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Does all parts and adds up what they give, in their order. Throws what a part threw, of several parts the
     * first's. An interrupt cuts nothing short; the thread's flag stays set.
     */
    double sum(int parts, IntToDoubleFunction part) {
        List<CompletableFuture<Double>> others = new ArrayList<>();
        double sum;
        try {
            for (int i = 1; i < parts; i++) {
                int number = i;
                others.add(CompletableFuture.supplyAsync(() -> part.applyAsDouble(number), threads));
            }
            sum = part.applyAsDouble(0);
        } finally {
            CompletableFuture.allOf(others.toArray(new CompletableFuture<?>[0]))
                    .exceptionally(failure -> null)
                    .join();
        }
        for (CompletableFuture<Double> other : others) {
            sum += result(other);
        }
        return sum;
    }

    private static double result(CompletableFuture<Double> other) {
        try {
            return other.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** Returns when every thread has ended. */
    @Override
    public void close() {
        threads.shutdown();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = threads.awaitTermination(1, TimeUnit.DAYS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
