package io.sapper.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntToDoubleFunction;
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
    void whatThePartsGiveIsAddedInTheirOrder() {
        double[] parts = {1e16, 1, -1e16}; // in another order the sum is 1, not 0
        assertThat(workers.sum(PARTS, part -> slowly(PARTS - part, () -> parts[part])))
                .isZero();
        assertThat(workers.sum(1, part -> 5 + part)).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aFailureIsHeardWhenAllPartsAreOver(int failing) {
        IllegalArgumentException failure = new IllegalArgumentException("part " + failing);
        assertThatThrownBy(() -> workers.sum(PARTS, part -> {
                    if (part == failing) {
                        throw failure;
                    }
                    return slowly(A_WHILE, () -> 1);
                }))
                .isSameAs(failure);
        assertThat(over).as("parts that had not failed").hasValue(PARTS - 1);
    }

    @Test
    void ofSeveralFailuresTheFirstPartsIsHeard() {
        IntToDoubleFunction failing = part -> slowly(30 * (PARTS - part), () -> {
            throw new IllegalStateException("part " + part);
        });
        assertThatThrownBy(() -> workers.sum(PARTS, failing)).hasMessage("part 0");
        assertThatThrownBy(() -> workers.sum(PARTS, part -> part == 0 ? 0 : failing.applyAsDouble(part)))
                .hasMessage("part 1");
    }

    @Test
    void anErrorStaysAnError() {
        OutOfMemoryError error = new OutOfMemoryError("made by the test");
        assertThatThrownBy(() -> workers.sum(2, part -> {
                    if (part == 1) {
                        throw error;
                    }
                    return 0;
                }))
                .isSameAs(error);
    }

    @Test
    void anInterruptCutsNothingShortAndIsNotForgotten() {
        Thread.currentThread().interrupt();
        double sum = workers.sum(PARTS, part -> part == 0 ? 0 : slowly(A_WHILE, () -> 1));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(sum).isEqualTo(PARTS - 1);

        Thread.currentThread().interrupt();
        workers.close();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void closingWaitsForWhatStillRuns() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(PARTS);
        CompletableFuture<Double> step = CompletableFuture.supplyAsync(() -> workers.sum(PARTS, part -> {
            running.countDown();
            return part == 0 ? 0 : slowly(A_WHILE, () -> 1);
        }));
        running.await();
        workers.close();
        assertThat(over).hasValue(PARTS - 1);
        assertThat(step.join()).isEqualTo(PARTS - 1);
    }

    private interface Result {
        double get();
    }

    private double slowly(int milliseconds, Result result) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new AssertionError("a part was interrupted", e);
        }
        double value = result.get();
        over.incrementAndGet();
        return value;
    }
}
