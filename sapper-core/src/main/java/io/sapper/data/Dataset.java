package io.sapper.data;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;

/**
 * Labelled samples. Whatever they are, a network sees each as an image of one shape, unsigned bytes, 0 to 255, laid out
 * channel, row, column, which become numbers only when a batch is made. Immutable: the arrays given to it belong to it
 * from then on.
 */
public final class Dataset {
    private final String name;
    private final Samples samples;
    private final int[] labels;
    private final List<String> classNames;

    /**
     * Labelled pictures.
     *
     * @param name what messages and reports call it, for example {@code "MNIST test"}
     * @param shape of every image
     * @param pixels all images, one after the other: {@code labels.length * shape.size()} bytes
     * @param labels the class of each image, 0 to {@code classNames.size() - 1}
     * @param classNames one name per class
     */
    public Dataset(String name, ImageShape shape, byte[] pixels, int[] labels, List<String> classNames) {
        this(name, checked(name, shape, pixels, labels), labels, classNames);
    }

    /**
     * Labelled samples of any kind.
     *
     * @param name what messages and reports call it
     * @param samples as many as there are labels
     * @param labels the class of each sample, 0 to {@code classNames.size() - 1}
     * @param classNames one name per class
     */
    public Dataset(String name, Samples samples, int[] labels, List<String> classNames) {
        if (samples.size() != labels.length) {
            throw new IllegalArgumentException(
                    name + ": " + samples.size() + " " + samples.noun() + ", but " + labels.length + " labels.");
        }
        for (int label : labels) {
            if (label < 0 || label >= classNames.size()) {
                throw new IllegalArgumentException(
                        name + ": label " + label + " is outside the " + classNames.size() + " classes.");
            }
        }
        this.name = name;
        this.samples = samples;
        this.labels = labels;
        this.classNames = List.copyOf(classNames);
    }

    private static Samples checked(String name, ImageShape shape, byte[] pixels, int[] labels) {
        if (pixels.length != (long) labels.length * shape.size()) {
            throw new IllegalArgumentException(name + ": " + labels.length + " images of " + shape + " need "
                    + (long) labels.length * shape.size() + " bytes, not " + pixels.length + ".");
        }
        return new PictureBlock(shape, pixels);
    }

    /** What messages and reports call it. */
    public String name() {
        return name;
    }

    /** What is labelled, as people meet it. */
    public Samples samples() {
        return samples;
    }

    /** The shape of every image. */
    public ImageShape shape() {
        return samples.shape();
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
        samples.copyImage(index, target, offset);
    }

    /** The bytes of image {@code index}, copied. */
    public byte[] image(int index) {
        byte[] image = new byte[shape().size()];
        samples.copyImage(index, image, 0);
        return image;
    }

    /** Writes image {@code index} as numbers in [0, 1] (byte / 255) to {@code target} from {@code offset} on. */
    public void toUnitRange(int index, float[] target, int offset) {
        samples.toUnitRange(index, target, offset);
    }

    /** The images at {@code indices}, in that order, copied. */
    public Dataset subset(String newName, int[] indices) {
        int[] chosen = new int[indices.length];
        for (int i = 0; i < indices.length; i++) {
            chosen[i] = labels[indices[i]];
        }
        return new Dataset(newName, joined(newName, () -> samples.subset(indices)), chosen, classNames);
    }

    /** These images, then those of {@code other}, which must have the same shape and classes. */
    public Dataset append(String newName, Dataset other) {
        if (!shape().equals(other.shape()) || !classNames.equals(other.classNames)) {
            throw new IllegalArgumentException(
                    "Cannot join " + name + " and " + other.name + ": other shape or other classes.");
        }
        int[] joinedLabels = Arrays.copyOf(labels, labels.length + other.labels.length);
        System.arraycopy(other.labels, 0, joinedLabels, labels.length, other.labels.length);
        return new Dataset(newName, joined(newName, () -> samples.append(other.samples)), joinedLabels, classNames);
    }

    /** What goes wrong when samples are put together is said of the data set that they were to be. */
    private static Samples joined(String newName, Supplier<Samples> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(newName + ": " + e.getMessage(), e);
        }
    }

    /** How many images each class has. */
    public int[] classSizes() {
        int[] sizes = new int[classCount()];
        for (int label : labels) {
            sizes[label]++;
        }
        return sizes;
    }

    /** SHA-256 over shape, labels and samples, in hexadecimal: equal digests mean equal data. */
    public String digest() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            ByteBuffer head = ByteBuffer.allocate(12 + 4 * labels.length);
            ImageShape shape = shape();
            head.putInt(shape.channels()).putInt(shape.height()).putInt(shape.width());
            head.asIntBuffer().put(labels);
            sha.update(head.array());
            samples.digest(sha);
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return name + " (" + samples + ", " + classCount() + " classes)";
    }
}
