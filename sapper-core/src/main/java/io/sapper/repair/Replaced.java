package io.sapper.repair;

import io.sapper.data.Dataset;
import java.util.List;

/** A data set with other pixels in some of its images. */
final class Replaced {
    private Replaced() {}

    /**
     * Puts changed images in the places of what they were.
     *
     * @param places which images were changed
     * @param changed data sets of n: the image at place i is the next one of data set i modulo n
     */
    static Dataset in(Dataset data, int[] places, List<Dataset> changed) {
        int size = data.shape().size();
        byte[] pixels = new byte[data.size() * size];
        for (int i = 0; i < data.size(); i++) {
            System.arraycopy(data.image(i), 0, pixels, i * size, size);
        }
        for (int i = 0; i < places.length; i++) {
            byte[] image = changed.get(i % changed.size()).image(i / changed.size());
            System.arraycopy(image, 0, pixels, places[i] * size, size);
        }
        return new Dataset(data.name(), data.shape(), pixels, data.labels(), data.classNames());
    }
}
