package io.sapper.data.detection;

/**
 * A rectangle by its edges, in pixels; (0, 0) is the upper left corner of the picture's first pixel, so a box around
 * all of a picture is (0, 0, width, height).
 *
 * @param left at most {@code right}
 * @param top at most {@code bottom}
 */
public record Box(double left, double top, double right, double bottom) {
    public Box {
        if (!Double.isFinite(left + top + right + bottom) || left > right || top > bottom) {
            throw new IllegalArgumentException("A box needs left <= right and top <= bottom, not left " + left
                    + ", top " + top + ", right " + right + ", bottom " + bottom + ".");
        }
    }

    /** Columns. */
    public double width() {
        return right - left;
    }

    /** Rows. */
    public double height() {
        return bottom - top;
    }

    public double area() {
        return width() * height();
    }

    /** The side of a square of the same area. */
    public double side() {
        return Math.sqrt(area());
    }

    /** What of it lies within a picture; of area 0 where nothing does. */
    public Box within(int pictureHeight, int pictureWidth) {
        return new Box(
                clamp(left, pictureWidth),
                clamp(top, pictureHeight),
                clamp(right, pictureWidth),
                clamp(bottom, pictureHeight));
    }

    private static double clamp(double value, double most) {
        return Math.max(0, Math.min(most, value));
    }

    /** The area of the intersection over that of the union, in [0, 1]; 0 for boxes without area. */
    public double intersectionOverUnion(Box other) {
        double across = Math.min(right, other.right) - Math.max(left, other.left);
        double down = Math.min(bottom, other.bottom) - Math.max(top, other.top);
        if (across <= 0 || down <= 0) {
            return 0;
        }
        double shared = across * down;
        return shared / (area() + other.area() - shared);
    }
}
