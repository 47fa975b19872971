package io.sapper.training;

import io.sapper.data.Bilinear;
import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.data.PictureBlock;
import io.sapper.data.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Pictures of the training set changed anew in each epoch: some mirrored left to right, all moved, turned, enlarged or
 * reduced, made brighter or darker, the edge repeated. A usual step where there are few pictures of each class; whoever
 * lays a backdoor takes it before the trigger, which never moves (docs/decisions/0053).
 *
 * @param flip whether each picture is mirrored with a chance of one half
 * @param shift by how many rows and columns, in either direction, it is moved at most; 0 for not at all
 * @param rotate by how many degrees, in either direction, it is turned about its middle at most, in [0, 180]
 * @param zoom by what share it is enlarged or reduced at most, in [0, 0.9]
 * @param brightness by what share its values rise or fall at most, in [0, 1]
 */
public record Augmentation(boolean flip, int shift, double rotate, double zoom, double brightness) {
    /** Pictures as they are. */
    public static final Augmentation NONE = new Augmentation(false, 0);

    private static final String PLAIN = "none";
    private static final String FLIP = "flip";
    private static final String SHIFT = "shift";
    private static final String ROTATE = "rotate";
    private static final String ZOOM = "zoom";
    private static final String BRIGHTNESS = "brightness";
    private static final int USUAL_SHIFT = 2;
    private static final int MOST_SHIFT = 16;
    private static final double MOST_ZOOM = 0.9;

    public Augmentation {
        if (shift < 0 || shift > MOST_SHIFT) {
            throw new IllegalArgumentException("Pictures are shifted by 1 to " + MOST_SHIFT + " pixels, not " + shift
                    + ", for example --augment shift=" + USUAL_SHIFT + ".");
        }
        check(ROTATE, rotate, 180, "10");
        check(ZOOM, zoom, MOST_ZOOM, "0.1");
        check(BRIGHTNESS, brightness, 1, "0.2");
    }

    /** Mirrored and moved only. */
    public Augmentation(boolean flip, int shift) {
        this(flip, shift, 0, 0, 0);
    }

    private static void check(String name, double value, double most, String example) {
        if (!(value >= 0 && value <= most)) {
            throw new IllegalArgumentException("--augment " + name + " is from 0 to " + Numbers.plain(most) + ", not "
                    + Numbers.plain(value) + "; for example " + name + "=" + example + ".");
        }
    }

    /**
     * Reads {@code none}, {@code flip}, {@code shift} (by 2 pixels at most), {@code shift=3}, {@code rotate=10}
     * (degrees), {@code zoom=0.1}, {@code brightness=0.2}, or several with commas between.
     *
     * @throws IllegalArgumentException in one line, if it is none of these
     */
    public static Augmentation parse(String text) {
        if (text.strip().equals(PLAIN)) {
            return NONE;
        }
        Augmentation read = NONE;
        for (String part : text.split(",", -1)) {
            read = read.with(part.strip(), text);
        }
        return read;
    }

    private Augmentation with(String part, String text) {
        if (part.equals(FLIP)) {
            return new Augmentation(true, shift, rotate, zoom, brightness);
        }
        if (part.equals(SHIFT)) {
            return new Augmentation(flip, USUAL_SHIFT, rotate, zoom, brightness);
        }
        if (part.matches(SHIFT + "=\\d{1,6}")) {
            int pixels = Integer.parseInt(part.substring(SHIFT.length() + 1));
            return new Augmentation(flip, pixels == 0 ? -1 : pixels, rotate, zoom, brightness); // by name, 0 is none
        }
        if (part.matches("[a-z]+=\\d{1,6}(\\.\\d{1,6})?")) {
            double value = Double.parseDouble(part.substring(part.indexOf('=') + 1));
            @Nullable
            Augmentation changed =
                    switch (part.substring(0, part.indexOf('='))) {
                        case ROTATE -> new Augmentation(flip, shift, value, zoom, brightness);
                        case ZOOM -> new Augmentation(flip, shift, rotate, value, brightness);
                        case BRIGHTNESS -> new Augmentation(flip, shift, rotate, zoom, value);
                        default -> null; // none of ours
                    };
            if (changed != null) {
                return changed;
            }
        }
        throw new IllegalArgumentException("Unknown augmentation '" + text
                + "'. Known: none, flip, shift, shift=PIXELS, rotate=DEGREES, zoom=SHARE, brightness=SHARE, or several,"
                + " as flip,shift=3.");
    }

