package io.sapper.training;

/** Ranges of settings, checked when options are made. */
final class Checks {
    /** Weights are single precision, up to 3e38; Adam divides the learning rate, beyond this the engine refuses it. */
    private static final double LARGEST = 1e30;

    private Checks() {}

    static void positive(String name, double value) {
        require(Double.isFinite(value) && value > 0, name, value, "a number above 0");
        require(value <= LARGEST, name, value, "at most " + LARGEST);
    }

    static void notNegative(String name, double value) {
        require(Double.isFinite(value) && value >= 0, name, value, "a number of at least 0");
        require(value <= LARGEST, name, value, "at most " + LARGEST);
    }

    static void fraction(String name, double value) {
        require(value >= 0 && value < 1, name, value, "in [0, 1)");
    }

    static void oneTo(int most, String name, int value) {
        require(value >= 1, name, value, "at least 1");
        require(value <= most, name, value, "at most " + most);
    }

    private static void require(boolean holds, String name, Number value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException("The " + name + " must be " + expected + ", not " + value + ".");
        }
    }
}
