package io.sapper.data.detection;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A photograph as a file of annotations speaks of it.
 *
 * @param file of the photograph, which is there
 * @param name what lists call it: its path below the folder of the data
 * @param group what it belongs to; empty where nobody says
 * @param part {@code train} or {@code test}, where the layout divides
 * @param marks its boxes
 */
record Marked(Path file, String name, String group, Optional<Part> part, List<Mark> marks) {
    /** Of a division. */
    enum Part {
        TRAIN,
        TEST
    }

    /**
     * A box as it was found, of anything.
     *
     * @param className of the data
     * @param unit what the numbers count
     * @param first one corner: column, row
     * @param second the opposite corner
     */
    record Mark(String className, Unit unit, double[] first, double[] second) {
        double[] edges(int height, int width) {
            double across = unit == Unit.SHARES ? width : 1;
            double down = unit == Unit.SHARES ? height : 1;
            return new double[] {first[0] * across, first[1] * down, second[0] * across, second[1] * down};
        }
    }

    /** What positions are counted in. */
    enum Unit {
        PIXELS,
        SHARES
    }
}
