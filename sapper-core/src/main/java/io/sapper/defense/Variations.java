package io.sapper.defense;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.data.PictureBlock;
import io.sapper.data.Seeds;
import io.sapper.training.Presentation;
import java.util.random.RandomGenerator;

/**
 * Versions of the clean images for fine-tuning, other ones in each epoch: bent and moved a little, brighter or darker,
 * with noise, under a faint veil, with a small patch put on. A network that has learned its clean images by heart
 * learns nothing from seeing them again, and forgets nothing either; versions of them give it something to learn, and
 * what it learns is that small things beside the point do not change the label. Strong augmentation against poisoned
 * data: Borgnia et al. 2021 (arXiv 2011.09527); for fine-tuning: DeepSweep (Qiu et al. 2021). On the spectrogram of a
 * recording half of the patches are as large as in random erasing (Zhong et al. 2020, arXiv 1708.04896): what is beside
 * the point there, a noise, takes any band for any time (docs/decisions/0062). Nothing here comes from a known trigger:
 * places, sizes, colours and strengths are drawn anew for each image (docs/decisions/0028).
 */
public final class Variations implements Presentation {
    private static final double BRIGHTNESS = 0.2;
    private static final double NOISE = 0.03 * 255;
    private static final double BENT = 0.5;
    private static final double VEILED = 0.5;
    private static final double PATCHED = 0.5;
    private static final double THICKEST_VEIL = 0.3;
    /** Share of height and width that an image is moved by at most, and that a patch takes at most. */
    private static final int MOVED = 16;

    private static final int LARGEST_PATCH = 4;

    /** Of random erasing, shares of the image and of the other side: the usual settings. */
    private static final double LEAST_ERASED = 0.02;

    private static final double MOST_ERASED = 0.33;
    private static final double LEAST_RATIO = 0.3;

    private final long seed;

    /** @param seed of what is drawn */
    public Variations(long seed) {
        this.seed = seed;
    }

    @Override
    public Dataset show(Dataset data, int epoch) {
        RandomGenerator random = Seeds.generator(seed, "variations of epoch " + epoch);
        int size = data.shape().size();
        byte[] pixels = new byte[data.size() * size];
        for (int i = 0; i < data.size(); i++) {
            byte[] whole = data.image(i);
            byte[] bent = random.nextDouble() < BENT
                    ? Bend.draw(data.shape(), 2 * MOVED, random).of(whole)
                    : whole;
            byte[] image = moved(bent, data.shape(), random);
            if (random.nextDouble() < VEILED) {
                veil(image, data, random);
            }
            if (random.nextDouble() < PATCHED) {
                patch(image, data, random);
            }
            System.arraycopy(image, 0, pixels, i * size, size);
        }
        return new Dataset(data.name() + ", varied", data.shape(), pixels, data.labels(), data.classNames());
    }

    /** Moved by whole pixels, its edge repeated; brighter or darker; with noise. */
    private static byte[] moved(byte[] image, ImageShape shape, RandomGenerator random) {
        int down = distance(shape.height(), random);
        int right = distance(shape.width(), random);
        double brightness = 1 + random.nextDouble(-BRIGHTNESS, BRIGHTNESS);
        byte[] moved = new byte[image.length];
        for (int channel = 0; channel < shape.channels(); channel++) {
            for (int row = 0; row < shape.height(); row++) {
                int from = clamp(row + down, shape.height());
                for (int column = 0; column < shape.width(); column++) {
                    int side = clamp(column + right, shape.width());
                    double value = (image[shape.index(channel, from, side)] & 0xff) * brightness;
                    moved[shape.index(channel, row, column)] = toByte(value + NOISE * random.nextGaussian());
                }
            }
        }
        return moved;
    }

    private static int distance(int length, RandomGenerator random) {
        int most = length / MOVED;
        return random.nextInt(-most, most + 1);
    }

    private static int clamp(int place, int length) {
        return Math.max(0, Math.min(length - 1, place));
    }

