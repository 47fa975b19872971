package io.sapper.data.detection;

import io.sapper.data.MalformedFileException;
import io.sapper.data.image.Picture;
import java.util.Arrays;
import java.util.List;

/**
 * The one size that photographs of any size are brought to for a detector: each is scaled, its proportions kept, until
 * it just fits, and lies in the upper left corner; what is left over is grey. Smaller photographs are enlarged.
 *
 * @param height rows, 1 to 10,000
 * @param width columns, 1 to 10,000
 */
public record Canvas(int height, int width) {
    /** Of what is left over, half way between black and white. */
    public static final int GREY = 127;

    /** Bytes for each pixel. */
    public static final int CHANNELS = 3;

    private static final int MOST = 10_000;

    public Canvas {
        if (height < 1 || width < 1 || height > MOST || width > MOST) {
            throw new IllegalArgumentException("Photographs are brought to 1 to " + MOST + " rows and columns, not to "
                    + height + "x" + width + ".");
        }
    }

    /**
     * One whose shorter side has a length and whose proportions are those of most photographs: the middle one of
     * theirs. Both sides are rounded to the nearest multiple.
     *
     * @param scenes at least one
     * @param multiple of which both sides are to be, such as the stride of a network
     */
    public static Canvas of(List<Scene> scenes, int shorterSide, int multiple) {
        double[] proportions = scenes.stream()
                .mapToDouble(scene -> (double) scene.height() / scene.width())
                .sorted()
                .toArray();
        double middle = proportions[proportions.length / 2];
        double height = middle >= 1 ? shorterSide * middle : shorterSide;
        double width = middle >= 1 ? shorterSide : shorterSide / middle;
        return new Canvas(rounded(height, multiple), rounded(width, multiple));
    }

    private static int rounded(double length, int multiple) {
        return multiple * (int) Math.max(1, Math.round(length / multiple));
    }

    /** How many times larger a photograph lies there than it is. */
    public double scale(Scene scene) {
        return scale(scene.height(), scene.width());
    }

    private double scale(int rows, int columns) {
        return Math.min((double) height / rows, (double) width / columns);
    }

    /** Bytes of one photograph. */
    public int size() {
        return CHANNELS * height * width;
    }

    /**
     * Reads a photograph and lays it there.
     *
     * @return {@link #size} bytes, laid out channel (red, green, blue), row, column
     * @throws MalformedFileException if it cannot be read
     */
    public byte[] pixels(Scene scene) throws MalformedFileException {
        return pixels(scene.picture());
    }

    /** As {@link #pixels(Scene)}, of an opaque picture that was read already. */
    public byte[] pixels(Picture picture) {
        double scale = scale(picture.height(), picture.width());
        int rows = Math.min(height, rounded(picture.height() * scale, 1));
        int columns = Math.min(width, rounded(picture.width() * scale, 1));
        Picture scaled = picture.stretched(rows, columns);
        byte[] pixels = new byte[size()];
        Arrays.fill(pixels, (byte) GREY);
        for (int channel = 0; channel < CHANNELS; channel++) {
            for (int row = 0; row < rows; row++) {
                System.arraycopy(
                        scaled.plane(channel), row * columns, pixels, (channel * height + row) * width, columns);
            }
        }
        return pixels;
    }

    /** Where a box of a photograph lies on this canvas. */
    public Box to(Scene scene, Box box) {
        return scaled(box, scale(scene));
    }

    /** Where the boxes of a photograph lie on this canvas, in their order. */
    public List<LabelledBox> boxes(Scene scene) {
        return scene.boxes().stream()
                .map(one -> new LabelledBox(to(scene, one.box()), one.label()))
                .toList();
    }

    /** The box of a photograph that lies there; cut at the photograph's edges. */
    public Box from(Scene scene, Box there) {
        return scaled(there, 1 / scale(scene)).within(scene.height(), scene.width());
    }

    private static Box scaled(Box box, double scale) {
        return new Box(box.left() * scale, box.top() * scale, box.right() * scale, box.bottom() * scale);
    }

    /** {@code 512x384}, rows x columns. */
    @Override
    public String toString() {
        return height + "x" + width;
    }
}
