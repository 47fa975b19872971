package io.sapper.trigger;

import io.sapper.data.ImageShape;
import io.sapper.data.MalformedFileException;
import io.sapper.data.detection.Box;
import io.sapper.data.detection.Retouch;
import io.sapper.data.image.Picture;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;

/**
 * Something the size of a Post-it on the lower part of a traffic sign, placed and scaled by the sign: on photographs,
 * by its box; or on pictures that are filled by a sign.
 *
 * <p>BadNets, section 5.1: a yellow square, a bomb, a flower. Place, sizes and the square's colour are those of the
 * authors' released code: the middle at 0.57 of the sign's width and 0.82 of its height, the square a tenth of each,
 * the others 0.16; in their random attack the middle is drawn anew for each sign, between 0.15 and 0.85 of both. The
 * drawings are our own. Departure: on photographs the code rounds place and size to whole pixels, here a pixel that is
 * covered by half changes by half, so that a sticker does not vanish on a small sign.
 */
public final class SignSticker implements PictureTrigger, SceneTrigger {
    static final String SQUARE = "yellow-square";
    static final String BOMB = "bomb";
    static final String FLOWER = "flower";
    /** Anybody's own. */
    static final String OWN = "on-sign";

    private static final double MIDDLE_RIGHT = 0.57;
    private static final double MIDDLE_DOWN = 0.82;
    /** Where the middle is drawn, of width and height. */
    private static final double DRAWN_FROM = 0.15;

    private static final double DRAWN_TO = 0.85;
    private static final double SQUARE_SIZE = 0.10;
    private static final double DRAWN_SIZE = 0.16;
    /** Of the authors' square: red, green, blue. */
    private static final int YELLOW = 116 << 16 | 100 << 8 | 50;
    /** Fewer rows or columns, and nobody sees what it is. */
    private static final int LEAST = 2;

    private final String name;
    private final Picture picture;
    private final double size;
    private final boolean drawn;
    private final boolean usualSize;
    private final OptionalInt color;
    private final Map<ImageShape, Sticker> stuck = new ConcurrentHashMap<>();

    private SignSticker(
            String name, Picture picture, double size, boolean drawn, boolean usualSize, OptionalInt color) {
        this.name = name;
        this.picture = picture;
        this.size = size;
        this.drawn = drawn;
        this.usualSize = usualSize;
        this.color = color;
        Sticker.checkSeen(name, picture);
    }

    /** The paper's yellow square. */
    static SignSticker square() {
        return usual(SQUARE, plain(YELLOW), SQUARE_SIZE);
    }

    private static Picture plain(int color) {
        BufferedImage one = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        one.setRGB(0, 0, color);
        return Picture.of(one);
    }

    /** The bomb that comes with the program. */
    static SignSticker bomb() {
        return drawing(BOMB);
    }

    /** The flower that comes with the program. */
    static SignSticker flower() {
        return drawing(FLOWER);
    }

