package io.sapper.network;

import java.util.Locale;

/** The largest of many differences, and whether each was allowed. */
final class Differences {
    private final Tolerance tolerance;
    private double largest;
    private double largestPart;
    private String worst = "";

    Differences(Tolerance tolerance) {
        this.tolerance = tolerance;
    }

    Tolerance tolerance() {
        return tolerance;
    }

    /** Takes in the numbers of one tensor, both of the same size. */
    void add(String name, Initializer found, Initializer expected) {
        Tolerance allowed = tolerance.of(expected.type());
        for (int i = 0; i < found.size(); i++) {
            add(name, i, found.real(i), expected.real(i), allowed);
        }
    }

    /** Takes in one number. */
    void add(String name, int at, double found, double expected, Tolerance allowed) {
        double part = allowed.part(found, expected);
        if (part > 0) {
            double difference = Math.abs(found - expected) / Math.max(1, Math.abs(expected));
            largest = Math.max(largest, Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference);
        }
        if (part > largestPart) {
            largestPart = part;
            worst = String.format(Locale.ROOT, "%s has %.7g at %d, where %.7g is expected", name, found, at, expected);
        }
    }

    /** The largest difference, divided by the number expected where that is more than 1. */
    double largest() {
        return largest;
    }

    boolean allowed() {
        return largestPart <= 1;
    }

    /** Where it is worst, in words. */
    String worst() {
        return worst
                + String.format(
                        Locale.ROOT, " (allowed: %.1e, or %.1e of it)", tolerance.absolute(), tolerance.relative());
    }
}