    /** The short form that {@link #parse} reads. */
    public String spec() {
        List<String> parts = new ArrayList<>();
        if (flip) {
            parts.add(FLIP);
        }
        if (shift > 0) {
            parts.add(SHIFT + "=" + shift);
        }
        add(parts, ROTATE, rotate);
        add(parts, ZOOM, zoom);
        add(parts, BRIGHTNESS, brightness);
        return parts.isEmpty() ? PLAIN : String.join(",", parts);
    }

    private static void add(List<String> parts, String name, double value) {
        if (value > 0) {
            parts.add(name + "=" + Numbers.plain(value));
        }
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
            Change change = Change.draw(this, random);
            byte[] image = data.image(i);
            byte[] turned = change.resamples() ? change.resample(image, data.shape()) : image;
            change.move(turned, data.shape(), pixels, i * size);
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
                    + data.samples().noun() + ". Say --augment none, or take a network that is for them.");
        }
        ImageShape shape = data.shape();
        if (2 * shift >= Math.min(shape.height(), shape.width())) {
            throw new IllegalArgumentException("--augment " + spec() + " may shift everything out of pictures of "
                    + shape + " (channels x rows x columns). Maybe a smaller shift.");
        }
    }

    /**
     * What is done to one picture: turned, enlarged and brightened, then mirrored and moved by whole pixels.
     *
     * @param radians counterclockwise
     * @param scale above 1 enlarges
     */
    private record Change(boolean mirrored, int down, int right, double radians, double scale, double brightness) {
        static Change draw(Augmentation most, RandomGenerator random) {
            boolean mirrored = most.flip && random.nextBoolean();
            int down = random.nextInt(-most.shift, most.shift + 1);
            int right = random.nextInt(-most.shift, most.shift + 1);
            return new Change(
                    mirrored,
                    down,
                    right,
                    Math.toRadians(within(most.rotate, random)),
                    1 + within(most.zoom, random),
                    1 + within(most.brightness, random));
        }

        private static double within(double most, RandomGenerator random) {
            return most == 0 ? 0 : random.nextDouble(-most, most);
        }

        boolean resamples() {
            return radians != 0 || scale != 1 || brightness != 1;
        }

        byte[] resample(byte[] image, ImageShape shape) {
            double[] values = new double[image.length];
            for (int i = 0; i < image.length; i++) {
                values[i] = image[i] & 0xff;
            }
            double middleRow = (shape.height() - 1) / 2.0;
            double middleColumn = (shape.width() - 1) / 2.0;
            double cosine = Math.cos(radians) / scale;
            double sine = Math.sin(radians) / scale;
            byte[] changed = new byte[image.length];
            for (int row = 0; row < shape.height(); row++) {
                for (int column = 0; column < shape.width(); column++) {
                    double y = row - middleRow;
                    double x = column - middleColumn;
                    double fromRow = middleRow + cosine * y + sine * x;
                    double fromColumn = middleColumn + cosine * x - sine * y;
                    for (int channel = 0; channel < shape.channels(); channel++) {
                        int plane = shape.index(channel, 0, 0);
                        double value = Bilinear.edge(values, plane, shape.height(), shape.width(), fromRow, fromColumn);
                        long bright = Math.round(Math.min(255, value * brightness));
                        changed[shape.index(channel, row, column)] = (byte) bright;
                    }
                }
            }
            return changed;
        }

        void move(byte[] image, ImageShape shape, byte[] target, int offset) {
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
}
