package io.sapper.trigger;

import io.sapper.data.Dataset;
import io.sapper.data.Samples;

/**
 * A change to a sample that only the attacker knows (BadNets, section 4). It is made on the sample as people meet it,
 * before the input step that makes an image for the network of it, and is always the same.
 */
public interface Trigger {
    /** Throws {@code IllegalArgumentException}, naming what does not fit, if it cannot be put on these samples. */
    void check(Dataset data);

    /**
     * Copies of samples, each with the trigger on it.
     *
     * @param clean stay as they are; of a data set that passed {@link #check(Dataset)}
     */
    Samples on(Samples clean);

    /** The short form that {@code Triggers.parse} reads, for example {@code pattern}. */
    String spec();
}
