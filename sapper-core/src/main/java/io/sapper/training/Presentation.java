package io.sapper.training;

import io.sapper.data.Dataset;
import io.sapper.data.Seeds;

/** What an epoch shows of the data, the images as they are or versions of them, and in which order. */
@FunctionalInterface
public interface Presentation {
    /** The images as they are. */
    Presentation PLAIN = (data, epoch) -> data;

    /**
     * As many images with the same labels in the same order; equal arguments give equal bytes.
     *
     * @param epoch from 0
     */
    Dataset show(Dataset data, int epoch);

    /**
     * Which image comes at which position: by chance.
     *
     * @param size how many images there are
     * @param epoch from 0
     */
    default int[] order(int size, int epoch, long seed) {
        return Seeds.permutation(size, Seeds.generator(seed, "order of epoch " + epoch));
    }
}
