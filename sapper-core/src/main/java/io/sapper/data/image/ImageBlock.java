package io.sapper.data.image;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import java.util.List;

/**
 * Images of one size that are read one after the other: in one plane until the first in colour comes, then in three.
 */
final class ImageBlock {
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    private final String name;
    private final int[] labels;
    private final int height;
    private final int width;
    private int channels;
    private byte[] pixels;
    private int filled;

    /**
     * @param name of the data set to be
     * @param labels of all its images, in order
     * @param channels to begin with, 1 or 3
     */
    ImageBlock(String name, int[] labels, int height, int width, int channels) {
        this.name = name;
        this.labels = labels;
        this.height = height;
        this.width = width;
        this.channels = channels;
        this.pixels = new byte[length(channels)];
    }

    int channels() {
        return channels;
    }

    /** Adds the next image, of this size. */
    void add(Picture picture) {
        if (!picture.isGrey()) {
            inColour();
        }
        int size = height * width;
        for (int channel = 0; channel < channels; channel++) {
            System.arraycopy(picture.plane(channel), 0, pixels, (filled * channels + channel) * size, size);
        }
        filled++;
    }

    /** Gives each image three equal planes, unless it has three already. */
    void inColour() {
        if (channels == 3) {
            return;
        }
        int size = height * width;
        byte[] wide = new byte[length(3)];
        for (int i = 0; i < filled; i++) {
            for (int channel = 0; channel < 3; channel++) {
                System.arraycopy(pixels, i * size, wide, (3 * i + channel) * size, size);
            }
        }
        pixels = wide;
        channels = 3;
    }

    /** The images, once all are there; the block belongs to them from then on. */
    Dataset dataset(List<String> classNames) {
        return new Dataset(name, new ImageShape(channels, height, width), pixels, labels, classNames);
    }

    private int length(int planes) {
        long length = (long) labels.length * planes * height * width;
        if (length > MOST_BYTES) {
            throw new IllegalArgumentException(
                    name + ": " + labels.length + " pictures of " + new ImageShape(planes, height, width)
                            + " (channels x rows x columns) do not fit in one block of memory. Choose a smaller --size.");
        }
        return (int) length;
    }
}
