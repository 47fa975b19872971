package io.sapper.training;

import io.sapper.network.Compute;
import io.sapper.network.Tensors;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The losses of the last few steps. On a GPU they stay there and are read many at once: reading one waits until the GPU
 * has done everything before it (docs/decisions/0031). Read late or at once, they are the same numbers.
 */
final class LossLog implements AutoCloseable {
    private final int parts;
    private final int capacity;
    private final double[] here;
    private final @Nullable Tensor there;
    private int steps;

    private LossLog(int capacity, int parts, @Nullable Tensor there) {
        this.capacity = capacity;
        this.parts = parts;
        this.there = there;
        here = new double[capacity * parts];
    }

    /** One that has a step's losses as soon as it is done. */
    static LossLog immediate(int parts) {
        return new LossLog(1, parts, null);
    }

    /** One that leaves the losses of up to {@code steps} steps on the device. */
    static LossLog deferred(int steps, int parts, Compute compute) {
        try (PointerScope scope = new PointerScope()) {
            Tensor there = Tensors.create(new float[steps * parts], List.of(steps * parts), compute);
            there.retainReference();
            return new LossLog(steps, parts, there);
        }
    }

    /** Notes the loss of one part of the current step, a tensor of one number; parts may do so at the same time. */
    void put(int part, Tensor loss) {
        int index = steps * parts + part;
        if (there == null) {
            here[index] = loss.item_double();
            return;
        }
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            there.select(0, index).copy_(loss);
        }
    }

    /** Ends the current step; returns whether the losses must be read before the next. */
    boolean next() {
        steps++;
        return steps == capacity;
    }

    /** The loss of each step since the last reading, its parts added in their order; then forgets them. */
    double[] read() {
        if (there != null) {
            float[] values = Tensors.toArray(there);
            for (int i = 0; i < steps * parts; i++) {
                here[i] = values[i];
            }
            there.zero_();
        }
        double[] sums = new double[steps];
        for (int step = 0; step < steps; step++) {
            for (int part = 0; part < parts; part++) {
                sums[step] += here[step * parts + part];
            }
        }
        Arrays.fill(here, 0);
        steps = 0;
        return sums;
    }

    @Override
    public void close() {
        if (there != null) {
            there.close();
        }
    }
}
