package io.sapper.data.detection;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A way in which people lay down photographs and boxes. */
interface Layout {
    /** In words, for reports. */
    String text();

    /** Whether a folder looks like it. */
    boolean is(Path folder) throws IOException;

    /**
     * Reads the annotations, not the photographs.
     *
     * @param tally is told of what is passed over
     * @throws io.sapper.data.MalformedFileException if a file of annotations cannot be understood, with its line
     */
    Read read(Path folder, Tally tally) throws IOException;

    /**
     * What was read.
     *
     * @param classNames all classes, in the order of their numbers
     * @param division in words, where the annotations themselves divide and what has no part belongs to neither; else
     *     empty
     */
    record Read(List<String> classNames, List<Marked> scenes, Optional<String> division) {
        Read(List<String> classNames, List<Marked> scenes) {
            this(classNames, scenes, Optional.empty());
        }
    }
}
