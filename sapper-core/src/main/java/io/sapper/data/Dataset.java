package io.sapper.data;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Labelled images of one shape. Pixels are unsigned bytes, 0 to 255, in one block laid out image, channel, row, column;
 * they become numbers only when a batch is made. Immutable: the arrays given to it belong to it from then on.
 */
public final class Dataset {
    private final String name;
    private final ImageShape shape;
    private final byte[] pixels;
    private final int[] labels;
    private final List<String> classNames;

    /**
     * @param name what messages and reports call it, for example {@code "MNIST test"}
     * @param shape of every image
     * @param pixels all images, one after the other: {@code labels.length * shape.size()} bytes
     * @param labels the class of each image, 0 to {@code classNames.size() - 1}
     * @param classNames one name per class
     */
    public Dataset(String name, ImageShape shape, byte[] pixels, int[] labels, List<String> classNames) {
        if (pixels.length != (long) labels.length * shape.size()) {
            throw new IllegalArgumentException(name + ": " + labels.length + " images of " + shape + " need "
                    + (long) labels.length * shape.size() + " bytes, not " + pixels.length + ".");
        }
        for (int label : labels) {
            if (label < 0 || label >= classNames.size()) {
                throw new IllegalArgumentException(
                        name + ": label " + label + " is outside the " + classNames.size() + " classes.");
            }
        }
        this.name = name;
        this.shape = shape;
        this.pixels = pixels;
        this.labels = labels;
        this.classNames = List.copyOf(classNames);
    }

    /** What messages and reports call it. */
    public String name() {
        return name;
    }

    /** The shape of every image. */
    public ImageShape shape() {
        return shape;
    }

    /** Number of images. */
    public int size() {
        return labels.length;
    }

    /** Number of classes, also of those that no image has. */
    public int classCount() {
        return classNames.size();
    }

    /** One name per class, in the order of their numbers. */
    public List<String> classNames() {
        return classNames;
    }

    /** The class of image {@code index}. */
    public int label(int index) {
        return labels[index];
    }

    /** A copy of all labels, in order. */
    public int[] labels() {
        return labels.clone();
    }

    /** Copies the {@code shape().size()} bytes of image {@code index} to {@code target} from {@code offset} on. */
    public void copyImage(int index, byte[] target, int offset) {
        System.arraycopy(pixels, index * shape.size(), target, offset, shape.size());
    }

    /** The bytes of image {@code index}, copied. */
    public byte[] image(int index) {
        return Arrays.copyOfRange(pixels, index * shape.size(), (index + 1) * shape.size());
    }

    /** Writes image {@code index} as numbers in [0, 1] (byte / 255) to {@code target} from {@code offset} on. */
    public void toUnitRange(int index, float[] target, int offset) {
        int size = shape.size();
        int from = index * size;
        for (int i = 0; i < size; i++) {
            target[offset + i] = (pixels[from + i] & 0xff) * (1f / 255f);
        }
    }

    /** The images at {@code indices}, in that order, copied. */
    public Dataset subset(String newName, int[] indices) {
        byte[] chosen = new byte[length(newName, indices.length)];
        int[] chosenLabels = new int[indices.length];
        for (int i = 0; i < indices.length; i++) {
            copyImage(indices[i], chosen, i * shape.size());
            chosenLabels[i] = labels[indices[i]];
        }
        return new Dataset(newName, shape, chosen, chosenLabels, classNames);
    }

    /** These images, then those of {@code other}, which must have the same shape and classes. */
    public Dataset append(String newName, Dataset other) {
        if (!shape.equals(other.shape) || !classNames.equals(other.classNames)) {
            throw new IllegalArgumentException(
                    "Cannot join " + name + " and " + other.name + ": other shape or other classes.");
        }
        byte[] joined = Arrays.copyOf(pixels, length(newName, (long) size() + other.size()));
        System.arraycopy(other.pixels, 0, joined, pixels.length, other.pixels.length);
        int[] joinedLabels = Arrays.copyOf(labels, labels.length + other.labels.length);
        System.arraycopy(other.labels, 0, joinedLabels, labels.length, other.labels.length);
        return new Dataset(newName, shape, joined, joinedLabels, classNames);
    }

    /** Bytes of that many images, which must fit in one array. */
    private int length(String newName, long images) {
        long length = images * shape.size();
        if (length > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(newName + ": " + images + " images of " + shape
                    + " do not fit in one block of memory. Maybe take fewer images.");
        }
        return (int) length;
    }

    /** How many images each class has. */
    public int[] classSizes() {
        int[] sizes = new int[classCount()];
        for (int label : labels) {
            sizes[label]++;
        }
        return sizes;
    }

    /** SHA-256 over shape, labels and pixels, in hexadecimal: equal digests mean equal data. */
    public String digest() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            ByteBuffer head = ByteBuffer.allocate(12 + 4 * labels.length);
            head.putInt(shape.channels()).putInt(shape.height()).putInt(shape.width());
            head.asIntBuffer().put(labels);
            sha.update(head.array());
            sha.update(pixels);
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return name + " (" + size() + " images of " + shape + ", " + classCount() + " classes)";
    }
}
