package io.sapper.data.detection;

import io.sapper.data.image.PictureSize;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A photograph as a file of annotations speaks of it.
 *
 * @param file of the photograph, which is there
 * @param name what lists call it: its path below the folder of the data
 * @param group what it belongs to; empty where nobody says
 * @param part {@code train} or {@code test}, where the layout divides
 * @param size that its annotations say; empty where they do not
 * @param marks its boxes
 */
record Marked(Path file, String name, String group, Optional<Part> part, Optional<PictureSize> size, List<Mark> marks) {
    /** Of a photograph whose size nobody says. */
    Marked(Path file, String name, String group, Optional<Part> part, List<Mark> marks) {
        this(file, name, group, part, Optional.empty(), marks);
    }

    /** Of a division. */
    enum Part {
        TRAIN,
        TEST;

        /** Told by a folder on the way: {@code train}, {@code test}, or {@code val} where a set calls its test so. */
        static Optional<Part> of(Path inside) {
            for (int i = 0; i < inside.getNameCount() - 1; i++) {
                switch (inside.getName(i).toString().toLowerCase(Locale.ROOT)) {
                    case "train" -> {
                        return Optional.of(TRAIN);
                    }
                    case "test", "val", "valid" -> {
                        return Optional.of(TEST);
                    }
                    default -> {} // no word of it
                }
            }
            return Optional.empty();
        }
    }

    /**
     * A box as it was found, of anything.
     *
     * @param className of the data
     * @param unit what the numbers count
     * @param across column of one corner
     * @param down row of it
     * @param acrossOther column of the opposite corner
     * @param downOther row of it
     */
    record Mark(String className, Unit unit, double across, double down, double acrossOther, double downOther) {
        /** Column, row, column, row of the two corners in a picture, in pixels. */
        double[] corners(int height, int width) {
            double x = unit == Unit.SHARES ? width : 1;
            double y = unit == Unit.SHARES ? height : 1;
            return new double[] {across * x, down * y, acrossOther * x, downOther * y};
        }
    }

    /** What positions are counted in. */
    enum Unit {
        PIXELS,
        SHARES
    }
}
