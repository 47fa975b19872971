package io.sapper.training;

import io.sapper.data.Dataset;
import io.sapper.network.Batches;
import io.sapper.network.Compute;

/**
 * What a training run keeps on the device. Changes its time, never its bits.
 *
 * @param resident whether the data lie there, and are put in order there
 * @param lossesReadEvery after how many steps the losses are read, at least 1; 1 for at once
 */
record Placement(boolean resident, int lossesReadEvery) {
    /** Steps that a GPU may go on after a loss that is not finite; 50 are well below a second. */
    private static final int STEPS = 50;

    /** What suits a device: a GPU has its own memory and should never wait for us to look. */
    static Placement of(Dataset data, Compute compute) {
        return compute == Compute.CPU
                ? new Placement(false, 1)
                : new Placement(Batches.fitsDevice(data, compute), STEPS);
    }

    /** What suits a device where the examples are sent batch by batch. */
    static Placement sent(Compute compute) {
        return new Placement(false, compute == Compute.CPU ? 1 : STEPS);
    }

    Batches batches(Dataset data, Compute compute) {
        return resident ? Batches.resident(data, compute) : Batches.sent(data, compute);
    }

    LossLog losses(int parts, Compute compute) {
        return lossesReadEvery == 1 ? LossLog.immediate(parts) : LossLog.deferred(lossesReadEvery, parts, compute);
    }
}
