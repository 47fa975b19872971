package io.sapper.defense;

import io.sapper.data.detection.Detection;
import io.sapper.data.detection.Scenes;
import java.util.List;

/** How well a detector finds what is in clean photographs, class by class. */
@FunctionalInterface
public interface ClassPrecisions {
    /**
     * Average precision of each class.
     *
     * @param found in each of the photographs, the surest first
     * @return each in [0, 1]; NaN of a class without a box
     */
    List<Double> of(Scenes scenes, List<List<Detection>> found);

    /** What they come to in one number. */
    default MeanPrecision mean() {
        return (scenes, found) -> mean(of(scenes, found));
    }

    /** Mean of those that are a number; NaN where none is. */
    static double mean(List<Double> classes) {
        return classes.stream()
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }
}
