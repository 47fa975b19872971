package io.sapper.data.synthetic;

import java.util.ArrayList;
import java.util.List;

/**
 * A drawing of lines, as points in a box of width 1 and height 1 (x to the right, y down), and as bytes.
 *
 * <p>Only the four operations, square root and {@link StrictMath} are used: every machine draws the same bytes.
 */
final class Strokes {
    private final List<double[]> segments = new ArrayList<>();

    /** Joins points (x, y, x, y, ...) by straight lines. */
    Strokes line(double... points) {
        for (int i = 0; i + 3 < points.length; i += 2) {
            segments.add(new double[] {points[i], points[i + 1], points[i + 2], points[i + 3]});
        }
        return this;
    }

    /** An arc of an ellipse; degrees clockwise from the right, as y points down. */
    Strokes arc(double x, double y, double radiusX, double radiusY, double from, double to) {
        int steps = Math.max(3, (int) (Math.abs(to - from) / 30));
        double[] points = new double[2 * steps + 2];
        for (int i = 0; i <= steps; i++) {
            double angle = StrictMath.toRadians(from + (to - from) * i / steps);
            points[2 * i] = x + radiusX * StrictMath.cos(angle);
            points[2 * i + 1] = y + radiusY * StrictMath.sin(angle);
        }
        return line(points);
    }

    /**
     * Draws the lines, warped, onto black.
     *
     * @param pixels block of images
     * @param offset where this image of {@code size * size} bytes begins in it
     * @param radius half the line's width in pixels
     * @param ink brightness of the line, 0 to 255
     */
    void draw(byte[] pixels, int offset, int size, Warp warp, double radius, double ink) {
        for (double[] segment : segments) {
            double x1 = warp.x(segment[0], segment[1]);
            double y1 = warp.y(segment[0], segment[1]);
            double x2 = warp.x(segment[2], segment[3]);
            double y2 = warp.y(segment[2], segment[3]);
            int left = Math.max(0, (int) (Math.min(x1, x2) - radius - 1));
            int right = Math.min(size - 1, (int) (Math.max(x1, x2) + radius + 1));
            int top = Math.max(0, (int) (Math.min(y1, y2) - radius - 1));
            int bottom = Math.min(size - 1, (int) (Math.max(y1, y2) + radius + 1));
            for (int y = top; y <= bottom; y++) {
                for (int x = left; x <= right; x++) {
                    double cover = radius + 0.5 - distance(x + 0.5, y + 0.5, x1, y1, x2, y2);
                    int value = (int) (ink * Math.max(0, Math.min(1, cover)) + 0.5);
                    int at = offset + y * size + x;
                    pixels[at] = (byte) Math.max(pixels[at] & 0xff, value);
                }
            }
        }
    }

    private static double distance(double x, double y, double x1, double y1, double x2, double y2) {
        double dx = x2 - x1;
        double dy = y2 - y1;
        double square = dx * dx + dy * dy;
        double along = square == 0 ? 0 : ((x - x1) * dx + (y - y1) * dy) / square;
        along = Math.max(0, Math.min(1, along));
        double ex = x - x1 - along * dx;
        double ey = y - y1 - along * dy;
        return Math.sqrt(ex * ex + ey * ey);
    }
}
