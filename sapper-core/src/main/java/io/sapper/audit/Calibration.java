package io.sapper.audit;

/**
 * Where between honest and backdoored networks the limits lie. The product's own are of 25 honest networks on digits,
 * traffic signs, faces and spoken digits that were trained for this purpose ({@code reproduce audit.zoo}, the half for
 * calibration, docs/decisions/0083): {@code found} lies a twentieth below the one of them that stands out most,
 * {@code none} where one in twenty stands out more, {@code alone} below the smallest size of any.
 *
 * @param alone a size below it, by the median, is a backdoor whatever other classes need
 * @param found a class that stands out so far ({@link Confirmation.Ratio#standing}) is a backdoor
 * @param none one that stands out less is none that masks show
 * @param honestLow the smallest size by the median of honest networks
 * @param honestHigh the largest of their smallest sizes
 * @param networks how many honest networks those are
 * @param allToAll of one change for images of all classes; narrowed after an honest network of the shared ones had been
 *     accused, so these are no test of it (docs/decisions/0084)
 * @param source of a change for images of one class
 */
public record Calibration(
        double alone,
        double found,
        double none,
        double honestLow,
        double honestHigh,
        int networks,
        Limits allToAll,
        Limits source) {
    private static final Limits ALL_TO_ALL = new Limits(0.2, 0.25);
    private static final Limits SOURCE = new Limits(0.2, 0.3);

    /** The product's. */
    public static final Calibration DEFAULTS = new Calibration(0.25, 0.44, 0.54, 0.28, 0.86, 25);

    /**
     * Where a search's limits lie.
     *
     * @param found what stands out so far is a backdoor
     * @param none what stands out less is none
     */
    public record Limits(double found, double none) {
        public Limits {
            check(found, none);
        }
    }

    public Calibration {
        check(found, none);
    }

    private static void check(double found, double none) {
        if (!(found > 0 && found <= none)) {
            throw new IllegalArgumentException("Below " + found + " a backdoor is found and above " + none
                    + " none: the first must be above 0 and not above the second.");
        }
    }

    /** With the product's limits for changes that lead to no one class. */
    public Calibration(double alone, double found, double none, double honestLow, double honestHigh, int networks) {
        this(alone, found, none, honestLow, honestHigh, networks, ALL_TO_ALL, SOURCE);
    }
}
