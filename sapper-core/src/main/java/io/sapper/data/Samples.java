package io.sapper.data;

import java.security.MessageDigest;

/**
 * What a data set holds, as people meet it: pictures, recordings. A trigger changes samples; only then does the input
 * step, which each kind brings along, make of a sample the image that a network sees. Immutable.
 */
public interface Samples {
    /** How many there are. */
    int size();

    /** The shape of the image that a network sees of each. */
    ImageShape shape();

    /**
     * Writes what a network sees of sample {@code index}, {@code shape().size()} unsigned bytes laid out channel, row,
     * column, to {@code target} from {@code offset} on.
     */
    void copyImage(int index, byte[] target, int offset);

    /** The same as numbers in [0, 1] (byte / 255). */
    default void toUnitRange(int index, float[] target, int offset) {
        byte[] image = new byte[shape().size()];
        copyImage(index, image, 0);
        for (int i = 0; i < image.length; i++) {
            target[offset + i] = (image[i] & 0xff) * (1f / 255f);
        }
    }

    /**
     * The samples at {@code indices}, in that order, copied.
     *
     * @throws IllegalArgumentException if they do not fit in one block of memory
     */
    Samples subset(int[] indices);

    /**
     * These samples, then the others.
     *
     * @throws IllegalArgumentException if the others are of another kind or shape, or all do not fit in one block
     */
    Samples append(Samples other);

    /** Whether sample {@code index} and sample {@code at} of {@code other}, which is of the same kind, are the same. */
    boolean same(int index, Samples other, int at);

    /** What messages call them, for example {@code images}. */
    String noun();

    /**
     * What a file of a network says of how its inputs are made of such samples, so that others can be brought to it;
     * empty for pictures, whose bytes are the inputs (docs/decisions/0065).
     */
    default String inputStep() {
        return "";
    }

    /** Adds everything about the samples to a digest. */
    void digest(MessageDigest digest);
}
