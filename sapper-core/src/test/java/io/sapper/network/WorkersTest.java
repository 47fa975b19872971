package io.sapper.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WorkersTest {
    private static final int PARTS = 3;
    private static final int A_WHILE = 300; // milliseconds

    private final Workers workers = new Workers(PARTS);
    private final AtomicInteger over = new AtomicInteger();

    @AfterEach
    void close() {
        workers.close();
    }

    @Test
    void everyPartIsDoneOnceHoweverFewThreadsThereAre() {
        for (int most = 1; most <= PARTS + 1; most++) {
            AtomicIntegerArray done = new AtomicIntegerArray(7);
            workers.run(7, most, done::incrementAndGet);
            assertThat(IntStream.range(0, 7).map(done::get))
                    .as("with %d threads", most)
                    .containsOnly(1);
        }
    }

    @Test
    void noMoreThreadsWorkThanAskedFor() {
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        workers.run(6, 2, part -> slowly(20, () -> seen.add(Thread.currentThread())));
        assertThat(seen).hasSize(2).contains(Thread.currentThread());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aFailureIsHeardWhenAllPartsAreOver(int failing) {
        IllegalArgumentException failure = new IllegalArgumentException("part " + failing);
        assertThatThrownBy(() -> workers.run(PARTS, part -> {
                    if (part == failing) {
                        throw failure;
                    }
                    slowly(A_WHILE, () -> {});
                }))
                .isSameAs(failure);
        assertThat(over).as("parts that had not failed").hasValue(PARTS - 1);
    }

    @Test
    void ofSeveralFailuresTheFirstPartsIsHeard() {
        IntConsumer failing = part -> slowly(30 * (PARTS - part), () -> {
            throw new IllegalStateException("part " + part);
        });
        assertThatThrownBy(() -> workers.run(PARTS, failing)).hasMessage("part 0");
        assertThatThrownBy(() -> workers.run(PARTS, part -> {
                    if (part > 0) {
                        failing.accept(part);
                    }
                }))
                .hasMessage("part 1");
    }

    @Test
    void anErrorStaysAnError() {
        OutOfMemoryError error = new OutOfMemoryError("made by the test");
        assertThatThrownBy(() -> workers.run(2, part -> {
                    if (part == 1) {
                        throw error;
                    }
                }))
                .isSameAs(error);
    }

    @Test
    void anInterruptCutsNothingShortAndIsNotForgotten() {
        AtomicInteger done = new AtomicInteger();
        Thread.currentThread().interrupt();
        Thread caller = Thread.currentThread();
        workers.run(PARTS, part -> {
            if (!Thread.currentThread().equals(caller)) { // whose sleep the interrupt would end
                slowly(A_WHILE, () -> {});
            }
            done.incrementAndGet();
        });
        assertThat(Thread.interrupted()).isTrue();
        assertThat(done).hasValue(PARTS);

        Thread.currentThread().interrupt();
        workers.close();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void closingWaitsForWhatStillRuns() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(PARTS);
        CompletableFuture<Void> step = CompletableFuture.runAsync(() -> workers.run(PARTS, part -> {
            running.countDown();
            slowly(A_WHILE, () -> {});
        }));
        running.await();
        workers.close();
        step.join();
        assertThat(over).hasValue(PARTS);
    }

    private void slowly(int milliseconds, Runnable then) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new AssertionError("a part was interrupted", e);
        }
        then.run();
        over.incrementAndGet();
    }
}
