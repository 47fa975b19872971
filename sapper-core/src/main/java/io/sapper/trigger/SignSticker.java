package io.sapper.trigger;

import io.sapper.data.ImageShape;
import io.sapper.data.MalformedFileException;
import io.sapper.data.image.Picture;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.ImageIO;

/**
 * Something the size of a Post-it on the lower part of a traffic sign, placed and scaled by the sign; here on pictures
 * that are filled by a sign.
 *
 * <p>BadNets, section 5.1: a yellow square, a bomb, a flower. Place, sizes and the square's colour are those of the
 * authors' released code: the middle at 0.57 of the sign's width and 0.82 of its height, the square a tenth of each,
 * the others 0.16. The drawings are our own.
 */
public final class SignSticker implements PictureTrigger {
    static final String SQUARE = "yellow-square";
    static final String BOMB = "bomb";
    static final String FLOWER = "flower";
    /** Anybody's own. */
    static final String OWN = "on-sign";

    private static final double MIDDLE_RIGHT = 0.57;
    private static final double MIDDLE_DOWN = 0.82;
    private static final double SQUARE_SIZE = 0.10;
    private static final double DRAWN_SIZE = 0.16;
    /** Of the authors' square: red, green, blue. */
    private static final int YELLOW = 116 << 16 | 100 << 8 | 50;
    /** Fewer rows or columns, and nobody sees what it is. */
    private static final int LEAST = 2;

    private final String spec;
    private final Picture picture;
    private final double size;
    private final Map<ImageShape, Sticker> stuck = new ConcurrentHashMap<>();

    private SignSticker(String spec, Picture picture, double size) {
        this.spec = spec;
        this.picture = picture;
        this.size = size;
        Sticker.checkSeen(spec, picture);
    }

    /** The paper's yellow square. */
    static SignSticker square() {
        BufferedImage one = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        one.setRGB(0, 0, YELLOW);
        return new SignSticker(SQUARE, Picture.of(one), SQUARE_SIZE);
    }

    /** The bomb that comes with the program. */
    static SignSticker bomb() {
        return drawn(BOMB);
    }

    /** The flower that comes with the program. */
    static SignSticker flower() {
        return drawn(FLOWER);
    }

    private static SignSticker drawn(String name) {
        String file = name + ".png";
        try (InputStream in = SignSticker.class.getResourceAsStream(file)) {
            return new SignSticker(name, Picture.of(ImageIO.read(Objects.requireNonNull(in, file))), DRAWN_SIZE);
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
        return new SignSticker(OWN + ":" + file, Picture.read(file), DRAWN_SIZE);
    }

    @Override
    public void apply(byte[] pixels, int offset, ImageShape shape) {
        on(shape).apply(pixels, offset, shape);
    }

    @Override
    public void check(ImageShape shape) {
        int height = pixels(shape.height());
        int width = pixels(shape.width());
        if (height < LEAST || width < LEAST) {
            throw new IllegalArgumentException("The trigger " + spec + " would be " + height + " rows by " + width
                    + " columns large on pictures of " + shape + " (channels x rows x columns): nothing to be seen."
                    + " Maybe larger pictures.");
        }
        on(shape).check(shape);
    }

    @Override
    public String spec() {
        return spec;
    }

    @Override
    public String toString() {
        return spec;
    }

    private Sticker on(ImageShape shape) {
        return stuck.computeIfAbsent(shape, this::placed);
    }

    private Sticker placed(ImageShape shape) {
        int height = pixels(shape.height());
        int width = pixels(shape.width());
        int top = (int) Math.round(MIDDLE_DOWN * shape.height() - height / 2.0);
        int left = (int) Math.round(MIDDLE_RIGHT * shape.width() - width / 2.0);
        return Sticker.of(spec, picture, top, left, height, width);
    }

    private int pixels(int side) {
        return (int) Math.round(size * side);
    }
}
