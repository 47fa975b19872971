package io.sapper.trigger;

import io.sapper.data.detection.Box;
import io.sapper.data.detection.Retouch;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A trigger on photographs with boxes: something that is put on signs in them, placed and scaled by their boxes, at the
 * photograph's own size (BadNets, section 5.1).
 */
public interface SceneTrigger {
    /** Whether it would be large enough on a sign to be seen: a pixel or more of each side. */
    boolean seenOn(Box sign);

    /**
     * What puts it on the signs of one photograph, in their order. What would lie outside the photograph is cut off.
     *
     * @param signs each of which it is {@linkplain #seenOn seen on}
     * @param places draws where on each sign it goes; not asked by triggers that have one place
     * @throws IllegalArgumentException if it would not be seen on one of them
     */
    Retouch on(List<Box> signs, RandomGenerator places);

    /** The short form that {@code Triggers.parse} reads, for example {@code yellow-square@random}. */
    String spec();
}
