package io.sapper.data.image;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a network's pictures went through before they were its input, as torchvision's evaluation does it: scaled, then
 * the middle cut out.
 *
 * @param scale what they are scaled to first; null: they stay as found
 * @param crop what is cut out of the middle then; null: all stays
 */
public record Framing(@Nullable Scale scale, @Nullable Extent crop) {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(?:x(\\d{1,9}))?");

    public Framing {
        if (scale == null && crop == null) {
            throw new IllegalArgumentException("A framing scales pictures, or cuts something out, or both.");
        }
    }

    /** Columns and rows. */
    public record Extent(int width, int height) {
        @Override
        public String toString() {
            return width + "x" + height;
        }
    }

    /**
     * A size to scale to.
     *
     * @param to columns and rows; a square for the shorter side
     * @param shorterSide whether the shorter side gets that length and proportions stay; else pictures are stretched
     */
    public record Scale(Extent to, boolean shorterSide) {
        /** What a picture is scaled to; the longer side is rounded down, as torchvision does it. */
        Extent of(int rows, int columns) {
            if (!shorterSide) {
                return to;
            }
            long side = to.width();
            return rows <= columns
                    ? new Extent(within(side * columns / rows), to.width())
                    : new Extent(to.width(), within(side * rows / columns));
        }

        /** A strip of one row becomes wider than can be counted; nobody computes more of it than is cut out. */
        private static int within(long length) {
            return (int) Math.min(Integer.MAX_VALUE, length);
        }
    }

    /**
     * Adds what a setting says.
     *
     * @param before what others said; null where none did
     * @param key {@code resize} or {@code crop}
     * @param value {@code 256}: the shorter side, or a square; or {@code 320x240}: columns x rows
     * @throws IllegalArgumentException in one line, if it is no size
     */
    public static Framing with(@Nullable Framing before, String key, String value) {
        Matcher match = SIZE.matcher(value.strip().toLowerCase(Locale.ROOT));
        if (!match.matches()) {
            throw new IllegalArgumentException("--input has '" + key + "=" + value + "' where a size is expected, for"
                    + " example " + key + "=224 or, columns x rows, " + key + "=320x240.");
        }
        int width = Integer.parseInt(match.group(1));
        boolean one = match.group(2) == null;
        Extent extent = new Extent(width, one ? width : Integer.parseInt(match.group(2)));
        new Resizing(extent.height(), extent.width(), Fit.CROP); // which checks it
        return key.equals("crop")
                ? new Framing(before == null ? null : before.scale, extent)
                : new Framing(new Scale(extent, one), before == null ? null : before.crop);
    }

    /** With the size that all pictures have afterwards. */
    public Resizing resizing() {
        Extent end = crop != null ? crop : Objects.requireNonNull(scale).to();
        return new Resizing(end.height(), end.width(), Fit.CROP, this);
    }

    /** What was done, for reports. */
    String text() {
        String scaled = scale == null
                ? ""
                : scale.shorterSide()
                        ? "scaled to a shorter side of " + scale.to().width()
                        : "scaled to " + scale.to().width() + " columns and "
                                + scale.to().height() + " rows";
        return scaled + (crop == null ? "" : (scaled.isEmpty() ? "" : ", then ") + "the middle cut out");
    }
}
