package io.sapper.defense;

import io.sapper.data.detection.Detection;
import io.sapper.data.detection.Scenes;
import java.util.List;

/** How well a detector finds what is in clean photographs: what defences of detectors are decided by. */
@FunctionalInterface
public interface MeanPrecision {
    /**
     * Mean average precision over the classes.
     *
     * @param found in each of the photographs, the surest first
     * @return in [0, 1]; NaN where there is nothing to find
     */
    double of(Scenes scenes, List<List<Detection>> found);
}
