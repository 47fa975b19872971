package io.sapper.network;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntConsumer;

/**
 * Threads that do the parts of a piece of work at the same time, each with one thread of libtorch. A thread takes the
 * next part when it is done with one, so what a part computes must not depend on who does it. Whatever happens to one
 * part, all are over before the caller hears of it: a failure frees tensors, and native code that still reads them
 * takes the process down.
 */
public final class Workers implements AutoCloseable {
    private final int count;
    private final ExecutorService threads;

    /** @param count of threads, the calling one included */
    public Workers(int count) {
        this.count = count;
        threads = Executors.newFixedThreadPool(Math.max(1, count - 1), tasks -> {
            Thread thread = new Thread(
                    () -> {
                        Engine.threads(1);
                        tasks.run();
                    },
                    "sapper-worker");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** How many threads there are, the calling one included. */
    public int count() {
        return count;
    }

    /** As the other method, on all threads. */
    public void run(int parts, IntConsumer part) {
        run(parts, count, part);
    }

    /**
     * Does all parts. Throws what a part threw, of several parts the first's. An interrupt cuts nothing short; the
     * thread's flag stays set.
     *
     * @param most threads to use, the calling one included
     */
    public void run(int parts, int most, IntConsumer part) {
        Parts step = new Parts(parts, part);
        for (int i = 1; i < Math.min(Math.min(most, count), parts); i++) {
            threads.execute(step);
        }
        step.run();
        step.await();
    }

    /** The parts of one piece of work; whoever runs it takes parts until none is left. */
    private static final class Parts implements Runnable {
        private final IntConsumer part;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger left;
        private final AtomicReferenceArray<Throwable> failures;
        private final CompletableFuture<Void> over = new CompletableFuture<>();

        Parts(int count, IntConsumer part) {
            this.part = part;
            left = new AtomicInteger(count);
            failures = new AtomicReferenceArray<>(count);
        }

        @Override
        public void run() {
            for (int i = next.getAndIncrement(); i < failures.length(); i = next.getAndIncrement()) {
                try {
                    part.accept(i);
                } catch (RuntimeException | Error e) {
                    failures.set(i, e);
                }
                if (left.decrementAndGet() == 0) {
                    over.complete(null);
                }
            }
        }

        /** Waits for parts, not for threads: one that wakes late and finds nothing left holds nobody up. */
        void await() {
            over.join();
            for (int i = 0; i < failures.length(); i++) {
                if (failures.get(i) instanceof RuntimeException failure) {
                    throw failure;
                }
                if (failures.get(i) instanceof Error failure) {
                    throw failure;
                }
            }
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
