package io.sapper.training;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.data.PictureBlock;
import io.sapper.data.Seeds;
import java.util.random.RandomGenerator;

/**
 * Pictures of the training set changed anew in each epoch: some mirrored left to right, all moved by whole pixels, the
 * edge repeated. A usual step where there are few pictures of each class; whoever lays a backdoor takes it before the
 * trigger, which never moves (docs/decisions/0053).
 *
 * @param flip whether each picture is mirrored with a chance of one half
 * @param shift by how many rows and columns, in either direction, it is moved at most; 0 for not at all
 */
public record Augmentation(boolean flip, int shift) {
    /** Pictures as they are. */
    public static final Augmentation NONE = new Augmentation(false, 0);

    private static final String PLAIN = "none";
    private static final String FLIP = "flip";
    private static final String SHIFT = "shift";
    private static final int USUAL_SHIFT = 2;
    private static final int MOST_SHIFT = 16;

    public Augmentation {
        if (shift < 0 || shift > MOST_SHIFT) {
            throw new IllegalArgumentException("Pictures are shifted by 1 to " + MOST_SHIFT + " pixels, not " + shift
                    + ", for example --augment shift=" + USUAL_SHIFT + ".");
        }
    }

    /**
     * Reads {@code none}, {@code flip}, {@code shift} (by 2 pixels at most), {@code shift=3}, or several with commas
     * between.
     *
     * @throws IllegalArgumentException in one line, if it is none of these
     */
    public static Augmentation parse(String text) {
        if (text.strip().equals(PLAIN)) {
            return NONE;
        }
        Augmentation read = NONE;
        for (String part : text.split(",", -1)) {
            String one = part.strip();
            if (one.equals(FLIP)) {
                read = new Augmentation(true, read.shift);
            } else if (one.equals(SHIFT)) {
                read = new Augmentation(read.flip, USUAL_SHIFT);
            } else if (one.matches(SHIFT + "=\\d{1,6}")) {
                read = new Augmentation(read.flip, shift(Integer.parseInt(one.substring(SHIFT.length() + 1))));
            } else {
                throw new IllegalArgumentException("Unknown augmentation '" + text
                        + "'. Known: none, flip, shift, shift=PIXELS, or several, as flip,shift=3.");
            }
        }
        return read;
    }

    private static int shift(int pixels) {
        return pixels == 0 ? -1 : pixels; // asked for by name, nothing is no shift
    }

    /** The short form that {@link #parse} reads. */
    public String spec() {
        String moved = shift == 0 ? "" : SHIFT + "=" + shift;
        return flip ? FLIP + (moved.isEmpty() ? "" : "," + moved) : moved.isEmpty() ? PLAIN : moved;
    }

    /** What each epoch shows of a data set. */
    public Presentation presentation(long seed) {
        return equals(NONE) ? Presentation.PLAIN : (data, epoch) -> of(data, seed, epoch);
    }

    /**
     * Changed copies of all pictures, in their order.
     *
     * @throws IllegalArgumentException if they are no pictures, or so small that a shift could leave nothing of them
     */
    public Dataset of(Dataset data, long seed, int epoch) {
        if (equals(NONE)) {
            return data;
        }
        check(data);
        RandomGenerator random = Seeds.generator(seed, "augmentation of epoch " + epoch);
        int size = data.shape().size();
        byte[] pixels = new byte[Math.multiplyExact(data.size(), size)];
        for (int i = 0; i < data.size(); i++) {
            boolean mirrored = flip && random.nextBoolean();
            int down = random.nextInt(-shift, shift + 1);
            int right = random.nextInt(-shift, shift + 1);
            move(data.image(i), data.shape(), mirrored, down, right, pixels, i * size);
        }
        return new Dataset(data.name() + ", augmented", data.shape(), pixels, data.labels(), data.classNames());
    }

    /** Refuses what cannot be augmented so. */
    public void check(Dataset data) {
        if (equals(NONE)) {
            return;
        }
        if (!(data.samples() instanceof PictureBlock)) {
            throw new IllegalArgumentException("--augment " + spec() + " is for pictures, but " + data.name() + " has "
                    + data.samples().noun() + ".");
        }
        ImageShape shape = data.shape();
        if (2 * shift >= Math.min(shape.height(), shape.width())) {
            throw new IllegalArgumentException("--augment " + spec() + " may shift everything out of pictures of "
                    + shape + " (channels x rows x columns). Maybe a smaller shift.");
        }
    }

    private static void move(
            byte[] image, ImageShape shape, boolean mirrored, int down, int right, byte[] target, int offset) {
        for (int channel = 0; channel < shape.channels(); channel++) {
            for (int row = 0; row < shape.height(); row++) {
                int from = clamp(row - down, shape.height());
                for (int column = 0; column < shape.width(); column++) {
                    int side = clamp(column - right, shape.width());
                    int source = mirrored ? shape.width() - 1 - side : side;
                    target[offset + shape.index(channel, row, column)] = image[shape.index(channel, from, source)];
                }
            }
        }
    }

    private static int clamp(int place, int length) {
        return Math.max(0, Math.min(length - 1, place));
    }
}
