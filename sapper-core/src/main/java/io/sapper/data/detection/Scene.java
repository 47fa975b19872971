package io.sapper.data.detection;

import io.sapper.data.MalformedFileException;
import io.sapper.data.image.Picture;
import java.nio.file.Path;
import java.util.List;

/**
 * A photograph with boxes; decoded when it is needed.
 *
 * @param file of the photograph
 * @param name of it within its data set, for people
 * @param height rows, as it is to be seen
 * @param width columns
 * @param group what it belongs to and must not be parted from, such as one pass of one physical sign; its own name
 *     where the data do not say
 * @param boxes in the order of the data; none in a photograph that shows nothing of interest
 * @param retouch what is done to it after it was read
 */
public record Scene(
        Path file, String name, int height, int width, String group, List<LabelledBox> boxes, Retouch retouch) {
    public Scene {
        boxes = List.copyOf(boxes);
    }

    /** A photograph as it is. */
    public Scene(Path file, String name, int height, int width, String group, List<LabelledBox> boxes) {
        this(file, name, height, width, group, boxes, Retouch.NONE);
    }

    /** The same photograph with other boxes. */
    public Scene withBoxes(List<LabelledBox> changed) {
        return new Scene(file, name, height, width, group, changed, retouch);
    }

    /** The same photograph, retouched so. */
    public Scene withRetouch(Retouch changed) {
        return new Scene(file, name, height, width, group, boxes, changed);
    }

    /**
     * Reads the photograph and retouches it: opaque, turned as its EXIF data say.
     *
     * @throws MalformedFileException if it is missing, empty, no picture, damaged, or larger than 100 million pixels
     */
    public Picture picture() throws MalformedFileException {
        return retouch.of(Picture.read(file).onWhite());
    }
}
