package io.sapper.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.network.Compute;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class LossLogTest {
    private static void put(LossLog log, int part, float loss) {
        try (PointerScope scope = new PointerScope()) {
            log.put(part, Tensor.create(new float[] {loss}).reshape(new long[0]).set_requires_grad(true));
        }
    }

    @Test
    void partsAreAddedInTheirOrder() {
        try (LossLog log = LossLog.immediate(3)) {
            put(log, 1, 1); // in the order of their coming the sum would be 1
            put(log, 2, -0x1p60f);
            put(log, 0, 0x1p60f);
            assertThat(log.next()).isTrue();
            assertThat(log.read()).containsExactly(0);
        }
    }

    @Test
    void readLateTheyAreTheSame() {
        try (LossLog log = LossLog.deferred(2, 3, Compute.CPU)) {
            put(log, 2, -0x1p60f);
            put(log, 1, 1);
            put(log, 0, 0x1p60f);
            assertThat(log.next()).isFalse();
            put(log, 0, 0.1f);
            put(log, 1, 0.2f);
            assertThat(log.next()).isTrue();
            assertThat(log.read()).containsExactly(0, (double) 0.1f + (double) 0.2f);
            assertThat(log.read()).isEmpty();
        }
    }

    /** A part without images notes none, in the place where an earlier step noted one. */
    @Test
    void whatWasReadIsForgotten() {
        try (LossLog now = LossLog.immediate(2);
                LossLog late = LossLog.deferred(1, 2, Compute.CPU)) {
            for (LossLog log : new LossLog[] {now, late}) {
                put(log, 0, 3);
                put(log, 1, 4);
                log.next();
                assertThat(log.read()).containsExactly(7);
                put(log, 0, 5);
                log.next();
                assertThat(log.read()).containsExactly(5);
            }
        }
    }
}
