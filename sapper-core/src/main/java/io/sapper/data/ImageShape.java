package io.sapper.data;

/**
 * The shape of one image: channels first, then rows, then columns.
 *
 * @param channels 1 for grey, 3 for red-green-blue; at least 1
 * @param height rows, at least 1
 * @param width columns, at least 1
 */
public record ImageShape(int channels, int height, int width) {
    public ImageShape {
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException("An image needs at least one channel, row and column, not " + channels
                    + "x" + height + "x" + width + ".");
        }
        if ((long) height * width > Integer.MAX_VALUE / channels) {
            throw new IllegalArgumentException("An image of " + channels + "x" + height + "x" + width
                    + " (channels x rows x columns) is too large for one block of memory.");
        }
    }

    /** Bytes of one image. */
    public int size() {
        return channels * height * width;
    }

    /** Where (channel, row, column) lies in the bytes of one image. */
    public int index(int channel, int row, int column) {
        return (channel * height + row) * width + column;
    }

    @Override
    public String toString() {
        return channels + "x" + height + "x" + width;
    }
}
