package io.sapper.defense;

/**
 * What a repair cost on clean images, each shown to the network before and after: a difference of two paired
 * proportions. The interval is Tango's score interval (Statistics in Medicine 17, 1998, 891-908), 95 %, which holds its
 * level where few answers change or none (docs/decisions/0027).
 *
 * @param images how many were looked at
 * @param worse right before and wrong after
 * @param better wrong before and right after
 */
public record Loss(int images, int worse, int better) {
    private static final double Z = 1.959963984540054; // the 97.5 % point of the normal distribution
    private static final int HALVINGS = 60;

    public Loss {
        if (worse < 0 || better < 0 || (long) worse + better > images) {
            throw new IllegalArgumentException("A loss needs 0 <= worse + better <= images, not " + worse + " + "
                    + better + " of " + images + ".");
        }
    }

    /** Lost accuracy as a fraction in [-1, 1]; below 0 where more got better than worse; NaN without images. */
    public double value() {
        return images == 0 ? Double.NaN : (double) (worse - better) / images;
    }

    /** Lower end of the 95 % interval; NaN without images. */
    public double low() {
        return -new Loss(images, better, worse).high();
    }

    /** Upper end of the 95 % interval; NaN without images. */
    public double high() {
        if (images == 0) {
            return Double.NaN;
        }
        double inside = value();
        double outside = 1;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (inside + outside) / 2;
            if (score(middle) >= -Z) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        return inside;
    }

    /** How many standard errors the observed loss lies above a true loss of {@code delta}, under that loss. */
    private double score(double delta) {
        double distance = worse - better - images * delta;
        double variance = images * (2 * betterShare(delta) + delta * (1 - delta));
        return variance <= 0 ? (distance >= 0 ? 0 : Double.NEGATIVE_INFINITY) : distance / Math.sqrt(variance);
    }

    /** The likeliest share of images that get better where the true loss is {@code delta} (Tango, equation 5). */
    private double betterShare(double delta) {
        double a = 2.0 * images;
        double b = -worse - better + (2.0 * images - worse + better) * delta;
        double c = -better * delta * (1 - delta);
        return (Math.sqrt(Math.max(0, b * b - 4 * a * c)) - b) / (2 * a);
    }

    /** The sum of the counts of two disjoint sets of images. */
    Loss plus(Loss other) {
        return new Loss(images + other.images, worse + other.worse, better + other.better);
    }

    /**
     * The fewest images that can ever show a loss to be within the allowed one: with so many, and not one answer
     * changed, the interval's upper end is just there. With no answer changed the upper end is z^2 / (n + z^2).
     *
     * @param allowed in [0, 1]; of 0 no number of images is enough
     */
    static long fewest(double allowed) {
        return allowed <= 0 ? Long.MAX_VALUE : (long) Math.ceil(Z * Z * (1 - allowed) / allowed);
    }

    /**
     * The images that suffice for a usual repair, 4 z^2 / allowed, about four times the fewest: they show a loss of two
     * fifths of the allowed one to be within it, where as many answers in a hundred change as points are allowed.
     */
    static long usual(double allowed) {
        return allowed <= 0 ? Long.MAX_VALUE : Math.max(fewest(allowed), (long) Math.ceil(4 * Z * Z / allowed));
    }
}
