package io.sapper.network;

/**
 * How far a number may be from the one expected: by the absolute part, or by the relative part of the number expected,
 * whichever allows more.
 *
 * @param absolute largest difference of numbers near 0
 * @param relative largest difference as a part of the number expected
 */
public record Tolerance(double absolute, double relative) {
    /** What ONNX's own runner of its tests allows. */
    public static final Tolerance OF_ONNX = new Tolerance(1e-7, 1e-3);

    public Tolerance {
        if (!(absolute >= 0) || !(relative >= 0)) {
            throw new IllegalArgumentException("A tolerance is 0 or more, not " + absolute + " and " + relative + ".");
        }
    }

    /** The same absolute and relative. */
    public static Tolerance of(double both) {
        return new Tolerance(both, both);
    }

    /** Numbers of 16 bits are rounded by more than any tolerance for others: two of their steps are always allowed. */
    Tolerance of(ElementType type) {
        double steps =
                switch (type) {
                    case FLOAT16 -> 0x1p-9;
                    case BFLOAT16 -> 0x1p-6;
                    default -> 0;
                };
        return new Tolerance(Math.max(absolute, steps * 0x1p-10), Math.max(relative, steps));
    }

    /**
     * A difference as a part of what is allowed: above 1 it is too large. Two NaN, or two equal infinities, have none.
     */
    double part(double found, double expected) {
        if (found == expected || (Double.isNaN(found) && Double.isNaN(expected))) {
            return 0;
        }
        double difference = Math.abs(found - expected);
        double allowed = Math.max(absolute, relative * Math.abs(expected));
        return Double.isFinite(difference) && Double.isFinite(allowed) && allowed > 0
                ? difference / allowed
                : Double.POSITIVE_INFINITY;
    }
}