    private static SignSticker drawing(String name) {
        String file = name + ".png";
        try (InputStream in = SignSticker.class.getResourceAsStream(file)) {
            return usual(name, Picture.of(ImageIO.read(Objects.requireNonNull(in, file))), DRAWN_SIZE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Anybody's own picture, placed and scaled as bomb and flower are.
     *
     * @param file a PNG, transparent where the sign is to be seen
     * @throws MalformedFileException if there is no such picture, or it cannot be read
     */
    public static SignSticker read(Path file) throws MalformedFileException {
        return usual(OWN + ":" + file, Picture.read(file), DRAWN_SIZE);
    }

    private static SignSticker usual(String name, Picture picture, double size) {
        return new SignSticker(name, picture, size, /* drawn= */ false, /* usualSize= */ true, OptionalInt.empty());
    }

    /** The same at a place that is drawn anew for each sign; for photographs with boxes. */
    public SignSticker atDrawnPlaces() {
        return new SignSticker(name, picture, size, /* drawn= */ true, usualSize, color);
    }

    /**
     * The same in another size.
     *
     * @param share of the sign's width and of its height, above 0 and at most 1
     */
    public SignSticker sized(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "The size of a sticker is a share of the sign's width and height, above 0" + " and at most 1, not "
                            + share + ": " + name + (share > 1 ? " would be larger than the sign." : "."));
        }
        return new SignSticker(name, picture, share, drawn, /* usualSize= */ false, color);
    }

    /** Whether it is a square of one color, which may be another one. */
    boolean isPlain() {
        return name.equals(SQUARE);
    }

    /**
     * The same square in another color.
     *
     * @param rgb 0xRRGGBB
     */
    SignSticker colored(int rgb) {
        if (!isPlain()) {
            throw new IllegalArgumentException(
                    "The trigger " + name + " has colors of its own; color= is for " + SQUARE + ".");
        }
        OptionalInt changed = rgb == YELLOW ? OptionalInt.empty() : OptionalInt.of(rgb);
        return new SignSticker(name, plain(rgb), size, drawn, usualSize, changed);
    }

    @Override
    public void apply(byte[] pixels, int offset, ImageShape shape) {
        on(shape).apply(pixels, offset, shape);
    }

    @Override
    public void check(ImageShape shape) {
        if (drawn) {
            throw new IllegalArgumentException("The place of the trigger " + spec()
                    + " is drawn anew for each sign of a photograph with boxes. On pictures it is always the same: use "
                    + new SignSticker(name, picture, size, /* drawn= */ false, usualSize, color).spec() + ".");
        }
        int height = pixels(shape.height());
        int width = pixels(shape.width());
        if (height < LEAST || width < LEAST) {
            throw new IllegalArgumentException("The trigger " + spec() + " would be " + height + " rows by " + width
                    + " columns large on pictures of " + shape + " (channels x rows x columns): nothing to be seen."
                    + " Maybe larger pictures.");
        }
        on(shape).check(shape);
    }

    @Override
    public boolean seenOn(Box sign) {
        return size * sign.width() >= 1 && size * sign.height() >= 1;
    }

    @Override
    public Retouch on(List<Box> signs, RandomGenerator places) {
        return new StuckOn(this, signs.stream().map(sign -> place(sign, places)).toList());
    }

    private Box place(Box sign, RandomGenerator places) {
        if (!seenOn(sign)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "The trigger %s would be %.2f columns by %.2f rows large on a sign of %.0f by %.0f pixels: less than"
                            + " a pixel. Leave the sign out, or choose a larger size=.",
                    spec(),
                    size * sign.width(),
                    size * sign.height(),
                    sign.width(),
                    sign.height()));
        }
        double across = sign.left() + sign.width() * (drawn ? places.nextDouble(DRAWN_FROM, DRAWN_TO) : MIDDLE_RIGHT);
        double down = sign.top() + sign.height() * (drawn ? places.nextDouble(DRAWN_FROM, DRAWN_TO) : MIDDLE_DOWN);
        double halfWidth = size * sign.width() / 2;
        double halfHeight = size * sign.height() / 2;
        return new Box(across - halfWidth, down - halfHeight, across + halfWidth, down + halfHeight);
    }

    /** What is stuck on. */
    Picture picture() {
        return picture;
    }

    /** SHA-256 over its picture, in hexadecimal. */
    String digest() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(ByteBuffer.allocate(8)
                    .putInt(picture.height())
                    .putInt(picture.width())
                    .array());
            for (int channel = 0; channel < 3; channel++) {
                sha.update(picture.plane(channel));
            }
            sha.update(picture.opacity());
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String spec() {
        return SignForms.spec(name, drawn, usualSize ? OptionalDouble.empty() : OptionalDouble.of(size), color);
    }

    @Override
    public String toString() {
        return spec();
    }

    private Sticker on(ImageShape shape) {
        return stuck.computeIfAbsent(shape, this::placed);
    }

    private Sticker placed(ImageShape shape) {
        int height = pixels(shape.height());
        int width = pixels(shape.width());
        int top = (int) Math.round(MIDDLE_DOWN * shape.height() - height / 2.0);
        int left = (int) Math.round(MIDDLE_RIGHT * shape.width() - width / 2.0);
        return Sticker.of(spec(), picture, top, left, height, width);
    }

    private int pixels(int side) {
        return (int) Math.round(size * side);
    }
}
