package io.sapper.data;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Pictures of one shape as unsigned bytes in one block laid out image, channel, row, column; a network sees them as
 * they are.
 */
public final class PictureBlock implements Samples {
    private final ImageShape shape;
    private final byte[] pixels;

    /**
     * @param shape of every picture
     * @param pixels all pictures, one after the other; belongs to the block from then on
     */
    public PictureBlock(ImageShape shape, byte[] pixels) {
        this.shape = shape;
        this.pixels = pixels;
    }

    @Override
    public int size() {
        return pixels.length / shape.size();
    }

    @Override
    public ImageShape shape() {
        return shape;
    }

    @Override
    public void copyImage(int index, byte[] target, int offset) {
        System.arraycopy(pixels, index * shape.size(), target, offset, shape.size());
    }

    @Override
    public void toUnitRange(int index, float[] target, int offset) {
        int size = shape.size();
        int from = index * size;
        for (int i = 0; i < size; i++) {
            target[offset + i] = (pixels[from + i] & 0xff) * (1f / 255f);
        }
    }

    @Override
    public PictureBlock subset(int[] indices) {
        byte[] chosen = new byte[length(indices.length)];
        for (int i = 0; i < indices.length; i++) {
            copyImage(indices[i], chosen, i * shape.size());
        }
        return new PictureBlock(shape, chosen);
    }

    @Override
    public PictureBlock append(Samples other) {
        if (!(other instanceof PictureBlock block) || !block.shape.equals(shape)) {
            throw new IllegalArgumentException("Pictures of " + shape + " and " + other.noun() + " of " + other.shape()
                    + " cannot be joined: other kind or other shape.");
        }
        byte[] joined = Arrays.copyOf(pixels, length((long) size() + other.size()));
        System.arraycopy(block.pixels, 0, joined, pixels.length, block.pixels.length);
        return new PictureBlock(shape, joined);
    }

    @Override
    public boolean same(int index, Samples other, int at) {
        int size = shape.size();
        return other instanceof PictureBlock block
                && Arrays.equals(pixels, index * size, (index + 1) * size, block.pixels, at * size, (at + 1) * size);
    }

    @Override
    public String noun() {
        return "images";
    }

    @Override
    public void digest(MessageDigest digest) {
        digest.update(pixels);
    }

    @Override
    public String toString() {
        return size() + " images of " + shape;
    }

    /** Bytes of that many images, which must fit in one array. */
    private int length(long images) {
        long length = images * shape.size();
        if (length > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    images + " images of " + shape + " do not fit in one block of memory. Maybe take fewer images.");
        }
        return (int) length;
    }
}
