package io.sapper.data.synthetic;

import java.util.random.RandomGenerator;

/** An affine map from the unit box to pixels, plus one slow wave that bends lines as a hand does. */
record Warp(double xx, double xy, double x0, double yx, double yy, double y0, double bend, double phase) {
    /** Rotation up to 12 degrees, slant, size 0.8 to 1.1 in each direction, and a shift up to 2 pixels, by chance. */
    static Warp random(int size, RandomGenerator random) {
        double angle = StrictMath.toRadians(between(-12, 12, random));
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        double slant = between(-0.25, 0.2, random);
        double wide = 0.5 * size * between(0.75, 1.1, random);
        double high = 0.7 * size * between(0.85, 1.08, random);
        double xx = cos * wide;
        double xy = -(sin + slant * cos) * high;
        double yx = sin * wide;
        double yy = (cos - slant * sin) * high;
        double x0 = size / 2.0 + between(-2, 2, random) - 0.5 * (xx + xy);
        double y0 = size / 2.0 + between(-2, 2, random) - 0.5 * (yx + yy);
        return new Warp(xx, xy, x0, yx, yy, y0, between(-1, 1, random), between(0, 6.28, random));
    }

    double x(double x, double y) {
        return xx * x + xy * y + x0 + bend * StrictMath.sin(3 * y + phase);
    }

    double y(double x, double y) {
        return yx * x + yy * y + y0 + bend * StrictMath.sin(3 * x + phase);
    }

    static double between(double low, double high, RandomGenerator random) {
        return low + (high - low) * random.nextDouble();
    }
}
