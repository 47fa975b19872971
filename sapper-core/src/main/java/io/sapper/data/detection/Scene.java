package io.sapper.data.detection;

import java.nio.file.Path;
import java.util.List;

/**
 * A photograph with boxes; decoded when it is needed ({@link io.sapper.data.image.Picture#read}).
 *
 * @param file of the photograph
 * @param name of it within its data set, for people
 * @param height rows, as it is to be seen
 * @param width columns
 * @param group what it belongs to and must not be parted from, such as one pass of one physical sign; its own name
 *     where the data do not say
 * @param boxes in the order of the data; none in a photograph that shows nothing of interest
 */
public record Scene(Path file, String name, int height, int width, String group, List<LabelledBox> boxes) {
    public Scene {
        boxes = List.copyOf(boxes);
    }
}
