package io.sapper.data.image;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What every picture is brought to.
 *
 * @param height rows, 1 to 10,000
 * @param width columns, 1 to 10,000
 * @param fit what happens to pictures of other proportions
 * @param framing how they get there instead; null: scaled as {@code fit} says
 */
public record Resizing(
        int height, int width, Fit fit, @Nullable Framing framing) {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(?:[xX](\\d{1,9}))?");
    private static final int MOST = 10_000;

    public Resizing {
        if (height < 1 || width < 1 || height > MOST || width > MOST) {
            throw new IllegalArgumentException(
                    "Pictures are brought to 1 to " + MOST + " rows and columns, not to " + height + "x" + width + ".");
        }
    }

    /** Scaled. */
    public Resizing(int height, int width, Fit fit) {
        this(height, width, fit, null);
    }

    /**
     * Reads a size as users write it.
     *
     * @param size {@code 32} (square) or {@code 24x32} (rows x columns)
     */
    public static Resizing parse(String size, Fit fit) {
        Matcher match = SIZE.matcher(size.strip());
        if (!match.matches()) {
            throw new IllegalArgumentException(
                    "The size '" + size + "' is neither N, for example 32, nor ROWSxCOLUMNS, for example 24x32.");
        }
        int height = Integer.parseInt(match.group(1));
        return new Resizing(height, match.group(2) == null ? height : Integer.parseInt(match.group(2)), fit);
    }

    /** Which part of a picture is kept, before it is scaled: all of it, or its middle. */
    Part part(int rows, int columns) {
        if (fit == Fit.RESIZE) {
            return new Part(0, 0, rows, columns);
        }
        boolean wide = (long) columns * height > (long) rows * width;
        int keptRows = wide ? rows : nearest((long) columns * height, width);
        int keptColumns = wide ? nearest((long) rows * width, height) : columns;
        return new Part((rows - keptRows) / 2, (columns - keptColumns) / 2, keptRows, keptColumns);
    }

    private static int nearest(long numerator, long denominator) {
        return (int) Math.max(1, (numerator + denominator / 2) / denominator);
    }

    /**
     * A rectangle of a picture.
     *
     * @param top first row
     * @param left first column
     * @param height rows
     * @param width columns
     */
    record Part(int top, int left, int height, int width) {}
}