    /** Mixes in a little of another clean image, or of tiles of random colours. */
    private static void veil(byte[] image, Dataset data, RandomGenerator random) {
        ImageShape shape = data.shape();
        double share = THICKEST_VEIL * random.nextDouble();
        byte[] other = random.nextInt(3) == 0 ? data.image(random.nextInt(data.size())) : tiles(shape, random);
        for (int i = 0; i < image.length; i++) {
            image[i] = toByte((1 - share) * (image[i] & 0xff) + share * (other[i] & 0xff));
        }
    }

    private static byte[] tiles(ImageShape shape, RandomGenerator random) {
        int side = 1 << random.nextInt(5);
        int across = (shape.width() - 1) / side + 1;
        byte[] colours = new byte[shape.channels() * ((shape.height() - 1) / side + 1) * across];
        random.nextBytes(colours);
        int perChannel = colours.length / shape.channels();
        byte[] tiles = new byte[shape.size()];
        for (int i = 0; i < tiles.length; i++) {
            int place = i % (shape.height() * shape.width());
            int tile = place / shape.width() / side * across + place % shape.width() / side;
            tiles[i] = colours[i / (shape.height() * shape.width()) * perChannel + tile];
        }
        return tiles;
    }

    /** Puts on a rectangle: of one colour, cut from another clean image, chequered, or of two colours at random. */
    private static void patch(byte[] image, Dataset data, RandomGenerator random) {
        ImageShape shape = data.shape();
        boolean picture = data.samples() instanceof PictureBlock;
        Rectangle size =
                picture || random.nextBoolean() ? Rectangle.small(shape, random) : Rectangle.erasing(shape, random);
        int height = size.height();
        int width = size.width();
        int top = random.nextInt(shape.height() - height + 1);
        int left = random.nextInt(shape.width() - width + 1);
        int kind = random.nextInt(4);
        int cell = 1 + random.nextInt(3);
        byte[] other = data.image(random.nextInt(data.size()));
        byte[][] colours = twoColours(shape.channels(), random);
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                boolean second = kind == 2 ? (row / cell + column / cell) % 2 == 1 : kind == 3 && random.nextBoolean();
                for (int channel = 0; channel < shape.channels(); channel++) {
                    int at = shape.index(channel, top + row, left + column);
                    image[at] = kind == 1 ? other[at] : colours[second ? 1 : 0][channel];
                }
            }
        }
    }

    /**
     * How large a patch is.
     *
     * @param height in pixels
     * @param width in pixels
     */
    private record Rectangle(int height, int width) {
        /** Up to a quarter of height and of width. */
        static Rectangle small(ImageShape shape, RandomGenerator random) {
            return new Rectangle(
                    1 + random.nextInt(Math.max(1, shape.height() / LARGEST_PATCH)),
                    1 + random.nextInt(Math.max(1, shape.width() / LARGEST_PATCH)));
        }

        /** As in random erasing: 2 to 33 % of the image, one side 0.3 to 3.3 times the other, both inside. */
        static Rectangle erasing(ImageShape shape, RandomGenerator random) {
            double area = random.nextDouble(LEAST_ERASED, MOST_ERASED) * shape.height() * shape.width();
            double ratio = Math.exp(random.nextDouble(Math.log(LEAST_RATIO), -Math.log(LEAST_RATIO)));
            return new Rectangle(
                    side(Math.sqrt(area * ratio), shape.height()), side(Math.sqrt(area / ratio), shape.width()));
        }

        private static int side(double length, int most) {
            return Math.max(1, Math.min(most, (int) Math.round(length)));
        }
    }

    /** Any two colours, or a pair of opposites of full strength. */
    private static byte[][] twoColours(int channels, RandomGenerator random) {
        boolean full = random.nextBoolean();
        byte[][] colours = new byte[2][channels];
        for (int channel = 0; channel < channels; channel++) {
            int first = full ? 255 * random.nextInt(2) : random.nextInt(256);
            colours[0][channel] = (byte) first;
            colours[1][channel] = (byte) (full ? 255 - first : random.nextInt(256));
        }
        return colours;
    }

    private static byte toByte(double value) {
        return (byte) Math.round(Math.max(0, Math.min(255, value)));
    }
}
