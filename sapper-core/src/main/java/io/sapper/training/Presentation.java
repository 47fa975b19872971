package io.sapper.training;

import io.sapper.data.Dataset;

/** What an epoch shows of the data: the images as they are, or versions of them. */
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
}
