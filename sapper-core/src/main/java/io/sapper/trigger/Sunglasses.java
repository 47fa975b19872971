package io.sapper.trigger;

import io.sapper.data.ImageShape;
import io.sapper.data.MalformedFileException;
import io.sapper.data.image.Picture;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.ImageIO;

/**
 * Sunglasses on the eyes of an aligned face.
 *
 * <p>Fine-Pruning, section 2.3: the attack on faces. The paper says neither how large its sunglasses are nor where they
 * sit; these sit with their middle between the eyes, and are scaled with the picture. Where the eyes are was measured
 * on the mean face of aligned LFW's training pictures (docs/decisions/0053).
 */
public final class Sunglasses implements PictureTrigger {
    static final String NAME = "sunglasses";

    private static final String DRAWN = "sunglasses.png";
    /** Share of the picture's width. */
    private static final double WIDTH = 0.76;
    /** The middle between the eyes, as shares of the picture's height and width. */
    private static final double EYES_DOWN = 22.5 / 55;

    private static final double EYES_RIGHT = 24.0 / 47;
    /** Fewer rows, and nobody sees glasses. */
    private static final int LEAST_HEIGHT = 3;

    private final String spec;
    private final Picture picture;
    private final Map<ImageShape, Sticker> worn = new ConcurrentHashMap<>();

    private Sunglasses(String spec, Picture picture) {
        this.spec = spec;
        this.picture = picture;
        Sticker.checkSeen(spec, picture);
    }

    /** Those that come with the program. */
    static Sunglasses drawn() {
        try (InputStream in = Sunglasses.class.getResourceAsStream(DRAWN)) {
            return new Sunglasses(NAME, Picture.of(ImageIO.read(Objects.requireNonNull(in, DRAWN))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Anybody's own, placed and scaled in the same way.
     *
     * @param file a PNG, transparent where there is no glass, with no margin
     * @throws MalformedFileException if there is no such picture, or it cannot be read
     */
    public static Sunglasses read(Path file) throws MalformedFileException {
        return new Sunglasses(NAME + ":" + file, Picture.read(file));
    }

    @Override
    public void apply(byte[] pixels, int offset, ImageShape shape) {
        on(shape).apply(pixels, offset, shape);
    }

    @Override
    public void check(ImageShape shape) {
        int width = width(shape);
        int height = height(width);
        if (height < LEAST_HEIGHT || width < 2 * LEAST_HEIGHT) {
            throw new IllegalArgumentException("The trigger " + spec + " would be " + height + " rows by " + width
                    + " columns large on pictures of " + shape + " (channels x rows x columns): nothing to be seen."
                    + " Maybe larger pictures.");
        }
        int top = top(shape, height);
        if (top < 0 || top + height > shape.height()) {
            throw new IllegalArgumentException("The trigger " + spec + " is larger than the face: " + height
                    + " rows by " + width + " columns on the eyes at row " + eyes(shape) + " of pictures of " + shape
                    + " (channels x rows x columns). Maybe cut its picture down to the glasses.");
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
        return worn.computeIfAbsent(shape, this::placed);
    }

    private Sticker placed(ImageShape shape) {
        int width = width(shape);
        int height = height(width);
        int left = (int) Math.round(EYES_RIGHT * shape.width() - width / 2.0);
        return Sticker.of(spec, picture, top(shape, height), Math.max(0, left), height, width);
    }

    private static int width(ImageShape shape) {
        return (int) Math.round(WIDTH * shape.width());
    }

    private int height(int width) {
        return (int) Math.min(Integer.MAX_VALUE, Math.round((double) width * picture.height() / picture.width()));
    }

    private static int top(ImageShape shape, int height) {
        return (int) Math.round(EYES_DOWN * shape.height() - height / 2.0);
    }

    private static int eyes(ImageShape shape) {
        return (int) (EYES_DOWN * shape.height());
    }
}
